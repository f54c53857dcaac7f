package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.meowmx.subscription.SubscriptionWidened;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.subscription.engine.cluster.RunningNode;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.transaction.ClaimTransaction;

/**
 * Makes what the living nodes ask for, all of them together, the filter of the checkpoints. A node that lacks something of a
 * filter takes no turn under it; so the types that a newer release has brought along are never passed by, and an older one
 * takes over again when the newer is gone.
 */
@ApplicationScoped
class FilterReconciliation {

    @Inject
    SubscriptionRegistry catalog;

    @Inject
    ClaimTransaction transactions;

    @Inject
    Checkpoints checkpoints;

    @Inject
    Nodes nodes;

    @Inject
    @Any
    Event<Object> notifier;

    /** Adopts the filters of all declared subscriptions that are read under others. */
    void adoptAll() {
        transactions.run(this::outdated).forEach(this::change);
    }

    private List<String> outdated() {
        List<RunningNode> others = nodes.others();
        return checkpoints.all().stream()
                .filter(checkpoint -> catalog.has(checkpoint.key().subscription()))
                .filter(checkpoint -> !checkpoint
                        .filter()
                        .equals(widest(catalog.subscription(checkpoint.key().subscription()), others)))
                .map(checkpoint -> checkpoint.key().subscription())
                .distinct()
                .toList();
    }

    /** Adopts the filter of one declared subscription where it is read under another. */
    void adopt(String name) {
        if (transactions.run(this::outdated).contains(name)) {
            change(name);
        }
    }

    /** Tells when this node asks for more than was asked for before. */
    private void change(String name) {
        Subscription subscription = catalog.subscription(name);
        // a transaction of its own: a checkpoint that was read before the wait for its lock would be written back as it
        // was
        transactions.run(() -> change(subscription, checkpoints.lock(name))).ifPresent(notifier::fire);
    }

    /** Looks at the nodes under the locks, so that of two that start together the second sees what the first asks for. */
    private Optional<SubscriptionWidened> change(Subscription subscription, List<Checkpoint> segments) {
        boolean more = segments.stream().anyMatch(segment -> !segment.filter().covers(subscription.filter()));
        Filter widest = widest(subscription, nodes.others());
        segments.forEach(segment -> segment.readUnder(widest));
        long position = segments.stream().mapToLong(Checkpoint::position).min().orElse(0);
        return more ? Optional.of(new SubscriptionWidened(subscription.name(), position)) : Optional.empty();
    }

    private static Filter widest(Subscription subscription, List<RunningNode> others) {
        return others.stream()
                .flatMap(node -> node.filter(subscription.name()).stream())
                .reduce(subscription.filter(), Filter::union);
    }
}
