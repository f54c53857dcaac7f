package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import org.meowmx.CurrentEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.Subscribed;

/** Fires an event to the observers of a subscription: first as recorded, then as an object of its class. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Dispatcher {

    @Inject
    @Any
    Event<Object> notifier;

    @Inject
    CurrentEvent current;

    void dispatch(Subscription subscription, RecordedEvent event) {
        current.during(event, () -> {
            Event<Object> observers = notifier.select(Subscribed.Literal.of(subscription.name()));
            if (subscription.everyType()) {
                observers.fire(event);
            }
            Class<?> type = subscription.types().classOf(event.type());
            if (type != null) {
                observers.fire(event.as(type));
            }
        });
    }
}
