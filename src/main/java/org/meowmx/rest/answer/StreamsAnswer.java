package org.meowmx.rest.answer;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.meowmx.StreamSummary;

/** A page of streams. */
@Schema(name = "Streams")
public record StreamsAnswer(List<Summary> streams) {

    /** The key figures of a stream. */
    @Schema(name = "StreamSummary")
    public record Summary(String category, String streamId, long version, long lastPosition, Instant lastChange) {}

    public static StreamsAnswer of(List<StreamSummary> found) {
        return new StreamsAnswer(found.stream()
                .map(it -> new Summary(
                        it.stream().category(), it.stream().id(), it.version(), it.lastPosition(), it.lastChange()))
                .toList());
    }
}
