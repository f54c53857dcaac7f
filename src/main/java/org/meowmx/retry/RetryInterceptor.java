package org.meowmx.retry;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The interceptor of {@link RetriedOnConflict}. Its priority is lower than PLATFORM_BEFORE + 200, which JTA 2.0,
 * section 3.7, defines for {@code @Transactional}, so it runs outside.
 */
@Interceptor
@RetriedOnConflict
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class RetryInterceptor {

    @Inject
    Retry retry;

    @AroundInvoke
    @Nullable
    Object retried(InvocationContext call) throws Exception {
        RetriedOnConflict binding = binding(call);
        Attempts attempts = binding == null
                ? Attempts.upTo(Attempts.MAX)
                : new Attempts(binding.attempts(), Duration.ofMillis(binding.longestPauseMillis()));
        Method method = call.getMethod();
        String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        return retry.run(name, attempts, Retry::isConflict, call::proceed);
    }

    private static @Nullable RetriedOnConflict binding(InvocationContext call) {
        RetriedOnConflict ofMethod = call.getMethod().getAnnotation(RetriedOnConflict.class);
        return ofMethod == null ? call.getTarget().getClass().getAnnotation(RetriedOnConflict.class) : ofMethod;
    }
}
