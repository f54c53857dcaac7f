package org.meowmx;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event that the calling thread is handling at this moment, if it is handling one.
 *
 * <p>It is how an event appended by a handler learns its cause, and what an injected {@link RecordedEvent} is.
 */
@ApplicationScoped
public class CurrentEvent {

    /** Not static: the server keeps several applications apart. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable RecordedEvent> current = new ThreadLocal<>();

    public Optional<RecordedEvent> get() {
        return Optional.ofNullable(current.get());
    }

    /** Runs a handler with this event as the current one, and restores what was before. */
    public void during(RecordedEvent event, Runnable handler) {
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
                "No event is being handled in this thread: inject RecordedEvent into observers of events only"));
    }
}
