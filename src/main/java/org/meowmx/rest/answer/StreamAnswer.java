package org.meowmx.rest.answer;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.meowmx.EventStream;

/** The events of a stream. */
@Schema(name = "Stream")
public record StreamAnswer(String category, String streamId, long version, List<EventAnswer> events) {

    public static StreamAnswer of(EventStream read) {
        return new StreamAnswer(read.id().category(), read.id().id(), read.version(), EventAnswer.of(read.events()));
    }
}
