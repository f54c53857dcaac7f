package org.meowmx.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;

/**
 * The notification that an observer of a subscription failed. Its transaction was rolled back and will be tried again.
 *
 * @param subscription which one
 * @param firstSlice the first slice of the segment that failed
 * @param event the event that it failed at; null when the failure names none
 * @param attempts how often in a row, 1 or greater
 * @param retryAt when it is tried again
 * @param cause what was thrown
 */
public record SubscriptionFailed(
        String subscription,
        int firstSlice,
        @Nullable RecordedEvent event,
        int attempts,
        Instant retryAt,
        Throwable cause) {}
