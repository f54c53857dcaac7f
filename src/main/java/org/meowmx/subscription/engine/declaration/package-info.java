/**
 * The subscriptions that observers declare, and their configuration.
 *
 * <p>At deployment, {@link org.meowmx.subscription.engine.declaration.SubscriptionExtension} collects the observer methods with
 * {@code @Subscribed}. Observers with the same name form one
 * {@link org.meowmx.subscription.engine.declaration.Subscription}. The
 * {@link org.meowmx.subscription.engine.declaration.SubscriptionRegistry} has all subscriptions with their settings.
 * {@link org.meowmx.subscription.engine.declaration.SubscriptionKeys} declares the configuration keys.
 *
 * <p>Invariants:
 * <ul>
 *   <li>each mistake in a declaration or a setting fails the deployment; the declarations are checked first, and each check reports
 *       all of its mistakes at once;
 *   <li>no class of this package uses a database or a thread.
 * </ul>
 */
@NullMarked
package org.meowmx.subscription.engine.declaration;

import org.jspecify.annotations.NullMarked;
