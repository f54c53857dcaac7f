package org.meowmx.rest.message;

import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/** The header {@code Link} (RFC 8288). Links have no host, so that they stay valid through a proxy. */
public final class Links {

    private Links() {}

    /** A link to the next page: the same request with one query parameter changed. */
    public static String next(UriInfo uri, String parameter, Object value) {
        URI next = uri.getRequestUriBuilder()
                .replaceQueryParam(parameter, "{value}")
                .build(value);
        return "<%s?%s>; rel=\"next\"".formatted(next.getRawPath(), next.getRawQuery());
    }
}
