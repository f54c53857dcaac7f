package org.meowmx.subscription;

import java.util.List;
import org.meowmx.RecordedEvent;

/**
 * All events of one turn of a subscription, for observers that would rather write many rows at once:
 * {@code @Observes @Subscribed("name") EventPage page}. Called after the observers of single events.
 *
 * @param subscription the subscription
 * @param events at least one, in order
 */
public record EventPage(String subscription, List<RecordedEvent> events) {

    public EventPage {
        events = List.copyOf(events);
    }
}
