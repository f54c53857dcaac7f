package org.meowmx.subscription;

/**
 * The notification that a subscription was moved to another position, by a replay or a reposition. It is fired in the
 * transaction that moves the checkpoint.
 *
 * <p>An observer empties the read model, whoever requested the replay. It is called after the callback of the caller,
 * and an exception that it throws rolls everything back. An observer with {@code during = AFTER_SUCCESS} is called only
 * if the move was committed.
 *
 * @param subscription the name of the subscription
 * @param position the subscription continues with the first event after this position
 * @param discardedEvents the number of parked events that the move discarded
 */
public record SubscriptionRepositioned(String subscription, long position, long discardedEvents) {}
