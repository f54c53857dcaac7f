package org.meowmx.rest.answer;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.meowmx.AppendResult;
import org.meowmx.StreamId;

/** The result of an append. */
@Schema(name = "Appended")
public record AppendAnswer(
        String category, String streamId, long version, long position, boolean repeated, List<EventAnswer> events) {

    public static AppendAnswer of(StreamId stream, AppendResult result) {
        return new AppendAnswer(
                stream.category(),
                stream.id(),
                result.version(),
                result.position(),
                result.repeated(),
                EventAnswer.of(result.events()));
    }
}
