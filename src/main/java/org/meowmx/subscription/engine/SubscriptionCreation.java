package org.meowmx.subscription.engine;

import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;
import org.meowmx.transaction.ClaimTransaction;

/** Creates the checkpoints of declared subscriptions that have none. */
final class SubscriptionCreation {

    private final SubscriptionRegistry registry;
    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final OrphanedSubscriptions orphans;

    SubscriptionCreation(
            SubscriptionRegistry registry,
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            OrphanedSubscriptions orphans) {
        this.registry = registry;
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.orphans = orphans;
    }

    /** Creates checkpoints as configured, or takes over those of the subscription from which this one was renamed. */
    void createIfAbsent(String subscription) {
        SubscriptionSettings settings = registry.settings(subscription);
        String predecessor = settings.creation().renamedFrom();
        claimTransaction.run(() -> {
            if (predecessor != null && checkpoints.of(subscription).isEmpty()) {
                orphans.takeOver(predecessor, subscription);
            }
            checkpoints.create(registry.subscription(subscription), settings);
            return subscription;
        });
    }
}
