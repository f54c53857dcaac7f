package org.meowmx.rest.message;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.meowmx.rest.answer.PendingAnswer;
import org.meowmx.subscription.OperationPendingException;

/** Answers 202 if another node has to carry out an operation and has not done so yet. */
public class PendingMapper implements ExceptionMapper<OperationPendingException> {

    @Override
    public Response toResponse(OperationPendingException pending) {
        return Response.status(Response.Status.ACCEPTED)
                .entity(Json.answer(new PendingAnswer(pending.subscription(), String.valueOf(pending.getMessage()))))
                .build();
    }
}
