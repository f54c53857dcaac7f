package org.meowmx.aggregate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * An object with behaviour that raises events, for those who prefer one to a {@link Decider}'s functions: its methods check,
 * then {@link #raise}; {@link #apply} alone changes its fields. Belongs to one thread, for the time of one change.
 *
 * @param <E> the events, best a sealed family
 */
public abstract class Aggregate<E> {

    private final Deque<E> pending = new ArrayDeque<>();
    private long version;

    /** Takes over what an event says. Must not refuse: what happened has happened. */
    protected abstract void apply(E event);

    /** Decides that something happens: it is applied at once and stored with {@link Repository#save}. */
    protected final void raise(E event) {
        apply(event);
        pending.add(event);
    }

    /** The events that were raised and are not stored yet. */
    public final List<E> pending() {
        return List.copyOf(pending);
    }

    /** The version of the stream that it was loaded from, without pending events; 0 when there was none. */
    public final long version() {
        return version;
    }

    /** An event of the stream: one that it raised itself, or one of its history. */
    final void happened(E event) {
        if (event.equals(pending.peek())) {
            pending.remove();
        } else {
            apply(event);
        }
    }

    final void isAt(long streamVersion) {
        version = streamVersion;
    }
}
