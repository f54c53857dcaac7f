package org.meowmx.aggregate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.meowmx.Required;

/**
 * The base class of objects with behaviour that raise events, as an alternative to the functions of a {@link Decider}.
 *
 * <p>A method of the aggregate checks its rules and then calls {@link #raise}. Only {@link #apply} changes fields. An
 * instance is not thread-safe and is used for one change.
 *
 * @param <E> the class of the events, preferably a sealed interface
 */
public abstract class Aggregate<E> {

    private final Deque<E> pending = new ArrayDeque<>();
    private long version;

    /** Updates the fields from an event. It must not reject the event, because the event has already happened. */
    protected abstract void apply(E event);

    /** Raises an event: it is applied immediately and stored by {@link Repository#save}. */
    protected final void raise(E event) {
        apply(Required.present("event", event));
        pending.add(event);
    }

    /** The events that were raised and are not stored yet, in order. */
    public final List<E> pending() {
        return List.copyOf(pending);
    }

    /** The version of the stream at the time of loading, without pending events; 0 if the stream did not exist. */
    public final long version() {
        return version;
    }

    /** Applies an event of the stream, unless it is the next pending event, which was applied when it was raised. */
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
