package org.meowmx.subscription;

import java.time.Instant;

/**
 * The notification that a transient failure delays a segment of a subscription. No attempt is counted, and the same
 * events are tried again.
 *
 * @param subscription the name of the subscription
 * @param firstSlice the first slice of the segment, 0 to 1023
 * @param since the time of the first transient failure in a row, by the database's clock
 * @param retryAt the time of the next turn, by the database's clock
 * @param cause the exception that was thrown
 */
public record SubscriptionDelayed(
        String subscription, int firstSlice, Instant since, Instant retryAt, Throwable cause) {}
