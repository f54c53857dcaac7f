package org.meowmx.subscription.engine.declaration;

import java.util.Optional;
import org.meowmx.configuration.Key;
import org.meowmx.configuration.Settings;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings.Creation;
import org.meowmx.transaction.TransactionLimits;

/**
 * Reads the settings of a node and of subscriptions. A key of one subscription has priority over the key for all of them. A later
 * version of a projection inherits the keys of the projection; its own keys have priority.
 *
 * <p>Each method throws a {@link org.meowmx.StartupException} if a value is not allowed.
 */
record SettingsReader(Settings settings) {

    NodeSettings node() {
        return new NodeSettings(
                settings.get(SubscriptionKeys.ENABLED),
                settings.get(SubscriptionKeys.NOTIFY),
                settings.get(SubscriptionKeys.POLL_INTERVAL),
                settings.get(SubscriptionKeys.STOP_TIMEOUT),
                settings.get(SubscriptionKeys.HEARTBEAT));
    }

    SubscriptionSettings subscription(String name) {
        return new SubscriptionSettings(
                creation(name),
                value(name, SubscriptionKeys.BATCH_SIZE),
                failures(name),
                value(name, SubscriptionKeys.DERIVED_IDS),
                limits(name));
    }

    private Creation creation(String name) {
        return new Creation(
                value(name, SubscriptionKeys.SEGMENTS),
                value(name, SubscriptionKeys.START),
                renamedFrom(name).orElse(null));
    }

    /** The former name. All versions of a projection are renamed together. */
    private Optional<String> renamedFrom(String name) {
        ProjectionVersion version = ProjectionVersion.of(name);
        return settings.get(SubscriptionKeys.RENAMED_FROM.under(SubscriptionKeys.prefix(version.projection())))
                .map(former -> version.inProjection(former).subscription());
    }

    private FailurePolicy failures(String name) {
        Backoff backoff =
                new Backoff(value(name, SubscriptionKeys.RETRY_DELAY), value(name, SubscriptionKeys.MAX_RETRY_DELAY));
        return value(name, SubscriptionKeys.ON_FAILURE).policy(value(name, SubscriptionKeys.MAX_ATTEMPTS), backoff);
    }

    private TransactionLimits limits(String name) {
        return new TransactionLimits(
                value(name, SubscriptionKeys.FROZEN_AFTER),
                value(name, SubscriptionKeys.TRANSACTION_TIMEOUT).orElse(null));
    }

    private <T> T value(String name, Key<T> key) {
        return settings.get(
                key.under(SubscriptionKeys.prefix(name)),
                key.under(SubscriptionKeys.prefix(ProjectionVersion.of(name).projection())),
                key.under(SubscriptionKeys.PREFIX));
    }
}
