package org.meowmx.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.Collection;
import java.util.OptionalInt;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemType;

/**
 * Refuses control characters in the path, where no name may have them, and U+0000 in the query: PostgreSQL cannot store it in a
 * text. It runs before the path is matched, because servers match or refuse a path with a line feed in different ways.
 */
@Provider
@PreMatching
public class ControlCharacterFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        UriInfo uri = request.getUriInfo();
        OptionalInt inPath = uri.getPath().chars().filter(Character::isISOControl).findFirst();
        boolean inQuery = uri.getQueryParameters().values().stream()
                .flatMap(Collection::stream)
                .anyMatch(text -> text.indexOf('\0') >= 0);
        if (inPath.isPresent() || inQuery) {
            String text = "The %s contains the control character U+%04X, which is not allowed"
                    .formatted(inPath.isPresent() ? "path" : "query", inPath.orElse(0));
            request.abortWith(Problem.of(ProblemType.INVALID_PARAMETER, text).asResponse());
        }
    }
}
