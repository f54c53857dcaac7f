package org.meowmx.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.meowmx.ContentionException;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogDirectory;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.WrongExpectedVersionException;

/**
 * Stores the events of an import in the order in which they come, and those that are in the log already not again: the store
 * then checks that they are the same.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Importer {

    private static final int ATTEMPTS = 5;

    @Inject
    Transaction transaction;

    /**
     * Stores events, all or none.
     *
     * @return how many of them were new
     */
    int store(List<CloudEvent> events) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return transaction.store(events);
            } catch (WrongExpectedVersionException | ContentionException e) {
                // somebody else writes to one of the streams; the next transaction sees what he wrote
            }
        }
        return transaction.store(events);
    }

    /** Consecutive events of one stream, either all known or all new. */
    private record Run(StreamId stream, boolean known, List<NewEvent> events) {}

    /** A bean apart, because an interceptor does not see a bean's calls to itself. */
    @ApplicationScoped
    static class Transaction {

        @Inject
        EventStore store;

        @Inject
        LogDirectory directory;

        @Transactional(value = Transactional.TxType.REQUIRES_NEW, rollbackOn = Throwable.class)
        int store(List<CloudEvent> events) {
            Set<UUID> known =
                    directory.known(events.stream().map(CloudEvent::id).toList());
            Map<StreamId, Long> versions = new HashMap<>();
            int stored = 0;
            for (Run run : runs(events, known)) {
                if (run.known()) {
                    store.append(run.stream(), ExpectedVersion.any(), run.events());
                } else {
                    append(run, versions);
                    stored += run.events().size();
                }
            }
            return stored;
        }

        private static List<Run> runs(List<CloudEvent> events, Set<UUID> known) {
            List<Run> runs = new ArrayList<>();
            for (CloudEvent event : events) {
                boolean isKnown = known.contains(event.id());
                Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
                if (last == null || !last.stream().equals(event.stream()) || last.known() != isKnown) {
                    last = new Run(event.stream(), isKnown, new ArrayList<>());
                    runs.add(last);
                }
                last.events().add(event.event());
            }
            return runs;
        }

        /** Expecting the version saves the search for the ids, which are known to be new. */
        private void append(Run run, Map<StreamId, Long> versions) {
            long version = versions.computeIfAbsent(run.stream(), stream -> store.read(
                            stream, StreamRange.all().backwards().limit(1))
                    .version());
            store.append(run.stream(), ExpectedVersion.exactly(version), run.events());
            versions.put(run.stream(), version + run.events().size());
        }
    }
}
