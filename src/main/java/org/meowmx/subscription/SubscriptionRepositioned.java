package org.meowmx.subscription;

/**
 * The notification that a subscription was told to read from elsewhere, fired in the transaction that moves its checkpoint.
 *
 * <p>An observer empties the read model, whoever asks for the replay; it is called after the caller's callback, and its
 * exception rolls everything back. One with {@code during = AFTER_SUCCESS} hears of a move that is final.
 *
 * @param subscription which one
 * @param position it reads on behind this position
 * @param discardedEvents how many parked events were discarded with it
 */
public record SubscriptionRepositioned(String subscription, long position, long discardedEvents) {}
