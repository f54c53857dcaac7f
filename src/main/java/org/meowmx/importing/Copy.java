package org.meowmx.importing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.retry.Attempts;
import org.meowmx.retry.Retry;

/** The copying of events that are missing in the log, page by page. */
final class Copy {

    private static final Attempts ATTEMPTS = Attempts.upTo(5);

    private final ImportSource source;
    private final EventStore store;
    private final LogCatalog catalog;
    private final ImportWriter writer;
    private final Retry retry;
    private long stored;

    Copy(ImportSource source, EventStore store, LogCatalog catalog, ImportWriter writer, Retry retry) {
        this.source = source;
        this.store = store;
        this.catalog = catalog;
        this.writer = writer;
        this.retry = retry;
    }

    /** The number of events that were new to the log. */
    long stored() {
        return stored;
    }

    /** Returns after the log has all events of a page. */
    void store(List<SourceEvent> page) {
        boolean more;
        do {
            more = retry.repeat(ATTEMPTS, Copy::isOvertaken, () -> storeNext(page));
        } while (more);
    }

    /** Every attempt reads the log again, so it sees what the other writer has stored. */
    private boolean storeNext(List<SourceEvent> page) {
        List<SourceEvent> missing = missing(page);
        if (missing.isEmpty()) {
            return false;
        }
        List<SourceEvent> next = beginning(missing);
        if (!next.isEmpty()) {
            stored += writer.append(next);
        }
        return true;
    }

    /** Whether another writer appended to one of the streams, or another import stored one of the events. */
    private static boolean isOvertaken(Exception thrown) {
        return thrown instanceof EventIdConflictException || Retry.isConflict(thrown);
    }

    private List<SourceEvent> missing(List<SourceEvent> page) {
        Set<UUID> known = catalog.known(page.stream().map(SourceEvent::id).toList());
        return page.stream().filter(event -> !known.contains(event.id())).toList();
    }

    /**
     * The first missing events that can be appended: all of them, or those before an event that lacks predecessors,
     * followed by a page of these predecessors. The source orders by transaction, and a transaction that began early
     * may have written late.
     */
    private List<SourceEvent> beginning(List<SourceEvent> missing) {
        Map<StreamId, Long> versions = new HashMap<>();
        List<SourceEvent> beginning = new ArrayList<>();
        for (SourceEvent event : missing) {
            long version = versions.computeIfAbsent(event.stream(), this::version);
            if (event.version() <= version && isKnown(event)) {
                continue;
            }
            if (event.version() <= version) {
                throw new ImportException(
                        event.stream(),
                        "%s is missing in the log, but the stream is already at version %d with other events."
                                .formatted(event, version),
                        null);
            }
            if (event.version() > version + 1) {
                beginning.addAll(predecessors(event, version + 1));
                return beginning;
            }
            beginning.add(event);
            versions.put(event.stream(), event.version());
        }
        return beginning;
    }

    /** Another import may have stored the event after this one has asked which events are missing. */
    private boolean isKnown(SourceEvent event) {
        return !catalog.known(List.of(event.id())).isEmpty();
    }

    private long version(StreamId stream) {
        return store.read(stream, StreamRange.all().backwards().limit(1)).version();
    }

    private List<SourceEvent> predecessors(SourceEvent event, long first) {
        List<SourceEvent> predecessors = source.versions(event.stream(), first, event.version() - 1);
        for (int i = 0; i < predecessors.size(); i++) {
            if (predecessors.get(i).version() != first + i) {
                throw gap(event, first + i);
            }
        }
        if (predecessors.isEmpty()) {
            throw gap(event, first);
        }
        return predecessors;
    }

    private static ImportException gap(SourceEvent event, long version) {
        return new ImportException(
                event.stream(), "%s has no predecessor with version %d.".formatted(event, version), null);
    }
}
