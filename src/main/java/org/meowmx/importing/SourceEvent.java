package org.meowmx.importing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.NameBasedId;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;

/**
 * An event of the source, converted for the store.
 *
 * @param place the place in the source's order
 * @param stream the stream to which it is appended
 * @param version its version in that stream, 1 or greater
 * @param event the event to be stored
 */
record SourceEvent(Place place, StreamId stream, long version, NewEvent event) {

    private static final UUID NAMESPACE = UUID.fromString("7d0f6c1e-3f3b-4d0e-9d55-3c1f5b0a9a16");

    /**
     * A place in the source's order: by transaction, then by id.
     *
     * @param transaction the transaction id, as text, because its column is not a number in every source
     * @param id the source's event id
     */
    record Place(String transaction, long id) {
        static final Place START = new Place("0", Long.MIN_VALUE);
    }

    /**
     * Converts an event of the source.
     *
     * @param type the stored event type
     * @param data the JSON text, which the store validates
     * @param recordedAt the time of recording; null if the source does not store it
     * @throws org.meowmx.InvalidEventException if the store does not accept the type or the time
     */
    static SourceEvent of(
            Place place, StreamId stream, long version, String type, String data, @Nullable Instant recordedAt) {
        NewEvent event = NewEvent.of(type, data).withId(id(stream, version));
        return new SourceEvent(place, stream, version, recordedAt == null ? event : event.withRecordedAt(recordedAt));
    }

    /** The id of an event. Neither a category nor an id can contain the line break that separates them. */
    private static UUID id(StreamId stream, long version) {
        return NameBasedId.of(NAMESPACE, "%s\n%s\n%d".formatted(stream.category(), stream.id(), version));
    }

    UUID id() {
        return id(stream, version);
    }

    /** The beginning of a sentence about the event, for messages. */
    @Override
    public String toString() {
        return "The source's event %d, version %d of stream %s,".formatted(place.id(), version, stream);
    }
}
