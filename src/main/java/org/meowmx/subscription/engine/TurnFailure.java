package org.meowmx.subscription.engine;

import jakarta.enterprise.event.ObserverException;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;

/** A turn failed; carries what is known of the event that it failed at, out of the turn's transaction. */
class TurnFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable RecordedEvent event;
    private final boolean alone;
    private final Throwable thrown;

    /**
     * @param event which event; null when one of several, unknown which
     * @param alone whether it was the only one of its turn
     */
    TurnFailure(@Nullable RecordedEvent event, boolean alone, Throwable thrown) {
        super(thrown);
        this.event = event;
        this.alone = alone;
        this.thrown = unwrapped(thrown);
    }

    /** CDI wraps what is neither a RuntimeException nor declared. */
    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof ObserverException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    @Nullable
    RecordedEvent event() {
        return event;
    }

    boolean isOf(RecordedEvent other) {
        return event != null && event.position() == other.position();
    }

    boolean alone() {
        return alone;
    }

    Throwable thrown() {
        return thrown;
    }
}
