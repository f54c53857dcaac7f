package org.meowmx.storage;

import java.time.Instant;
import java.util.UUID;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.serialization.EventSerializer;

/** An event as a query returns it: not managed, so that reading much does not fill the persistence context. */
record EventRow(
        long position,
        UUID eventId,
        String category,
        String streamId,
        long version,
        String type,
        String data,
        String metadata,
        Instant recordedAt) {

    RecordedEvent recorded(EventSerializer serializer) {
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
