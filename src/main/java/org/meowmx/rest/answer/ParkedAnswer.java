package org.meowmx.rest.answer;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.meowmx.subscription.ParkedStream;

/** A parked stream. */
@Schema(name = "ParkedStream")
public record ParkedAnswer(
        String category,
        String streamId,
        long events,
        long firstPosition,
        long firstVersion,
        String failure,
        Instant parkedAt) {

    public static ParkedAnswer of(ParkedStream parked) {
        return new ParkedAnswer(
                parked.stream().category(),
                parked.stream().id(),
                parked.events(),
                parked.firstPosition(),
                parked.firstVersion(),
                parked.failure(),
                parked.parkedAt());
    }
}
