package org.meowmx.subscription;

/**
 * The notification that this release asks for events that the subscription did not ask for before. It gets them from its
 * position on; what came earlier was not read again. Replay it, if it needs them.
 *
 * <p>Nodes of an older release, which would pass such events by, take no further turns of it.
 *
 * @param subscription which one
 * @param position from where on
 */
public record SubscriptionWidened(String subscription, long position) {}
