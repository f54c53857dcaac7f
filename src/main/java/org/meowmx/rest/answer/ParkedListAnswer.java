package org.meowmx.rest.answer;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.meowmx.subscription.ParkedStream;

/** A page of parked streams. */
@Schema(name = "ParkedStreams")
public record ParkedListAnswer(List<ParkedAnswer> parked) {

    public static ParkedListAnswer of(List<ParkedStream> parked) {
        return new ParkedListAnswer(parked.stream().map(ParkedAnswer::of).toList());
    }
}
