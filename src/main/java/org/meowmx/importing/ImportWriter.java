package org.meowmx.importing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meowmx.EventImport;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.ImportedEvent;
import org.meowmx.InvalidEventException;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.transaction.OwnTransaction;

/** Appends and reads events of the source, each call in transactions of its own. */
final class ImportWriter {

    private static final Pattern INDEXED = Pattern.compile("([0-9]{1,9})/");

    private final EventImport eventImport;
    private final EventStore store;
    private final OwnTransaction own;
    private final int maxEvents;

    /** @param maxEvents the limit of one append */
    ImportWriter(EventImport eventImport, EventStore store, OwnTransaction own, int maxEvents) {
        this.eventImport = eventImport;
        this.store = store;
        this.own = own;
        this.maxEvents = maxEvents;
    }

    /**
     * Appends events in this order, each at its version, all or none.
     *
     * @return how many of them were new
     */
    int append(List<SourceEvent> events) {
        return own.run(() -> pages(events).stream().mapToInt(this::appendPage).sum());
    }

    private int appendPage(List<SourceEvent> page) {
        try {
            return eventImport
                    .store(page.stream()
                            .map(event -> new ImportedEvent(event.stream(), event.event(), event.version()))
                            .toList())
                    .stored();
        } catch (InvalidEventException e) {
            SourceEvent invalid = page.get(index(e));
            throw new ImportException(
                    invalid.stream(), "%s cannot be stored: %s.".formatted(invalid, e.getMessage()), e);
        }
    }

    /** The index of the invalid event in its append. */
    private static int index(InvalidEventException e) {
        Matcher indexed = INDEXED.matcher(e.field());
        return indexed.lookingAt() ? Integer.parseInt(indexed.group(1)) : 0;
    }

    /** Splits the events into parts that fit into one append. */
    private List<List<SourceEvent>> pages(List<SourceEvent> events) {
        List<List<SourceEvent>> pages = new ArrayList<>();
        for (int from = 0; from < events.size(); from += maxEvents) {
            pages.add(events.subList(from, Math.min(events.size(), from + maxEvents)));
        }
        return pages;
    }

    /**
     * The stored events with these ids. The log must have all of them. They are appended again, so the store compares them.
     *
     * @throws org.meowmx.EventIdConflictException if the log has one of them with another type or other data
     */
    Map<UUID, RecordedEvent> stored(List<SourceEvent> events) {
        Map<UUID, RecordedEvent> stored = new HashMap<>();
        pages(events).forEach(page -> stored.putAll(storedOf(page)));
        return stored;
    }

    private Map<UUID, RecordedEvent> storedOf(List<SourceEvent> events) {
        List<StreamAppend> repeats = events.stream()
                .collect(groupingBy(SourceEvent::stream, LinkedHashMap::new, mapping(SourceEvent::event, toList())))
                .entrySet()
                .stream()
                .map(stream -> new StreamAppend(stream.getKey(), ExpectedVersion.any(), stream.getValue()))
                .toList();
        return own.run(() -> store.appendAll(repeats)).stream()
                .flatMap(result -> result.events().stream())
                .collect(toMap(RecordedEvent::id, Function.identity()));
    }
}
