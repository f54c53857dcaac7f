package org.meowmx.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;

/**
 * The notification that an observer of a subscription failed. Its transaction was rolled back and will be retried.
 *
 * @param subscription the name of the subscription
 * @param firstSlice the first slice of the failed segment, 0 to 1023
 * @param event the event that failed; null if the failure cannot be attributed to one
 * @param attempts the number of consecutive failures, 1 or greater
 * @param retryAt the time of the next attempt, by the database's clock
 * @param cause the exception that was thrown
 */
public record SubscriptionFailed(
        String subscription,
        int firstSlice,
        @Nullable RecordedEvent event,
        int attempts,
        Instant retryAt,
        Throwable cause) {}
