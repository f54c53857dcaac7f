package org.meowmx.storage;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.serialization.EventSerializer;

/**
 * An event as a query returns it.
 *
 * @param data null when it is too large to be read along with others
 * @param size how much data that is null takes in memory, about in bytes, where it was asked for
 */
record EventRow(
        long position,
        UUID eventId,
        String category,
        String streamId,
        long version,
        String type,
        @Nullable String data,
        String metadata,
        Instant recordedAt,
        int size) {

    RecordedEvent recorded(EventSerializer serializer) {
        if (data == null) {
            throw new IllegalStateException("The data of the event at position " + position + " was not read");
        }
        return new RecordedEvent(
                position,
                eventId,
                new StreamId(category, streamId),
                version,
                type,
                data,
                serializer.metadata(metadata),
                recordedAt,
                serializer);
    }
}
