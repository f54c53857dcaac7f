package org.meowmx.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.meowmx.StreamRange;
import org.meowmx.rest.message.Parameters;

/** The part of a stream that a request reads. */
public class RangeParameters {

    @QueryParam("from")
    @DefaultValue("1")
    @Parameter(description = "The lowest version")
    String from = "";

    @QueryParam("to")
    @Parameter(description = "The highest version")
    @Nullable
    String to;

    @QueryParam("at")
    @Parameter(description = "A time: reads the stream as it was then")
    @Nullable
    String at;

    @QueryParam("direction")
    @DefaultValue("forward")
    @Parameter(description = "forward or backward")
    String direction = "";

    @QueryParam("limit")
    @DefaultValue("100")
    @Parameter(description = "1 to 1000")
    String limit = "";

    /** @throws org.meowmx.rest.message.ProblemException if a parameter breaks a rule */
    StreamRange range() {
        StreamRange range = StreamRange.all().from(version("from", from));
        range = to == null ? range : range.to(version("to", to));
        range = at == null ? range : range.asOf(Parameters.time("at", at));
        range = Parameters.backward(direction) ? range.backwards() : range;
        return range.limit(Parameters.limit(limit));
    }

    private static long version(String name, String text) {
        return Parameters.number(name, text, 1, Long.MAX_VALUE);
    }
}
