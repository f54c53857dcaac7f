package org.meowmx;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An event as it is stored. Two of them are equal when all that is stored of them is equal.
 *
 * @param position place in the whole log, 1 or greater; grows, with gaps
 * @param id unique in the log
 * @param stream the stream it belongs to
 * @param version place in that stream: 1, 2, 3, …
 * @param type stored event type
 * @param data the JSON text; key order and white space may differ from what was appended
 * @param metadata what is noted beside it
 * @param recordedAt when it was recorded, by the database's clock, to the microsecond
 * @param binder turns the JSON into objects; no part of the event's value
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
     * The data as an object: of the class that stands for this event's type in a sealed family, after what upcasters make of
     * it; or, as it is stored, of any class without a type.
     *
     * @throws EventBindingException when the JSON does not fit the class, no member of the family has this type, or an
     *     upcaster splits or drops the event, see {@link #asList}
     */
    public <T> T as(Class<T> target) {
        List<T> today = asList(target);
        if (today.size() != 1) {
            throw new EventBindingException(
                    this,
                    target,
                    "it is read as %d events today, ask for them as a list".formatted(today.size()),
                    null);
        }
        return today.get(0);
    }

    /**
     * The data as objects of a family, in order: one, or as many as an upcaster splits it into, or none where one drops it.
     *
     * @throws EventBindingException when the JSON does not fit the class, or no member of the family has this type
     */
    public <T> List<T> asList(Class<T> family) {
        EventTypes types = EventTypes.of(family);
        return types.isEmpty() ? List.of(binder.bind(this, family)) : binder.bind(this, types, family);
    }

    /** Whether the class, or a member of its sealed family, stands for this event's type, or an upcaster leads there. */
    public boolean is(Class<?> eventClass) {
        return binder.storedTypes(EventTypes.of(eventClass)).contains(type);
    }

    /**
     * The metadata that an event caused by this one carries: this event's id as {@link Metadata#CAUSATION_ID}, and its
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

    /** Names the event without its data or metadata, so that it can go into a log file. */
    @Override
    public String toString() {
        return "%s %s v%d at position %d (%s)".formatted(type, stream, version, position, id);
    }
}
