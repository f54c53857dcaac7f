package org.meowmx.subscription;

/**
 * The notification that this release's observers of a subscription request events that the subscription did not deliver
 * before.
 *
 * <p>It delivers them from its current position on. Earlier events of these types are not delivered; replay the
 * subscription if the read model needs them. Nodes of an older release would skip such events, so they take no further
 * turns of the subscription.
 *
 * @param subscription the name of the subscription
 * @param position the subscription delivers the additional events after this position
 */
public record SubscriptionWidened(String subscription, long position) {}
