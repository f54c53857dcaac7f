package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.List;
import org.meowmx.CurrentEvent;
import org.meowmx.DataBinder;
import org.meowmx.EventPage;
import org.meowmx.RecordedEvent;
import org.meowmx.Subscribed;

/** Fires events to the observers of a subscription: each as recorded, then as an object of its class; at last the page. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Dispatcher {

    @Inject
    @Any
    Event<Object> notifier;

    @Inject
    CurrentEvent current;

    @Inject
    DataBinder binder;

    /**
     * Fires them.
     *
     * @param alone whether the turn read one event only, so that a failure is that event's
     * @throws TurnFailure when an observer threw
     */
    void dispatch(Subscription subscription, List<RecordedEvent> events, boolean alone) {
        if (events.isEmpty()) {
            return;
        }
        Event<Object> observers = notifier.select(Subscribed.Literal.of(subscription.name()));
        for (RecordedEvent event : events) {
            try {
                current.during(event, () -> dispatch(subscription, event, observers));
            } catch (Throwable e) {
                throw new TurnFailure(event, alone, e);
            }
        }
        if (subscription.pages()) {
            dispatchPage(subscription, events, observers, alone);
        }
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
