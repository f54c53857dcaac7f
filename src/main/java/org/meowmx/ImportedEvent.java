package org.meowmx;

import java.util.Objects;
import java.util.UUID;

/**
 * An event of another system, to be copied into the log.
 *
 * @param stream the stream that it belongs to
 * @param event the event; it has an id, by which a repeated import recognises it, and normally the time at which it was recorded
 * @param version the version that it must get in its stream, 1 or greater; 0 if it is appended at the end of its stream, whatever the
 *     version
 */
public record ImportedEvent(StreamId stream, NewEvent event, long version) {

    /**
     * @throws InvalidEventException if the event has no id
     * @throws IllegalArgumentException if the version is negative
     */
    public ImportedEvent {
        Required.present("stream", stream);
        Required.present("event", event);
        if (event.id() == null) {
            throw new InvalidEventException("id", "is missing: an imported event needs one");
        }
        if (version < 0) {
            throw new IllegalArgumentException("version must be 0 or greater, was " + version);
        }
    }

    /** An event at the end of its stream, whatever the stream's version. */
    public static ImportedEvent of(StreamId stream, NewEvent event) {
        return new ImportedEvent(stream, event, 0);
    }

    /** The id of the event. */
    public UUID id() {
        return Objects.requireNonNull(event.id());
    }
}
