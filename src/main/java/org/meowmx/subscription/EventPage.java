package org.meowmx.subscription;

import java.util.List;
import org.meowmx.RecordedEvent;

/**
 * A page of events that one turn of a subscription handled, for observers that write many rows at once. Observe it with
 * {@code @Observes @Subscribed("name") EventPage page}.
 *
 * <p>The observer is called once per turn, after the observers of single events, in the same transaction.
 *
 * @param subscription the name of the subscription
 * @param events the events of the turn in order of position, at least one
 */
public record EventPage(String subscription, List<RecordedEvent> events) {

    public EventPage {
        events = List.copyOf(events);
    }
}
