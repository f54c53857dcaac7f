package org.meowmx.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventKey;
import org.meowmx.EventStream;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.serialization.JsonComparison;

/** The events of a store in memory: by position, by stream and by id. Positions are 1, 2, 3, … without gaps. Not thread-safe. */
final class MemoryLog {

    /** The largest number of characters of data in a page, unless it is a single event. */
    private static final int PAGE_CHARACTERS = 4 * 1024 * 1024;

    private final UUID id = UUID.randomUUID();
    private final List<RecordedEvent> events = new ArrayList<>();
    private final Map<StreamId, List<RecordedEvent>> streams = new HashMap<>();
    private final Map<UUID, RecordedEvent> ids = new HashMap<>();

    UUID id() {
        return id;
    }

    long lastPosition() {
        return events.size();
    }

    Optional<EventKey> newest(long position) {
        int index = (int) Math.min(position, events.size());
        return index == 0
                ? Optional.empty()
                : Optional.of(new EventKey(index, events.get(index - 1).id()));
    }

    /** The events of a stream in order; empty for an unknown stream. */
    List<RecordedEvent> stream(StreamId stream) {
        return streams.getOrDefault(stream, List.of());
    }

    /** The streams that have events. */
    Set<StreamId> streams() {
        return streams.keySet();
    }

    Optional<RecordedEvent> event(UUID id) {
        return Optional.ofNullable(ids.get(id));
    }

    /** The position before the first event that was recorded at or after a time; the last position if there is no such event. */
    long positionBefore(Instant time) {
        return events.stream()
                .filter(event -> !event.recordedAt().isBefore(time))
                .mapToLong(event -> event.position() - 1)
                .findFirst()
                .orElse(lastPosition());
    }

    /** The number of events that were recorded after one time and no later than another. */
    long recordedBetween(Instant after, Instant last) {
        return events.stream()
                .map(RecordedEvent::recordedAt)
                .filter(time -> time.isAfter(after) && !time.isAfter(last))
                .count();
    }

    void add(List<RecordedEvent> recorded) {
        for (RecordedEvent event : recorded) {
            events.add(event);
            streams.computeIfAbsent(event.stream(), stream -> new ArrayList<>()).add(event);
            ids.put(event.id(), event);
        }
    }

    /**
     * The original events of a repeated append.
     *
     * @param recorded the events as they would be recorded now
     * @return empty if none of the ids that the writer gave is known
     * @throws EventIdConflictException if an id is known with other content, or only some of the events are known
     */
    Optional<List<RecordedEvent>> originals(StreamAppend append, List<RecordedEvent> recorded) {
        Optional<UUID> known = append.events().stream()
                .map(NewEvent::id)
                .filter(Objects::nonNull)
                .filter(ids::containsKey)
                .findFirst();
        return known.map(witness ->
                recorded.stream().map(event -> original(event, witness)).toList());
    }

    private RecordedEvent original(RecordedEvent event, UUID witness) {
        RecordedEvent original = ids.get(event.id());
        if (original == null) {
            throw new EventIdConflictException(
                    witness, event.stream(), "it is in the log, but not all events of the append are");
        }
        if (!original.stream().equals(event.stream())) {
            throw new EventIdConflictException(
                    event.id(), event.stream(), "it belongs to an event of stream " + original.stream());
        }
        if (!original.type().equals(event.type()) || !JsonComparison.same(original.data(), event.data())) {
            throw new EventIdConflictException(
                    event.id(),
                    event.stream(),
                    "it belongs to an event with other content, version " + original.version());
        }
        return original;
    }

    /** The events of a range, reduced to those that the caller takes. */
    EventStream read(StreamId id, StreamRange range, Function<Stream<RecordedEvent>, List<RecordedEvent>> taking) {
        List<RecordedEvent> stream = stream(id);
        int last = (int) Math.min(range.to(), versionAsOf(stream, range.asOf()));
        int before = (int) Math.min(range.from() - 1, last);
        return new EventStream(id, last, taking.apply(directed(stream.subList(before, last), range.backward())));
    }

    /** The length of the longest prefix that contains no event recorded later. */
    private static long versionAsOf(List<RecordedEvent> stream, @Nullable Instant time) {
        return time == null
                ? stream.size()
                : stream.stream()
                        .takeWhile(event -> !event.recordedAt().isAfter(time))
                        .count();
    }

    LogPage page(LogQuery query, int size) {
        int end = (int) Math.min(query.upTo(), events.size());
        int begin = (int) Math.min(query.after(), end);
        List<RecordedEvent> found = directed(events.subList(begin, end), query.backward())
                .filter(event -> isAskedFor(event, query))
                .limit(size)
                .toList();
        List<RecordedEvent> page = page(found.stream(), size);
        boolean complete = page.size() == found.size() && page.size() < size;
        return LogPage.of(id, query, complete, lastPosition(), lastPosition(), page);
    }

    private static boolean isAskedFor(RecordedEvent event, LogQuery query) {
        String category = query.category();
        String correlation = query.correlationId();
        int slice = event.stream().slice();
        return (category == null || category.equals(event.stream().category()))
                && (query.types().isEmpty() || query.types().contains(event.type()))
                && query.firstSlice() <= slice
                && slice <= query.lastSlice()
                && (correlation == null
                        || event.metadata()
                                .correlationId()
                                .filter(correlation::equals)
                                .isPresent()
                        || event.id().toString().equalsIgnoreCase(correlation));
    }

    /** The first events, at most one page of them. */
    static List<RecordedEvent> page(Stream<RecordedEvent> found, long size) {
        List<RecordedEvent> page = new ArrayList<>();
        long characters = 0;
        for (Iterator<RecordedEvent> rest = found.limit(size).iterator(); rest.hasNext(); ) {
            RecordedEvent event = rest.next();
            characters += event.data().length();
            if (characters > PAGE_CHARACTERS && !page.isEmpty()) {
                return page;
            }
            page.add(event);
        }
        return page;
    }

    private static Stream<RecordedEvent> directed(List<RecordedEvent> ordered, boolean backward) {
        if (!backward) {
            return ordered.stream();
        }
        List<RecordedEvent> reversed = new ArrayList<>(ordered);
        Collections.reverse(reversed);
        return reversed.stream();
    }
}
