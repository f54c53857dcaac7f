package org.meowmx.subscription.engine;

import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;

/**
 * A segment of a subscription that this application declares.
 *
 * @param subscription the declaration of its observers
 * @param settings its configuration
 * @param key the key of the segment's checkpoint
 */
record DeclaredSegment(Subscription subscription, SubscriptionSettings settings, Checkpoint.Key key) {

    /**
     * @throws org.meowmx.subscription.UnknownSubscriptionException if no observer of this application declares the
     * subscription
     */
    static DeclaredSegment of(SubscriptionRegistry registry, Checkpoint.Key key) {
        String name = key.subscription();
        return new DeclaredSegment(registry.subscription(name), registry.settings(name), key);
    }

    /** The name of the subscription. */
    String name() {
        return subscription.name();
    }
}
