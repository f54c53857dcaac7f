package org.meowmx.storage;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meowmx.ExpectedVersion;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.serialization.SerializedEvent;

/**
 * The events that one statement appends to one stream. They are checked, and each has an id.
 *
 * @param stream the stream to append to
 * @param expected the version that the stream must be at
 * @param events at least one
 */
record Batch(StreamId stream, ExpectedVersion expected, List<Event> events) {

    /**
     * One event of a batch.
     *
     * @param id given by the writer, derived from the event that the writer handles, or generated
     * @param written the event as the writer gave it
     * @param content type, data and metadata as text
     * @param metadata the metadata, with what the store added
     * @param derived whether the id is derived. The log has it already if the writer handles the event again
     */
    record Event(UUID id, NewEvent written, SerializedEvent content, Metadata metadata, boolean derived) {

        /** Whether the writer gave the id. The log may then have it already. */
        boolean hasGivenId() {
            return written.id() != null;
        }

        /** The time of recording; null for the database's time. */
        @Nullable
        Instant recordedAt() {
            return written.recordedAt();
        }

        Instant recordedAtOr(Instant now) {
            Instant given = written.recordedAt();
            return given == null ? now : given;
        }
    }

    int size() {
        return events.size();
    }

    boolean hasGivenIds() {
        return events.stream().anyMatch(Event::hasGivenId);
    }

    List<UUID> givenIds() {
        return events.stream().filter(Event::hasGivenId).map(Event::id).toList();
    }

    boolean hasDerivedIds() {
        return events.stream().anyMatch(Event::derived);
    }

    /** The events whose ids are derived. */
    List<Event> derived() {
        return events.stream().filter(Event::derived).toList();
    }

    /** The ids that an earlier append may have used. */
    List<UUID> repeatableIds() {
        return events.stream()
                .filter(event -> event.hasGivenId() || event.derived())
                .map(Event::id)
                .toList();
    }

    Batch expecting(ExpectedVersion other) {
        return new Batch(stream, other, events);
    }

    /** This batch with further events at its end. */
    Batch with(List<Event> further) {
        return new Batch(
                stream,
                expected,
                Stream.concat(events.stream(), further.stream()).toList());
    }

    /** This batch without the events with these ids; it may then be empty. */
    Batch without(Set<UUID> ids) {
        return new Batch(
                stream,
                expected,
                events.stream().filter(event -> !ids.contains(event.id())).toList());
    }
}
