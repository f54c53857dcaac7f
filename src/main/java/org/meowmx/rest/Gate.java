package org.meowmx.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Stream;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.rest.message.Roles;

/**
 * Admits callers that have one of the roles, and refuses everybody else. It logs in by the method that the application has for
 * that, such as {@code login-config} in {@code web.xml}. {@link AccessFilter} then checks the role that an operation requires.
 */
class Gate extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getUserPrincipal() == null && !isLoggedIn(request, response)) {
            if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED && !response.isCommitted()) {
                ProblemPage.write(response, ProblemType.UNAUTHORIZED);
            }
        } else if (Stream.of(Roles.READER, Roles.WRITER, Roles.OPERATOR).noneMatch(request::isUserInRole)) {
            ProblemPage.write(response, ProblemType.FORBIDDEN);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** If not, the container has written its challenge into the response. Without a method to log in, some servers throw. */
    private static boolean isLoggedIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            return request.authenticate(response);
        } catch (ServletException e) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return false;
        }
    }
}
