package org.meowmx.transaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the current thread runs handlers of events. This may be the thread of a request that operates a subscription. Events that the
 * handlers append belong to the handled events, not to that request.
 */
@ApplicationScoped
public class HandlerThread {

    /** An instance field rather than a static one, because a server may share the class between applications. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Handling> handling = new ThreadLocal<>();

    /** Whether this thread runs handlers of a subscription. */
    public boolean isCurrent() {
        return handling().filter(Handling::isOfSubscription).isPresent();
    }

    /** The state of the handlers in this thread; empty if it runs none. */
    public Optional<Handling> handling() {
        return Optional.ofNullable(handling.get());
    }

    /** Runs handlers in this thread. */
    public void run(Handling current, Runnable handlers) {
        during(current, () -> {
            handlers.run();
            return this;
        });
    }

    /** Runs handlers in this thread, and returns their result. */
    public <T> T during(Handling current, Supplier<T> handlers) {
        Handling before = handling.get();
        handling.set(current);
        try {
            return handlers.get();
        } finally {
            if (before == null) {
                handling.remove();
            } else {
                handling.set(before);
            }
        }
    }
}
