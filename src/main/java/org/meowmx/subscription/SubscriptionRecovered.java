package org.meowmx.subscription;

/**
 * The notification that a segment of a subscription got past the event that it had failed at.
 *
 * @param subscription which one
 * @param firstSlice the first slice of the segment
 */
public record SubscriptionRecovered(String subscription, int firstSlice) {}
