package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.meowmx.CurrentEvent;
import org.meowmx.DataBinder;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.EventPage;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.engine.declaration.Subscription;

/**
 * Fires events to the observers of a subscription: each as recorded, then as an object of its class; at last the page. Where
 * that has taken long enough the rest is left to the next turn, so that a turn is short however slow the observers are.
 */
@ApplicationScoped
class Dispatcher {

    /** After that the fixed cost of a turn, about a millisecond, does not matter any more. */
    static final Duration LONG_ENOUGH = Duration.ofMillis(200);

    @Inject
    @Any
    Event<Object> notifier;

    @Inject
    CurrentEvent current;

    @Inject
    DataBinder binder;

    /**
     * Fires them, in order.
     *
     * @param alone whether the turn read one event only, so that a failure is that event's
     * @return how many; the others, if any, are left
     * @throws TurnFailure when an observer threw
     */
    int dispatch(Subscription subscription, List<RecordedEvent> events, boolean alone) {
        if (events.isEmpty()) {
            return 0;
        }
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
                current.during(event, () -> dispatch(subscription, event, observers));
            } catch (Throwable e) {
                throw new TurnFailure(event, alone, e);
            }
            count++;
        } while (count < events.size() && System.nanoTime() - began < LONG_ENOUGH.toNanos());
        return count;
    }

    private void dispatch(Subscription subscription, RecordedEvent event, Event<Object> observers) {
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
