package org.meowmx.transaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the current thread runs handlers of a subscription. This may be the thread of a request that operates a subscription. What
 * handlers append belongs to the events that they handle, and not to that request.
 */
@ApplicationScoped
public class HandlerThread {

    /** An instance field rather than a static one, because a server may share the class between applications. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Boolean> handling = new ThreadLocal<>();

    /** Whether this thread runs handlers. */
    public boolean isCurrent() {
        return handling.get() != null;
    }

    /** Runs handlers in this thread. */
    public <T> T during(Supplier<T> handlers) {
        if (isCurrent()) {
            return handlers.get();
        }
        handling.set(Boolean.TRUE);
        try {
            return handlers.get();
        } finally {
            handling.remove();
        }
    }
}
