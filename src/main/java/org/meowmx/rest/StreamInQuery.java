package org.meowmx.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.meowmx.StreamId;
import org.meowmx.rest.message.Parameters;

/**
 * The stream that the query of a request names. Browsers remove {@code .} and {@code ..} from a path, and many proxies refuse or
 * decode an encoded slash. In a query every text is safe.
 */
public class StreamInQuery {

    @QueryParam("category")
    @DefaultValue("")
    @Parameter(required = true)
    String category = "";

    @QueryParam("id")
    @DefaultValue("")
    @Parameter(required = true, description = "The id of the stream")
    String id = "";

    /** @throws org.meowmx.rest.message.ProblemException if a name is missing or breaks a rule */
    StreamId stream() {
        return Parameters.stream(category, id);
    }
}
