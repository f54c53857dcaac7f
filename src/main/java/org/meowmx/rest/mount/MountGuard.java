package org.meowmx.rest.mount;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jspecify.annotations.Nullable;

/** Answers 404 if a request reaches a resource without the filters of this API, because another application has published it. */
@Mounted
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class MountGuard {

    /** An attribute of the servlet request: containers keep the properties of a request there. */
    private static final String ADMITTED = MountGuard.class.getName();

    @Inject
    HttpServletRequest request;

    /** Lets a request reach its resource. Called when the roles of the caller have been checked. */
    public static void admit(ContainerRequestContext request) {
        request.setProperty(ADMITTED, true);
    }

    @AroundInvoke
    @Nullable
    Object check(InvocationContext call) throws Exception {
        if (request.getAttribute(ADMITTED) == null) {
            throw new NotFoundException();
        }
        return call.proceed();
    }
}
