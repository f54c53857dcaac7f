package org.meowmx;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event that the current thread is handling, if any.
 *
 * <p>The store reads it when a handler appends: the new event gets the current event's id as its causation id, and an id that is
 * derived from the current event's id. It also supplies {@link RecordedEvent} where an observer injects one.
 */
@ApplicationScoped
public class CurrentEvent {

    /** An instance field rather than a static one, because a server may share the class between applications. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Handled> current = new ThreadLocal<>();

    /**
     * The handled event or page of a thread.
     *
     * @param event null while the thread handles a whole page
     */
    private record Handled(@Nullable RecordedEvent event, boolean replay) {}

    /** The event that the current thread is handling; empty outside of a handler. */
    public Optional<RecordedEvent> get() {
        Handled handled = current.get();
        return handled == null ? Optional.empty() : Optional.ofNullable(handled.event());
    }

    /**
     * Whether the current thread handles events whose positions the subscription has passed before, because it was replayed or moved
     * back. A new subscription replays too, up to the end of the log at the time of its creation. False outside of a handler, and in
     * observers of an append.
     *
     * <p>A version of a projection that does not serve handles every event as a replay.
     *
     * <p>A page is handled again as a whole or not at all. The retry of a failed event is not a replay. The retry of a parked event is
     * a replay only if the event was parked during one.
     */
    public boolean isReplay() {
        Handled handled = current.get();
        return handled != null && handled.replay();
    }

    /**
     * Runs a handler with an event as the current one. Afterwards the previous current event is restored, also if the
     * handler throws an exception. Use it in an observer of a page, around the work for one event of the page.
     */
    public void during(RecordedEvent event, Runnable handler) {
        during(event, isReplay(), handler);
    }

    /**
     * Runs a handler with an event as the current one.
     *
     * <p>The method is public only for the other packages of this library. It is not part of the API that applications use.
     *
     * @param replay whether the event is handled again
     */
    public void during(RecordedEvent event, boolean replay, Runnable handler) {
        run(new Handled(Required.present("event", event), replay), Required.present("handler", handler));
    }

    /**
     * Runs the observers of a page, which have no current event.
     *
     * <p>The method is public only for the other packages of this library. It is not part of the API that applications use.
     *
     * @param replay whether the events of the page are handled again
     */
    public void duringPage(boolean replay, Runnable handler) {
        run(new Handled(null, replay), handler);
    }

    private void run(Handled handled, Runnable handler) {
        Handled before = current.get();
        current.set(handled);
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
