package org.meowmx.rest;

import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.UriInfo;

/** The way from one page to the next (RFC 8288). */
final class Links {

    private Links() {}

    /** The same request with one query parameter changed. */
    static String next(UriInfo uri, String parameter, Object value) {
        return Link.fromUriBuilder(uri.getRequestUriBuilder().replaceQueryParam(parameter, "{value}"))
                .rel("next")
                .build(value)
                .toString();
    }
}
