package org.meowmx.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemType;

/**
 * Refuses what another site's page can make a browser send along with the user's credentials: a change without the header
 * {@code X-Requested-With} whose content type is missing or one of those that forms have. A page of another site can send
 * anything else only when this server has allowed it to, which it never does (see the Fetch standard, "CORS-safelisted").
 */
@Provider
@PreMatching
public class CsrfFilter implements ContainerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OF_FORMS =
            Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

    @Override
    public void filter(ContainerRequestContext request) {
        boolean change = !SAFE.contains(request.getMethod());
        if (change
                && request.getHeaderString("X-Requested-With") == null
                && isOfAForm(request.getHeaderString("Content-Type"))) {
            request.abortWith(Problem.of(ProblemType.FORGED_REQUEST, ProblemType.FORGED_REQUEST.title())
                    .asResponse());
        }
    }

    /** However it is spelt: browsers send it as the page has written it. */
    private static boolean isOfAForm(@Nullable String type) {
        return type == null || type.isBlank() || OF_FORMS.stream().anyMatch(type.toLowerCase(Locale.ROOT)::contains);
    }
}
