package org.meowmx;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event id is already in the log, and not as the same event of the same stream. Ids name one event for ever: make a new
 * id for a new event. The transaction cannot be used any more.
 */
public class EventIdConflictException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final @Nullable UUID eventId;
    private final transient StreamId stream;

    /**
     * @param eventId the id in conflict; null when the database refused a batch without saying which
     * @param stream the stream that was appended to
     */
    public EventIdConflictException(@Nullable UUID eventId, StreamId stream, String how) {
        super(
                "%s cannot be appended to stream %s: %s"
                        .formatted(eventId == null ? "An event id" : "Event id " + eventId, stream, how),
                null);
        this.eventId = eventId;
        this.stream = stream;
    }

    public @Nullable UUID eventId() {
        return eventId;
    }

    public StreamId stream() {
        return stream;
    }
}
