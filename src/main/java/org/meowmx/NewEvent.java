package org.meowmx;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event to be written. It is immutable; the {@code with…} methods return changed copies.
 *
 * @param id the event's id, unique in the whole log; null lets the store generate one. Set it if an append may be
 *     repeated after a lost reply: the repeat then returns the events of the first append
 * @param data the content of the event
 * @param metadata information about the event
 * @param recordedAt the time of recording, for imports: in the years 1 to 9999, truncated to microseconds; null is the
 *     time of the append, by the database's clock
 */
public record NewEvent(
        @Nullable UUID id,
        EventData data,
        Metadata metadata,
        @Nullable Instant recordedAt) {

    /**
     * Creates an event.
     *
     * @throws InvalidEventException if the year of {@code recordedAt} is below 1 or above 9999
     */
    public NewEvent {
        Required.present("data", data);
        Required.present("metadata", metadata);
        recordedAt = recordedAt == null ? null : Times.recorded(recordedAt);
    }

    /**
     * An event from an object.
     *
     * @param event an object whose class has an {@link EventType}
     * @throws InvalidEventException if its class has no valid {@link EventType}
     */
    public static NewEvent of(Object event) {
        return new NewEvent(null, new EventData.Typed(event), Metadata.none(), null);
    }

    /**
     * An event from JSON text.
     *
     * @param type the stored event type, 1 to {@value Names#MAX_LENGTH} characters
     * @param json any JSON value; the store validates it when it is appended
     * @throws InvalidEventException if the type is not a valid name
     */
    public static NewEvent of(String type, String json) {
        return new NewEvent(null, new EventData.Json(type, json), Metadata.none(), null);
    }

    /** The stored event type. */
    public String type() {
        return data.typeName();
    }

    /** A copy with this event id. */
    public NewEvent withId(UUID eventId) {
        return new NewEvent(Required.present("eventId", eventId), data, metadata, recordedAt);
    }

    /** A copy with one more entry in its metadata, which replaces an earlier one of the same key. */
    public NewEvent withMetadata(String key, String value) {
        return withMetadata(metadata.with(key, value));
    }

    /** A copy with this metadata instead of its own. */
    public NewEvent withMetadata(Metadata replacement) {
        return new NewEvent(id, data, Required.present("replacement", replacement), recordedAt);
    }

    /**
     * A copy with a known time of recording, for imports.
     *
     * @param time in the years 1 to 9999, truncated to microseconds
     * @throws InvalidEventException if its year is below 1 or above 9999
     */
    public NewEvent withRecordedAt(Instant time) {
        return new NewEvent(id, data, metadata, Required.present("time", time));
    }

    /**
     * A copy that names another event as its cause: the cause's id becomes its causation id, and it takes over the
     * cause's correlation id. If the cause has no correlation id, the cause's own id is used.
     *
     * <p>While an event is being handled, the store does this for appended events automatically.
     */
    public NewEvent causedBy(RecordedEvent cause) {
        return withMetadata(Required.present("cause", cause).causation().withDefaults(metadata));
    }
}
