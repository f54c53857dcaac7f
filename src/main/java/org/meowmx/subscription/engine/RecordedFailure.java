package org.meowmx.subscription.engine;

import org.meowmx.subscription.EventParked;
import org.meowmx.subscription.SubscriptionDelayed;
import org.meowmx.subscription.SubscriptionFailed;

/**
 * A failure that was recorded in the checkpoint.
 *
 * @param notification the notification to send: {@link EventParked} if the segment can continue at once,
 *     {@link SubscriptionFailed} if it waits for a retry of the event, {@link SubscriptionDelayed} if it waits after a
 *     transient failure
 * @param repeated whether the attempt before failed with the same root cause
 */
record RecordedFailure(Object notification, boolean repeated) {

    boolean isParked() {
        return notification instanceof EventParked;
    }

    /** What happens next, as the rest of a sentence. */
    String consequence() {
        if (notification instanceof SubscriptionDelayed delayed) {
            return "no event is to blame and no attempt is counted; the next turn is at %s"
                    .formatted(delayed.retryAt());
        }
        return notification instanceof SubscriptionFailed failed
                ? "this was attempt %d, the next one is at %s, and later events of the segment wait"
                        .formatted(failed.attempts(), failed.retryAt())
                : "the event is parked with the later events of its stream: correct the handler, then retry the stream";
    }
}
