package org.meowmx.subscription;

/**
 * The notification that a segment of a subscription has passed the event at which it had failed.
 *
 * @param subscription the name of the subscription
 * @param firstSlice the first slice of the segment, 0 to 1023
 */
public record SubscriptionRecovered(String subscription, int firstSlice) {}
