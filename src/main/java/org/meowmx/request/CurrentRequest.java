package org.meowmx.request;

import jakarta.enterprise.context.RequestScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    private Metadata metadata = Metadata.none();
    private @Nullable IdempotencyKey key;
    private Map<StreamId, Integer> appended = Map.of();

    synchronized void begin(Metadata ofRequest, @Nullable IdempotencyKey ofHeader) {
        metadata = ofRequest;
        key = ofHeader;
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

    /** Forgets appends that failed. */
    synchronized void restore(Map<StreamId, Integer> before) {
        appended = before;
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
