package org.meowmx;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event id of the append is already in the log, for an event with other content or in another stream.
 *
 * <p>An id identifies one event forever. Use a new id for a new event. If the append was meant as a repeat, send the
 * same events to the same stream. The transaction cannot be used any more.
 */
public class EventIdConflictException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final @Nullable UUID eventId;
    private final transient StreamId stream;

    /**
     * Creates the exception.
     *
     * @param eventId the conflicting id; null if the database rejected the append without naming the id
     * @param stream the stream of the append
     * @param how the details of the conflict, without any data of the events; it completes the message
     */
    public EventIdConflictException(@Nullable UUID eventId, StreamId stream, String how) {
        super(
                "%s cannot be appended to stream %s: %s"
                        .formatted(eventId == null ? "An event id" : "Event id " + eventId, stream, how),
                null);
        this.eventId = eventId;
        this.stream = stream;
    }

    /** The conflicting id; null if the database rejected the append without naming the id. */
    public @Nullable UUID eventId() {
        return eventId;
    }

    /** The stream of the append; null after deserialization of the exception. */
    public StreamId stream() {
        return stream;
    }
}
