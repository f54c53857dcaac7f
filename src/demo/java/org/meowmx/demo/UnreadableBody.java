package org.meowmx.demo;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** A request body that is no JSON, or not the JSON asked for, is the client's mistake. */
public class UnreadableBody implements ExceptionMapper<ProcessingException> {

    @Override
    public Response toResponse(ProcessingException exception) {
        return Response.status(Response.Status.BAD_REQUEST)
                .type("application/problem+json")
                .entity("{\"status\":400,\"title\":\"the body is not the JSON that is asked for\"}")
                .build();
    }
}
