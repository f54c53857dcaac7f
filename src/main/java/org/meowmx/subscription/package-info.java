/**
 * Durable readers of the log: the API.
 *
 * <p>An observer method with {@link org.meowmx.subscription.Subscribed} declares a subscription. The name in the qualifier
 * creates it. The engine reads the log for it, calls the observer with each event, and stores how far it has read in a
 * checkpoint. Observer and checkpoint commit in one JTA transaction, so what the observer writes to the same database happens
 * exactly once.
 *
 * <p>{@link org.meowmx.subscription.Subscriptions} controls subscriptions on all nodes: pause, resume, replay, reposition, change
 * the number of segments, and retry or discard parked events. What happens to a subscription is reported by CDI notifications,
 * among them {@link org.meowmx.subscription.SubscriptionFailed} and {@link org.meowmx.subscription.SubscriptionRepositioned}.
 *
 * <p>The package uses the store's API alone. The engine that implements it is {@code org.meowmx.subscription.engine}.
 */
@NullMarked
package org.meowmx.subscription;

import org.jspecify.annotations.NullMarked;
