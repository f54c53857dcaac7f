package org.meowmx.rest.message;

import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/**
 * References to addresses of this API: the header {@code Link} (RFC 8288), and {@code Location}. They are relative to the address of
 * the request, so that they stay valid after a proxy that adds a prefix to the path.
 */
public final class Links {

    private Links() {}

    /** A link to the next page: the same request with one query parameter changed. */
    public static String next(UriInfo uri, String parameter, Object value) {
        URI next = uri.getRequestUriBuilder()
                .replaceQueryParam(parameter, "{value}")
                .build(value);
        return "<%s>; rel=\"next\"".formatted(relative(next));
    }

    /** The address of the request. */
    public static String self(UriInfo uri) {
        return relative(uri.getRequestUri());
    }

    /** The last segment of the path, and the query. A colon in the first segment would be read as the end of a scheme. */
    private static String relative(URI uri) {
        String path = uri.getRawPath();
        String segment = path.substring(path.lastIndexOf('/') + 1);
        String reference = segment.isEmpty() || segment.indexOf(':') >= 0 ? "./" + segment : segment;
        return uri.getRawQuery() == null ? reference : reference + "?" + uri.getRawQuery();
    }
}
