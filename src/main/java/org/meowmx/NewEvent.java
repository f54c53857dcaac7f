package org.meowmx;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event to be written. Immutable; the {@code with…} methods return changed copies.
 *
 * @param id the event's id, unique in the whole log; null lets the store make one. Give it yourself where an append may be
 *     repeated after a lost reply: the repeat then returns the events of the first time
 * @param data what happened
 * @param metadata what is noted beside it
 * @param recordedAt when it was recorded, for imports, in the years 1 to 9999 and kept to the microsecond; null is now, by the
 *     database's clock
 */
public record NewEvent(
        @Nullable UUID id,
        EventData data,
        Metadata metadata,
        @Nullable Instant recordedAt) {

    /**
     * @throws InvalidEventException when the time is in another year
     */
    public NewEvent {
        recordedAt = recordedAt == null ? null : Times.recorded(recordedAt);
    }

    /**
     * An event from an object.
     *
     * @throws InvalidEventException when its class carries no {@link EventType}
     */
    public static NewEvent of(Object event) {
        return new NewEvent(null, new EventData.Typed(event), Metadata.none(), null);
    }

    /**
     * An event from JSON text.
     *
     * @throws InvalidEventException when the type is not a valid name; the JSON is checked when it is appended
     */
    public static NewEvent of(String type, String json) {
        return new NewEvent(null, new EventData.Json(type, json), Metadata.none(), null);
    }

    /** The stored event type. */
    public String type() {
        return data.typeName();
    }

    public NewEvent withId(UUID eventId) {
        return new NewEvent(eventId, data, metadata, recordedAt);
    }

    /** This event with one more note in its metadata. */
    public NewEvent withMetadata(String key, String value) {
        return withMetadata(metadata.with(key, value));
    }

    public NewEvent withMetadata(Metadata replacement) {
        return new NewEvent(id, data, replacement, recordedAt);
    }

    /**
     * This event as one that happened at a known time in the past.
     *
     * @throws InvalidEventException when its year is below 1 or above 9999
     */
    public NewEvent withRecordedAt(Instant time) {
        return new NewEvent(id, data, metadata, time);
    }

    /**
     * This event as a consequence of another: carries the other's id as its cause, and its correlation id, or the other's
     * id where it has none. While an event is being handled the store does this by itself.
     */
    public NewEvent causedBy(RecordedEvent cause) {
        return withMetadata(cause.causation().withDefaults(metadata));
    }
}
