package org.meowmx.rest;

import org.meowmx.request.RequestMetadataFilter;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;

/** Puts correlation id, trace, idempotency key and caller of each request into the metadata of the events that it appends. */
public class RequestFilter extends RequestMetadataFilter {

    @Override
    protected RuntimeException refusal(String sentence) {
        return new ProblemException(Problem.of(ProblemType.INVALID_PARAMETER, sentence));
    }
}
