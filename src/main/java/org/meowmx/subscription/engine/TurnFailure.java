package org.meowmx.subscription.engine;

import jakarta.enterprise.event.ObserverException;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;

/** A turn failed. It tells what is known about the event that caused the failure. */
class TurnFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable RecordedEvent event;
    private final boolean alone;
    private final boolean transientFailure;
    private final Throwable thrown;

    /**
     * @param event the event that failed; null if it is one of several and unknown which
     * @param alone whether it was the only event of its turn
     * @param thrown what was thrown, as caught
     */
    TurnFailure(@Nullable RecordedEvent event, boolean alone, Throwable thrown) {
        this(event, alone, false, thrown);
    }

    private TurnFailure(@Nullable RecordedEvent event, boolean alone, boolean transientFailure, Throwable thrown) {
        super(thrown);
        this.event = event;
        this.alone = alone;
        this.transientFailure = transientFailure;
        this.thrown = unwrapped(thrown);
    }

    /** The same failure, for which no event is to blame. */
    TurnFailure asTransient() {
        return new TurnFailure(event, alone, true, thrown);
    }

    /** CDI wraps what is neither a RuntimeException nor declared. */
    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof ObserverException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    @Nullable
    RecordedEvent event() {
        return event;
    }

    /** The position of the failed event; the largest number if it is unknown. */
    long position() {
        return event == null ? Long.MAX_VALUE : event.position();
    }

    boolean isOf(RecordedEvent other) {
        return event != null && event.position() == other.position();
    }

    /** Whether the database or a lock caused it, so that no event is to blame. */
    boolean isTransient() {
        return transientFailure;
    }

    /** Whether it is known what caused it: the only event of the turn, or no event at all. */
    boolean isExplained() {
        return alone || transientFailure;
    }

    /** What the observer, or the commit, threw. */
    Throwable thrown() {
        return thrown;
    }

    /**
     * The exception for a caller in whose thread the turn ran: what was thrown, if it is unchecked, or else this.
     * Throws errors.
     */
    RuntimeException thrownByObserver() {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException unchecked ? unchecked : this;
    }
}
