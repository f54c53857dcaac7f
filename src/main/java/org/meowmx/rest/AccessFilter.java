package org.meowmx.rest;

import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.rest.mount.MountGuard;

/**
 * Requires one of the roles that the method names in {@link RolesAllowed}. A method that names no role refuses every caller. The
 * container provides the caller and the roles.
 */
@Priority(Priorities.AUTHORIZATION)
public class AccessFilter implements ContainerRequestFilter {

    @Context
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        SecurityContext security = request.getSecurityContext();
        if (security.getUserPrincipal() == null) {
            request.abortWith(Problem.of(ProblemType.UNAUTHORIZED, "The request has no valid credentials")
                    .asResponse());
            return;
        }
        String[] roles = roles(resource.getResourceMethod());
        if (Arrays.stream(roles).noneMatch(security::isUserInRole)) {
            request.abortWith(Problem.of(ProblemType.FORBIDDEN, "Requires one of the roles " + String.join(", ", roles))
                    .asResponse());
            return;
        }
        MountGuard.admit();
    }

    private static String[] roles(@Nullable Method method) {
        RolesAllowed allowed = method == null ? null : method.getAnnotation(RolesAllowed.class);
        return allowed == null ? new String[0] : allowed.value();
    }
}
