/**
 * Durable readers of the log: the API.
 *
 * <p>An observer method with {@link org.meowmx.subscription.Subscribed} declares a subscription. The name in the
 * qualifier creates it. The engine reads the log for it, calls the observer with each event, and stores in a checkpoint
 * how far it has read. Observer and checkpoint commit in one JTA transaction, so what the observer writes to the same
 * database happens exactly once. Any other effect happens at least once, because the events of the last uncommitted
 * transaction are delivered again after a failure.
 *
 * <p>If an observer throws an exception, its transaction is rolled back and retried later. By default the subscription
 * waits for the failing event. With {@code on-failure=park} the event is set aside after some attempts, with the later
 * events of its stream, and the subscription continues.
 *
 * <p>{@link org.meowmx.subscription.Subscriptions} controls subscriptions on all nodes: pause, resume, replay,
 * reposition, change the number of segments, and retry or discard parked events. CDI notifications report the changes
 * of a subscription, among them {@link org.meowmx.subscription.SubscriptionFailed} and
 * {@link org.meowmx.subscription.SubscriptionRepositioned}.
 *
 * <p>The package uses the store's API alone. The engine that implements it is {@code org.meowmx.subscription.engine}.
 */
@NullMarked
package org.meowmx.subscription;

import org.jspecify.annotations.NullMarked;
