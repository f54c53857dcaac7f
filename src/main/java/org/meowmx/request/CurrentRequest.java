package org.meowmx.request;

import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventIds;
import org.meowmx.IdempotencyKey;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.transaction.Ordinals;

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
    private final Ordinals<StreamId> ordinals = new Ordinals<>();

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

    /** Numbers the events that the request appends to each stream. */
    Ordinals<StreamId> ordinals() {
        return ordinals;
    }

    /** The same appends, with derived ids for events that have none. */
    synchronized List<StreamAppend> identified(List<StreamAppend> appends, Ordinals.Draft<StreamId> numbers) {
        IdempotencyKey given = key;
        return given == null
                ? appends
                : appends.stream()
                        .map(append -> identified(append, given, numbers))
                        .toList();
    }

    private static StreamAppend identified(StreamAppend append, IdempotencyKey key, Ordinals.Draft<StreamId> numbers) {
        StreamId stream = append.stream();
        List<NewEvent> events = append.events().stream()
                .map(event -> event.id() == null ? event.withId(key.eventId(stream, numbers.next(stream))) : event)
                .toList();
        return new StreamAppend(stream, append.expected(), events);
    }
}
