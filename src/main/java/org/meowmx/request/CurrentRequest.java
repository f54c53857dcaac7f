package org.meowmx.request;

import jakarta.enterprise.context.RequestScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventIds;
import org.meowmx.IdempotencyKey;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;

/**
 * What the filter has read from the current request, and how many events the request has appended to each stream.
 *
 * <p>The methods are synchronized, because a transaction that times out may be completed by a thread of the server.
 */
@RequestScoped
class CurrentRequest {

    /**
     * The namespace of the keys of requests. It never changes. A key of its own for each header lets a class derive ids from the
     * header itself, too: {@code CommandContext.once(IdempotencyKey.of(header))}.
     */
    private static final UUID OF_REQUESTS = UUID.fromString("0f6c2c1d-9a39-4f0e-8b43-3a5f1d6e7c52");

    private Metadata metadata = Metadata.none();
    private @Nullable IdempotencyKey key;
    private Map<StreamId, Integer> appended = Map.of();

    synchronized void begin(Metadata ofRequest, @Nullable IdempotencyKey ofHeader) {
        metadata = ofRequest;
        key = ofHeader == null ? null : keyOf(ofHeader);
    }

    /** The key from which the ids of a request are derived. */
    static IdempotencyKey keyOf(IdempotencyKey header) {
        return IdempotencyKey.of(EventIds.named(OF_REQUESTS, header.value()));
    }

    synchronized Metadata metadata() {
        return metadata;
    }

    synchronized boolean hasKey() {
        return key != null;
    }

    /** The number of events that were appended so far, by stream. */
    synchronized Map<StreamId, Integer> appended() {
        return appended;
    }

    /**
     * Takes ordinals of failed appends back, except for streams to which another transaction has appended since.
     *
     * @param before the number of events of each stream before the appends
     * @param after the number of events of each stream after them
     */
    synchronized void takeBack(Map<StreamId, Integer> before, Map<StreamId, Integer> after) {
        Map<StreamId, Integer> counts = new HashMap<>(appended);
        after.forEach((stream, count) -> {
            if (count.equals(counts.get(stream))) {
                counts.put(stream, before.getOrDefault(stream, 0));
            }
        });
        appended = Map.copyOf(counts);
    }

    /** The same appends, with derived ids for events that have none. Their ordinals are used up. */
    synchronized List<StreamAppend> identified(List<StreamAppend> appends) {
        IdempotencyKey given = key;
        if (given == null) {
            return appends;
        }
        Map<StreamId, Integer> counts = new HashMap<>(appended);
        List<StreamAppend> identified = appends.stream()
                .map(append -> identified(append, given, counts))
                .toList();
        appended = Map.copyOf(counts);
        return identified;
    }

    private static StreamAppend identified(StreamAppend append, IdempotencyKey key, Map<StreamId, Integer> counts) {
        List<NewEvent> events = append.events().stream()
                .map(event -> event.id() == null ? event.withId(nextId(append.stream(), key, counts)) : event)
                .toList();
        return new StreamAppend(append.stream(), append.expected(), events);
    }

    private static UUID nextId(StreamId stream, IdempotencyKey key, Map<StreamId, Integer> counts) {
        int ordinal = counts.getOrDefault(stream, 0);
        counts.put(stream, ordinal + 1);
        return key.eventId(stream, ordinal);
    }
}
