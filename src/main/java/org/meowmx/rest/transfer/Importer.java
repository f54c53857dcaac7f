package org.meowmx.rest.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.meowmx.AppendResult;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogCatalog;
import org.meowmx.MeowmxException;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.cloudevents.CloudEvent;
import org.meowmx.retry.Retry;

/** Stores the events of an import in their order. An event that the log already has is only compared, not stored again. */
final class Importer {

    private final EventStore store;
    private final LogCatalog catalog;
    private final Retry retry;

    Importer(EventStore store, LogCatalog catalog, Retry retry) {
        this.store = store;
        this.catalog = catalog;
        this.retry = retry;
    }

    /**
     * Stores events, all or none. Retries if another writer was faster.
     *
     * @return the number of new events
     */
    int store(List<CloudEvent> events) {
        try {
            return retry.onConflict(() -> storeOnce(events));
        } catch (ConcurrentImport e) {
            throw e.conflict;
        }
    }

    /**
     * Another import may have stored some of the events since the known ids were read: the next attempt sees them. If an id
     * belongs to another event, each attempt fails.
     */
    private static final class ConcurrentImport extends MeowmxException {

        private static final long serialVersionUID = 1L;

        private final EventIdConflictException conflict;

        ConcurrentImport(EventIdConflictException conflict) {
            super("Another import stored some of these events at the same time", conflict);
            this.conflict = conflict;
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** Consecutive events of one stream: either all new or all known, and none of them twice. */
    private record Run(StreamId stream, boolean known, List<NewEvent> events) {}

    private int storeOnce(List<CloudEvent> events) {
        Set<UUID> known = catalog.known(events.stream().map(CloudEvent::id).toList());
        Map<StreamId, Long> versions = new HashMap<>();
        int stored = 0;
        try {
            for (Run run : runs(events, known)) {
                AppendResult result = run.known()
                        ? store.append(run.stream(), ExpectedVersion.any(), run.events())
                        : append(run, versions);
                stored += result.repeated() ? 0 : run.events().size();
            }
        } catch (EventIdConflictException e) {
            throw new ConcurrentImport(e);
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

    /** With an expected version the store need not search for the ids, which are known to be new. */
    private AppendResult append(Run run, Map<StreamId, Long> versions) {
        long version = versions.computeIfAbsent(run.stream(), stream -> store.read(
                        stream, StreamRange.all().backwards().limit(1))
                .version());
        AppendResult result = store.append(run.stream(), ExpectedVersion.exactly(version), run.events());
        versions.put(run.stream(), result.version());
        return result;
    }
}
