package org.meowmx.subscription;

/**
 * The notification that a segment of a subscription has handled everything up to the high-water mark, after it had been more
 * than a batch behind. Not told of segments that were joined with others on the way.
 *
 * @param subscription which one
 * @param firstSlice the first slice of the segment
 * @param position up to where
 */
public record SubscriptionCaughtUp(String subscription, int firstSlice, long position) {}
