package org.meowmx.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriInfo;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemType;

/**
 * Refuses control characters in the path, where no name may have them, and U+0000 in the query: PostgreSQL cannot store it in a
 * text. It runs before the path is matched, because servers match or refuse a path with a line feed in different ways.
 */
@PreMatching
public class ControlCharacterFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        UriInfo uri = request.getUriInfo();
        Stream<String> query = uri.getQueryParameters().values().stream().flatMap(Collection::stream);
        problem(uri.getPath(), query).ifPresent(problem -> request.abortWith(problem.asResponse()));
    }

    static Optional<Problem> problem(String path, Stream<String> query) {
        OptionalInt inPath = path.chars().filter(Character::isISOControl).findFirst();
        if (inPath.isPresent()) {
            return Optional.of(problem("path", inPath.getAsInt()));
        }
        return query.anyMatch(text -> text.indexOf('\0') >= 0) ? Optional.of(problem("query", 0)) : Optional.empty();
    }

    private static Problem problem(String part, int character) {
        return Problem.of(
                ProblemType.INVALID_PARAMETER,
                "The %s contains the control character U+%04X, which is not allowed".formatted(part, character));
    }
}
