package org.meowmx.rest.transfer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.meowmx.AppendResult;
import org.meowmx.ContentionException;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogCatalog;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.transaction.OwnTransaction;

/**
 * Stores the events of an import in the order in which they come, and those that are in the log already not again: the store
 * then checks that they are the same.
 */
@ApplicationScoped
class Importer {

    private static final int ATTEMPTS = 5;

    @Inject
    EventStore store;

    @Inject
    LogCatalog directory;

    @Inject
    OwnTransaction transaction;

    /**
     * Stores events, all or none.
     *
     * @return how many of them were new
     */
    int store(List<CloudEvent> events) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return transaction.run(() -> storeOnce(events));
            } catch (WrongExpectedVersionException | ContentionException | EventIdConflictException e) {
                // somebody else writes to one of the streams, the same events perhaps; the next transaction sees that,
                // and an id that is another event's is so again
            }
        }
        return transaction.run(() -> storeOnce(events));
    }

    /** Consecutive events of one stream, all of them new, or all known, and none of them twice. */
    private record Run(StreamId stream, boolean known, List<NewEvent> events) {}

    private int storeOnce(List<CloudEvent> events) {
        Set<UUID> known = directory.known(events.stream().map(CloudEvent::id).toList());
        Map<StreamId, Long> versions = new HashMap<>();
        int stored = 0;
        for (Run run : runs(events, known)) {
            AppendResult result = run.known()
                    ? store.append(run.stream(), ExpectedVersion.any(), run.events())
                    : append(run, versions);
            stored += result.repeated() ? 0 : run.events().size();
        }
        return stored;
    }

    private static List<Run> runs(List<CloudEvent> events, Set<UUID> known) {
        List<Run> runs = new ArrayList<>();
        Set<UUID> seen = new HashSet<>();
        for (CloudEvent event : events) {
            boolean again = !seen.add(event.id());
            boolean isKnown = again || known.contains(event.id());
            Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last == null
                    || again
                    || last.known() != isKnown
                    || !last.stream().equals(event.stream())) {
                last = new Run(event.stream(), isKnown, new ArrayList<>());
                runs.add(last);
            }
            last.events().add(event.event());
        }
        return runs;
    }

    /** Expecting the version saves the search for the ids, which are known to be new. */
    private AppendResult append(Run run, Map<StreamId, Long> versions) {
        long version = versions.computeIfAbsent(run.stream(), stream -> store.read(
                        stream, StreamRange.all().backwards().limit(1))
                .version());
        AppendResult result = store.append(run.stream(), ExpectedVersion.exactly(version), run.events());
        versions.put(run.stream(), result.version());
        return result;
    }
}
