package org.meowmx.storage;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.DataBinder;
import org.meowmx.ExpectedVersion;
import org.meowmx.Metadata;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.serialization.SerializedEvent;

/**
 * What one statement appends to one stream; checked and with all ids made.
 *
 * @param stream where to
 * @param expected under which expectation
 * @param events at least one
 */
record Batch(StreamId stream, ExpectedVersion expected, List<Event> events) {

    /**
     * One event of a batch.
     *
     * @param id its id
     * @param given whether the writer gave the id, so that it may be known already
     * @param content type, data and metadata as text
     * @param metadata the metadata as notes
     * @param recordedAt null for now
     */
    record Event(
            UUID id,
            boolean given,
            SerializedEvent content,
            Metadata metadata,
            @Nullable Instant recordedAt) {

        Instant recordedAtOr(Instant now) {
            return recordedAt == null ? now : recordedAt;
        }
    }

    int size() {
        return events.size();
    }

    boolean hasGivenIds() {
        return events.stream().anyMatch(Event::given);
    }

    /** The ids that the writer gave. */
    List<UUID> givenIds() {
        return events.stream().filter(Event::given).map(Event::id).toList();
    }

    Batch expecting(ExpectedVersion other) {
        return new Batch(stream, other, events);
    }

    RecordedEvent recorded(int index, Place place, DataBinder binder) {
        Event event = events.get(index);
        return new RecordedEvent(
                place.position(),
                event.id(),
                stream,
                place.version(),
                event.content().type(),
                event.content().data(),
                event.metadata(),
                place.recordedAt(),
                binder);
    }
}
