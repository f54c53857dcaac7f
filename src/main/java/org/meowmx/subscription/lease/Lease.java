package org.meowmx.subscription.lease;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.meowmx.RecordedEvent;

/**
 * A page of events that one worker handles.
 *
 * @param id the id of the lease
 * @param subscription the name of the subscription
 * @param firstSlice the first slice of the segment
 * @param until when the lease expires, by the database's clock
 * @param retry whether an operator has requested to handle this parked event again
 * @param replay whether the events are handled without live effects: they were handled before, or stored before the subscription
 *     was declared
 * @param attempt the number of the attempt: 1, and more if the first event has failed before
 * @param events the events in order of position, at least one
 */
public record Lease(
        UUID id,
        String subscription,
        int firstSlice,
        Instant until,
        boolean retry,
        boolean replay,
        int attempt,
        List<RecordedEvent> events) {

    public Lease {
        events = List.copyOf(events);
    }

    /** The position of the last event. */
    public long lastPosition() {
        return events.get(events.size() - 1).position();
    }
}
