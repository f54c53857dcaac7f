package org.meowmx.rest.answer;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.meowmx.RecordedEvent;

/**
 * An event.
 *
 * @param data JSON, written as the text that it is
 */
@Schema(name = "Event")
public record EventAnswer(
        long position,
        UUID id,
        String category,
        String streamId,
        long version,
        String type,
        Instant recordedAt,
        @JsonRawValue String data,
        Map<String, String> metadata) {

    public static EventAnswer of(RecordedEvent event) {
        return new EventAnswer(
                event.position(),
                event.id(),
                event.stream().category(),
                event.stream().id(),
                event.version(),
                event.type(),
                event.recordedAt(),
                event.data(),
                event.metadata().entries());
    }

    public static List<EventAnswer> of(List<RecordedEvent> events) {
        return events.stream().map(EventAnswer::of).toList();
    }
}
