package org.meowmx.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meowmx.cloudevents.HttpBinding;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemType;

/**
 * Protects against cross-site request forgery: a page of another site can make a browser submit an HTML form with the user's
 * credentials. A request that changes something therefore needs one of three marks, none of which a form can send: the header
 * {@code X-Requested-With}, the header {@code ce-specversion} of a CloudEvent in binary content mode, or a content type that is
 * not one of forms.
 *
 * <p>Before a script of another site may send such a request, the browser asks this server, which never allows it (see
 * "CORS-safelisted" in the Fetch standard).
 */
@PreMatching
public class CsrfFilter implements ContainerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> FORM_CONTENT_TYPES =
            Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

    private static final String MISSING =
            "The request has neither the header X-Requested-With nor a content type that HTML forms cannot send, so a page of another site may have sent it with the user's credentials. Send X-Requested-With with any value, or a JSON body with its content type";

    @Override
    public void filter(ContainerRequestContext request) {
        boolean change = !SAFE.contains(request.getMethod());
        if (change
                && request.getHeaderString("X-Requested-With") == null
                && request.getHeaderString(HttpBinding.SPECVERSION_HEADER) == null
                && isOfAForm(request.getHeaderString("Content-Type"))) {
            request.abortWith(Problem.of(ProblemType.FORGED_REQUEST, MISSING).asResponse());
        }
    }

    /** Ignores upper and lower case, because browsers send the content type as the page has written it. */
    private static boolean isOfAForm(@Nullable String type) {
        return type == null
                || type.isBlank()
                || FORM_CONTENT_TYPES.stream().anyMatch(type.toLowerCase(Locale.ROOT)::contains);
    }
}
