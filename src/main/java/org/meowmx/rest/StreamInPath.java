package org.meowmx.rest;

import jakarta.ws.rs.PathParam;
import org.meowmx.StreamId;
import org.meowmx.rest.message.Parameters;

/** The stream that the path of a request names. */
public class StreamInPath {

    @PathParam("category")
    String category = "";

    @PathParam("id")
    String id = "";

    /** @throws org.meowmx.rest.message.ProblemException if a name breaks a rule */
    StreamId stream() {
        return Parameters.stream(category, id);
    }
}
