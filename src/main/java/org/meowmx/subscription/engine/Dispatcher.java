package org.meowmx.subscription.engine;

import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.meowmx.CurrentEvent;
import org.meowmx.DataBinder;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.EventPage;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.transaction.HandlerThread;

/**
 * Fires events to the observers of a subscription. Each event is fired as recorded and then as an object of its class.
 * The page comes last.
 *
 * <p>After {@link #LONG_ENOUGH}, the remaining events are left to the next turn. So a turn is short even if observers
 * are slow.
 */
final class Dispatcher {

    /** After this time, the fixed cost of a turn, about a millisecond, no longer matters. */
    static final Duration LONG_ENOUGH = Duration.ofMillis(200);

    private final Event<Object> notifier;
    private final CurrentEvent currentEvent;
    private final DataBinder binder;
    private final HandlerThread handlers;
    private final Function<String, @Nullable Consumer<RecordedEvent>> registered;

    /** @param registered the handler that was registered for a name at run time; null if observers handle the events */
    Dispatcher(
            Event<Object> notifier,
            CurrentEvent currentEvent,
            DataBinder binder,
            HandlerThread handlers,
            Function<String, @Nullable Consumer<RecordedEvent>> registered) {
        this.notifier = notifier;
        this.currentEvent = currentEvent;
        this.binder = binder;
        this.handlers = handlers;
        this.registered = registered;
    }

    /**
     * Fires events in order.
     *
     * @param alone whether the turn read a single event, so that every failure is caused by it
     * @return how many events were fired; the others are left
     * @throws TurnFailure if an observer threw
     */
    int dispatch(Subscription subscription, List<RecordedEvent> events, boolean alone) {
        return events.isEmpty() ? 0 : handlers.during(() -> fire(subscription, events, alone));
    }

    private int fire(Subscription subscription, List<RecordedEvent> events, boolean alone) {
        Event<Object> observers = notifier.select(Subscribed.Literal.of(subscription.name()));
        int count = dispatchSingly(subscription, events, observers, alone);
        if (subscription.pages()) {
            dispatchPage(subscription, events.subList(0, count), observers, alone);
        }
        return count;
    }

    private int dispatchSingly(
            Subscription subscription, List<RecordedEvent> events, Event<Object> observers, boolean alone) {
        long began = System.nanoTime();
        int count = 0;
        do {
            RecordedEvent event = events.get(count);
            try {
                currentEvent.during(event, () -> dispatch(subscription, event, observers));
            } catch (Throwable e) {
                throw new TurnFailure(event, alone, e);
            }
            count++;
        } while (count < events.size() && System.nanoTime() - began < LONG_ENOUGH.toNanos());
        return count;
    }

    private void dispatch(Subscription subscription, RecordedEvent event, Event<Object> observers) {
        Consumer<RecordedEvent> handler = registered.apply(subscription.name());
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

    private static void dispatchPage(
            Subscription subscription, List<RecordedEvent> events, Event<Object> observers, boolean alone) {
        try {
            observers.fire(new EventPage(subscription.name(), events));
        } catch (Throwable e) {
            throw new TurnFailure(alone ? events.get(0) : null, alone, e);
        }
    }
}
