package org.meowmx.subscription.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.SubscriptionStatus.Segment;
import org.meowmx.subscription.SubscriptionStatus.State;

/**
 * The state of a subscription without counted events, for health checks.
 *
 * @param name the name of the subscription
 * @param state the worst state among its segments
 * @param segments its segments, in the order of their slices
 * @param position the position that all segments have reached; 0 if there are no segments
 * @param distance the number of positions between it and the end of the log; at most that number of events is unread
 * @param parking whether some of its streams are parked
 * @param serving whether readers see it; false if another version of its projection serves
 * @param operation the operation that was requested and is not carried out yet; null if there is none
 */
public record SubscriptionOutline(
        String name,
        State state,
        List<Segment> segments,
        long position,
        long distance,
        boolean parking,
        boolean serving,
        @Nullable String operation) {

    public SubscriptionOutline {
        segments = List.copyOf(segments);
    }
}
