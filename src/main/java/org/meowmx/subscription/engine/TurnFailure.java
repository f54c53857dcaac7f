package org.meowmx.subscription.engine;

import jakarta.enterprise.event.ObserverException;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;

/** A turn failed. The exception contains what is known about the event that caused the failure. */
class TurnFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable RecordedEvent event;
    private final boolean alone;
    private final Kind kind;
    private final Throwable thrown;

    /** The kind of the cause. */
    private enum Kind {
        EVENT,

        /** The database or a lock. */
        TRANSIENT,

        /** A handler has appended an event that the log had, in a turn without look-ups. */
        KNOWN_ID
    }

    /**
     * @param event the event that failed; null if it is one of several and unknown which
     * @param alone whether it was the only event of its turn
     * @param thrown the caught exception
     */
    TurnFailure(@Nullable RecordedEvent event, boolean alone, Throwable thrown) {
        this(event, alone, Kind.EVENT, thrown);
    }

    private TurnFailure(@Nullable RecordedEvent event, boolean alone, Kind kind, Throwable thrown) {
        super(thrown);
        this.event = event;
        this.alone = alone;
        this.kind = kind;
        this.thrown = unwrapped(thrown);
    }

    /** The same failure, for which no event is to blame. */
    TurnFailure asTransient() {
        return new TurnFailure(event, alone, Kind.TRANSIENT, thrown);
    }

    /** The same failure, because the log had an id that was derived. A turn with look-ups does not meet it again. */
    TurnFailure asKnownId() {
        return new TurnFailure(event, alone, Kind.KNOWN_ID, thrown);
    }

    /** Removes CDI's wrapper of checked exceptions. */
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
        return kind == Kind.TRANSIENT;
    }

    /** Whether the turn only has to be repeated, for each event alone and with look-ups. */
    boolean isKnownId() {
        return kind == Kind.KNOWN_ID;
    }

    /** Whether the cause is known: the only event of the turn, or no event at all. */
    boolean isExplained() {
        return kind == Kind.TRANSIENT || (alone && kind == Kind.EVENT);
    }

    /** The exception of the observer or the commit. */
    Throwable thrown() {
        return thrown;
    }

    /**
     * The exception for a caller in whose thread the turn ran: the original exception if it is unchecked, otherwise
     * this one. Throws errors.
     */
    RuntimeException thrownByObserver() {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException unchecked ? unchecked : this;
    }
}
