package org.meowmx.rest.mount;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Puts {@link Mounted#ROOT} before the path of a request, so that it matches a resource. The other filters run later. */
@PreMatching
@Priority(RootFilter.FIRST)
public class RootFilter implements ContainerRequestFilter {

    static final int FIRST = 0;

    @Override
    public void filter(ContainerRequestContext request) {
        UriInfo uri = request.getUriInfo();
        URI base = uri.getBaseUri();
        request.setRequestUri(
                base,
                URI.create(rooted(
                        base.toString(), uri.getPath(false), uri.getRequestUri().getRawQuery())));
    }

    /** The address with the root. The path may begin with a slash, depending on the server. */
    static String rooted(String base, String path, @Nullable String query) {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        return base + Mounted.ROOT + relative + (query == null ? "" : "?" + query);
    }
}
