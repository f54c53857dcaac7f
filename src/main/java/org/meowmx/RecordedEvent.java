package org.meowmx;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An event as it is stored. Two events are equal if all their stored values are equal.
 *
 * @param position the place in the whole log, 1 or greater; it only grows, with gaps
 * @param id the event's id, unique in the log
 * @param stream the stream that it belongs to
 * @param version the place in that stream: 1, 2, 3, …
 * @param type the stored event type
 * @param data the JSON text; key order and white space may differ from the appended text
 * @param metadata information about the event
 * @param recordedAt the time of recording, by the database's clock or as the import gave it, in microseconds
 * @param binder the service that converts the JSON into objects; it is not part of the event's value, so
 *     {@link #equals} ignores it
 */
public record RecordedEvent(
        long position,
        UUID id,
        StreamId stream,
        long version,
        String type,
        String data,
        Metadata metadata,
        Instant recordedAt,
        DataBinder binder) {

    /**
     * The data as one object.
     *
     * <p>If the target is an event class or a sealed family, upcasters are applied, and the result is of the class that
     * represents the event's current type. If the target has no event type, the data is converted exactly as it is
     * stored.
     *
     * @throws EventBindingException if the JSON does not fit the class, if no member of the family has this type, or if
     *     upcasters leave none or several objects of the class; then use {@link #asList}
     */
    public <T> T as(Class<T> target) {
        List<T> today = asList(target);
        if (today.size() != 1) {
            throw new EventBindingException(
                    this, target, "upcasters turn it into %d events; use asList".formatted(today.size()), null);
        }
        return today.get(0);
    }

    /**
     * The data as objects of a family, in order: usually one, several if an upcaster splits the event, none if one
     * drops it.
     *
     * @throws EventBindingException if the JSON does not fit the class, or no member of the family has this type
     */
    public <T> List<T> asList(Class<T> family) {
        EventTypes types = EventTypes.of(family);
        return types.isEmpty() ? List.of(binder.bind(this, family)) : binder.bind(this, types, family);
    }

    /**
     * Whether the event can be read as this class: the class, or a member of its sealed family, represents the event's
     * type, or upcasters convert the type into one that it represents.
     */
    public boolean is(Class<?> eventClass) {
        return binder.storedTypes(EventTypes.of(eventClass)).contains(type);
    }

    /**
     * The metadata of an event that this one causes: this event's id as {@link Metadata#CAUSATION_ID}, and its
     * correlation id. If this event has no correlation id, its own id starts the correlation.
     */
    public Metadata causation() {
        return Metadata.of(Metadata.CAUSATION_ID, id.toString())
                .with(Metadata.CORRELATION_ID, metadata.correlationId().orElse(id.toString()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordedEvent that
                && position == that.position
                && id.equals(that.id)
                && stream.equals(that.stream)
                && version == that.version
                && type.equals(that.type)
                && data.equals(that.data)
                && metadata.equals(that.metadata)
                && recordedAt.equals(that.recordedAt);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Identifies the event without its data or metadata, so the text may be logged. */
    @Override
    public String toString() {
        return "%s %s v%d at position %d (%s)".formatted(type, stream, version, position, id);
    }
}
