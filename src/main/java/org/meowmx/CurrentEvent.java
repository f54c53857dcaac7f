package org.meowmx;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event that the current thread is handling, if any.
 *
 * <p>The store reads it when a handler appends: the new event gets the current event's id as its causation id. It also
 * supplies {@link RecordedEvent} where an observer injects one.
 */
@ApplicationScoped
public class CurrentEvent {

    /** An instance field rather than a static one, because a server may share the class between applications. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable RecordedEvent> current = new ThreadLocal<>();

    /** The event that the current thread is handling; empty outside of a handler. */
    public Optional<RecordedEvent> get() {
        return Optional.ofNullable(current.get());
    }

    /**
     * Runs a handler with an event as the current one. Afterwards the previous current event is restored, also if the
     * handler throws an exception.
     */
    public void during(RecordedEvent event, Runnable handler) {
        Required.present("event", event);
        Required.present("handler", handler);
        RecordedEvent before = current.get();
        current.set(event);
        try {
            handler.run();
        } finally {
            if (before == null) {
                current.remove();
            } else {
                current.set(before);
            }
        }
    }

    @Produces
    @Dependent
    RecordedEvent recordedEvent() {
        return get().orElseThrow(() -> new IllegalStateException(
                "This thread is not handling an event. Inject RecordedEvent only into observers of events"));
    }
}
