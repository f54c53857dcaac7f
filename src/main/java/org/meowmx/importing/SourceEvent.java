package org.meowmx.importing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;

/**
 * An event of the source.
 *
 * @param place where it stands in the source's order
 * @param stream the stream that it becomes part of
 * @param version its version there, 1 or greater
 * @param event what is stored of it
 */
record SourceEvent(Place place, StreamId stream, long version, NewEvent event) {

    private static final UUID NAMESPACE = UUID.fromString("7d0f6c1e-3f3b-4d0e-9d55-3c1f5b0a9a16");

    /**
     * A place in the source's order: by transaction, then by id.
     *
     * @param transaction the transaction id, as text, because not all source's columns for it are numbers
     * @param id the source's event id
     */
    record Place(String transaction, long id) {
        static final Place START = new Place("0", Long.MIN_VALUE);
    }

    /**
     * An event as the source has it.
     *
     * @param type stored event type
     * @param data the JSON text, which is checked when it is stored
     * @param recordedAt when it was recorded; null where the source does not say
     * @throws org.meowmx.InvalidEventException when the type or the time is not one that the store takes
     */
    static SourceEvent of(
            Place place, StreamId stream, long version, String type, String data, @Nullable Instant recordedAt) {
        NewEvent event = NewEvent.of(type, data).withId(id(stream, version));
        return new SourceEvent(place, stream, version, recordedAt == null ? event : event.withRecordedAt(recordedAt));
    }

    /** Neither a category nor an id can hold the control character between them. */
    private static UUID id(StreamId stream, long version) {
        return NameBasedId.of(NAMESPACE, "%s\n%s\n%d".formatted(stream.category(), stream.id(), version));
    }

    UUID id() {
        return id(stream, version);
    }

    /** How messages name it. */
    @Override
    public String toString() {
        return "The source's event %d, version %d of stream %s,".formatted(place.id(), version, stream);
    }
}
