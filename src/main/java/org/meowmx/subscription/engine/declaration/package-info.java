/**
 * What observers and configuration request: the subscriptions of this application and their settings.
 *
 * <p>At deployment, {@link org.meowmx.subscription.engine.declaration.SubscriptionExtension} collects the observer methods with
 * {@code @Subscribed}. The {@link org.meowmx.subscription.engine.declaration.SubscriptionRegistry} joins those of one name to a
 * {@link org.meowmx.subscription.engine.declaration.Subscription} and reads its settings.
 *
 * <p>Invariants:
 * <ul>
 *   <li>every mistake in a declaration or a setting fails the deployment; all of them are reported at once;
 *   <li>nothing here knows a database or a thread.
 * </ul>
 */
@NullMarked
package org.meowmx.subscription.engine.declaration;

import org.jspecify.annotations.NullMarked;
