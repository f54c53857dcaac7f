package org.meowmx.rest.mount;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.NotFoundException;
import org.jspecify.annotations.Nullable;

/** Answers 404 if a request reaches a resource without the filters of this API, because another application has published it. */
@Mounted
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class MountGuard {

    @Inject
    Admission admission;

    /** Lets the current request reach its resource. To be called after the check of the caller's roles. */
    public static void admit() {
        CDI.current().select(Admission.class).get().give();
    }

    @AroundInvoke
    @Nullable
    Object check(InvocationContext call) throws Exception {
        if (!admission.isGiven()) {
            throw new NotFoundException();
        }
        return call.proceed();
    }
}
