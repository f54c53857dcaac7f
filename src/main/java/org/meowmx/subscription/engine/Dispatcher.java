package org.meowmx.subscription.engine;

import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meowmx.CurrentEvent;
import org.meowmx.DataBinder;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.EventPage;
import org.meowmx.subscription.LiveOnly;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.transaction.HandlerThread;
import org.meowmx.transaction.Handling;

/**
 * Fires events to the observers of a subscription. Each event is fired as recorded and then as an object of its class.
 * The page comes last. Observers that are {@link LiveOnly} are called only if the events are not handled again.
 *
 * <p>After {@link #LONG_ENOUGH}, the remaining events are left to the next turn. So a turn is short even if observers
 * are slow.
 */
final class Dispatcher {

    /** After this time, the fixed cost of a turn, about a millisecond, no longer matters. */
    static final Duration LONG_ENOUGH = Duration.ofMillis(200);

    private static final String KNOWN_ID =
            "The log already had an event that a handler appended. The observer continued after the failed append";

    private final Event<Object> notifier;
    private final CurrentEvent currentEvent;
    private final DataBinder binder;
    private final HandlerThread handlers;

    Dispatcher(Event<Object> notifier, CurrentEvent currentEvent, DataBinder binder, HandlerThread handlers) {
        this.notifier = notifier;
        this.currentEvent = currentEvent;
        this.binder = binder;
        this.handlers = handlers;
    }

    /**
     * Fires events in order.
     *
     * @param handling the state of the observers' thread; all events are handled again, or none
     * @param alone whether the turn read a single event, so that every failure is caused by it
     * @return the number of fired events; the others are left
     * @throws TurnFailure if an observer threw
     */
    int dispatch(Subscription subscription, List<RecordedEvent> events, Handling handling, boolean alone) {
        return events.isEmpty()
                ? 0
                : handlers.during(handling, () -> new Firing(subscription, handling, alone).fire(events));
    }

    /** An event with both qualifiers also reaches observers with one of them, so CDI's order of all observers is kept. */
    private Event<Object> observers(Subscription subscription, boolean replay) {
        ProjectionVersion version = subscription.version();
        Event<Object> all = notifier.select(Subscribed.Literal.of(version.projection(), version.number()));
        return replay ? all : all.select(LiveOnly.Literal.INSTANCE);
    }

    /** The events of one attempt. */
    private final class Firing {

        private final Subscription subscription;
        private final Handling handling;
        private final boolean alone;
        private final Event<Object> observers;

        private Firing(Subscription subscription, Handling handling, boolean alone) {
            this.subscription = subscription;
            this.handling = handling;
            this.alone = alone;
            this.observers = observers(subscription, handling.isReplay());
        }

        private int fire(List<RecordedEvent> events) {
            int count = fireSingly(events);
            if (subscription.pages()) {
                firePage(events.subList(0, count));
            }
            return count;
        }

        private int fireSingly(List<RecordedEvent> events) {
            long began = System.nanoTime();
            int count = 0;
            do {
                RecordedEvent event = events.get(count);
                attempt(event, () -> currentEvent.during(event, handling.isReplay(), () -> fire(event)));
                count++;
            } while (count < events.size() && System.nanoTime() - began < LONG_ENOUGH.toNanos());
            return count;
        }

        private void fire(RecordedEvent event) {
            Consumer<RecordedEvent> handler = subscription.handler();
            if (handler != null) {
                handler.accept(event);
                return;
            }
            if (subscription.single()) {
                observers.fire(event);
            }
            if (subscription.storedTypes().contains(event.type())) {
                binder.bind(event, subscription.types(), Object.class).forEach(observers::fire);
            }
        }

        private void firePage(List<RecordedEvent> events) {
            EventPage page = new EventPage(subscription.name(), events);
            attempt(
                    alone ? events.get(0) : null,
                    () -> currentEvent.duringPage(handling.isReplay(), () -> observers.fire(page)));
        }

        /** Checks for a conflict even if the observer has caught its exception, because the transaction, or a part of the work, is lost. */
        private void attempt(@Nullable RecordedEvent event, Runnable observing) {
            try {
                observing.run();
            } catch (Throwable e) {
                throw new TurnFailure(event, alone, e);
            }
            if (handling.hasConflict()) {
                throw new TurnFailure(event, alone, new IllegalStateException(KNOWN_ID));
            }
        }
    }
}
