package org.meowmx;

/**
 * The notification that a subscription was told to read from elsewhere.
 *
 * @param subscription which one
 * @param position it reads on behind this position
 * @param discardedEvents how many parked events were discarded with it
 */
public record SubscriptionRepositioned(String subscription, long position, long discardedEvents) {}
