package org.meowmx.subscription.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.meowmx.LogQuery;
import org.meowmx.Names;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;

/**
 * Subscriptions whose handlers the code of this application registers at run time. They work like those of observers: the checkpoint is
 * in the database, and any node that has registered a handler takes turns.
 */
final class RuntimeSubscriptions {

    private final SubscriptionRegistry registry;
    private final SubscriptionCreation creation;
    private final FilterReconciliation reconciliation;
    private final NodeRegistration registration;

    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private volatile Runnable changed = () -> {};

    RuntimeSubscriptions(
            SubscriptionRegistry registry,
            SubscriptionCreation creation,
            FilterReconciliation reconciliation,
            NodeRegistration registration) {
        this.registry = registry;
        this.creation = creation;
        this.reconciliation = reconciliation;
        this.registration = registration;
    }

    /** @param work starts the engine of this node if it does not run, and polls */
    void whenChanged(Runnable work) {
        changed = work;
    }

    synchronized void subscribe(String name, LogQuery query, Consumer<RecordedEvent> handler) {
        Names.checkSubscription("name", name);
        requirePlain(query);
        if (registry.has(name)) {
            throw new SubscriptionConflictException(
                    name, "is declared by this application already. Choose another name");
        }
        creation.requireFree(name);
        registry.prepare(Subscription.atRunTime(name, query.category(), query.types(), handler));
        creation.createIfAbsent(name);
        registry.declare(name);
        names.add(name);
        // publish the filter first, so that peers do not narrow it again
        registration.publishFilters();
        reconciliation.reconcile(name);
        changed.run();
    }

    private static void requirePlain(LogQuery query) {
        LogQuery plain = query.category() == null ? LogQuery.all() : LogQuery.category(query.category());
        if (!query.equals(plain.types(query.types()))) {
            throw new IllegalArgumentException(
                    "query must have only a category and types, because the subscription has its own position, was %s"
                            .formatted(query));
        }
    }

    /** Returns whether this node had a handler that was registered at run time. */
    synchronized boolean unsubscribe(String name) {
        if (!names.remove(name)) {
            return false;
        }
        registry.end(name);
        registration.publishFilters();
        return true;
    }
}
