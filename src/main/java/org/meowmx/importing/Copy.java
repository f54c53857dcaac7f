package org.meowmx.importing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.meowmx.ContentionException;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.WrongExpectedVersionException;

/** The copying of events that are missing in the log, page by page. */
final class Copy {

    private static final int ATTEMPTS = 5;

    private final ImportSource source;
    private final EventStore store;
    private final LogCatalog directory;
    private final ImportWriter writer;
    private long stored;

    Copy(ImportSource source, EventStore store, LogCatalog directory, ImportWriter writer) {
        this.source = source;
        this.store = store;
        this.directory = directory;
        this.writer = writer;
    }

    /** The number of events that were new to the log. */
    long stored() {
        return stored;
    }

    /** Afterwards all of a page is in the log. */
    void store(List<SourceEvent> page) {
        int failures = 0;
        List<SourceEvent> missing = missing(page);
        while (!missing.isEmpty()) {
            List<SourceEvent> chunk = beginning(missing);
            try {
                stored += writer.append(chunk);
            } catch (WrongExpectedVersionException | EventIdConflictException | ContentionException e) {
                // another writer appends to one of the streams, or imports too; the next query sees its events
                if (++failures == ATTEMPTS) {
                    throw e;
                }
            }
            missing = missing(page);
        }
    }

    private List<SourceEvent> missing(List<SourceEvent> page) {
        Set<UUID> known = directory.known(page.stream().map(SourceEvent::id).toList());
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
