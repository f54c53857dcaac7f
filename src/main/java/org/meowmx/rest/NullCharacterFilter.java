package org.meowmx.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.Collection;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemType;

/** Refuses U+0000 in the path and the query: PostgreSQL cannot store it in a text. */
@Provider
@PreMatching
public class NullCharacterFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        UriInfo uri = request.getUriInfo();
        boolean inQuery = uri.getQueryParameters().values().stream()
                .flatMap(Collection::stream)
                .anyMatch(NullCharacterFilter::isIn);
        if (inQuery || isIn(uri.getPath())) {
            request.abortWith(
                    Problem.of(ProblemType.INVALID_PARAMETER, "The path or query contains the character U+0000")
                            .asResponse());
        }
    }

    private static boolean isIn(String text) {
        return text.indexOf('\0') >= 0;
    }
}
