package org.meowmx.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sets headers that make browsers run only scripts of this application, show no page in a frame, and cache no data. */
class SecurityHeaders extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /** For files whose address contains the version. */
    private static final String FOREVER = "private, max-age=31536000, immutable";

    private static final String REVALIDATE = "no-cache";

    /** For the other files of the console: all files of a build have the same time, so a browser could not distinguish two releases. */
    private static final String NO_STORE = "no-store";

    private final String root;

    SecurityHeaders(String root) {
        this.root = root;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        String path = request.getRequestURI().substring(request.getContextPath().length());
        response.setHeader("Cache-Control", caching(path));
        chain.doFilter(request, response);
    }

    private String caching(String path) {
        if (path.startsWith(root + "/webjars/")) {
            return FOREVER;
        }
        return path.startsWith(root + "/api/") ? REVALIDATE : NO_STORE;
    }
}
