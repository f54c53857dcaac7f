package org.meowmx.subscription;

/**
 * The notification that a segment of a subscription has handled every event up to the high-water mark, after it had
 * lagged by more than one page.
 *
 * <p>It is not fired for segments that were merged with others before they caught up.
 *
 * @param subscription the name of the subscription
 * @param firstSlice the first slice of the segment, 0 to 1023
 * @param position the position up to which the segment has read
 */
public record SubscriptionCaughtUp(String subscription, int firstSlice, long position) {}
