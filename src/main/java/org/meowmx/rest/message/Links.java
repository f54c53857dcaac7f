package org.meowmx.rest.message;

import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/** The way from one page to the next (RFC 8288), relative to this server, whatever stands in front of it. */
public final class Links {

    private Links() {}

    /** The same request with one query parameter changed. */
    public static String next(UriInfo uri, String parameter, Object value) {
        URI next = uri.getRequestUriBuilder()
                .replaceQueryParam(parameter, "{value}")
                .build(value);
        return "<%s?%s>; rel=\"next\"".formatted(next.getRawPath(), next.getRawQuery());
    }
}
