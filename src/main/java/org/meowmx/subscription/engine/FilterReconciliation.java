package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.meowmx.subscription.SubscriptionWidened;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.subscription.engine.cluster.RunningNode;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.transaction.ClaimTransaction;

/**
 * Gives checkpoints the filter that all running nodes request together.
 *
 * <p>A node takes no turn of a checkpoint whose filter differs from its own. So during a rolling deployment, older
 * nodes do not skip the event types that only a newer release handles. They take over again when the last newer node
 * has ended.
 */
final class FilterReconciliation {

    private static final Logger LOG = System.getLogger(FilterReconciliation.class.getName());

    private final SubscriptionRegistry registry;
    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final Nodes nodes;
    private final Consumer<Object> notifications;

    /** The names for which this node has reported that workers and observers claim them. */
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    FilterReconciliation(
            SubscriptionRegistry registry,
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            Nodes nodes,
            Consumer<Object> notifications) {
        this.registry = registry;
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.nodes = nodes;
        this.notifications = notifications;
    }

    /** Reconciles the filters of all declared subscriptions. */
    void reconcileAll() {
        claimTransaction.run(() -> outdated(checkpoints.all())).forEach(this::change);
    }

    /** Reconciles the filter of one declared subscription. */
    void reconcile(String subscription) {
        claimTransaction.run(() -> outdated(checkpoints.of(subscription))).forEach(this::change);
    }

    private List<String> outdated(List<Checkpoint> existing) {
        List<RunningNode> others = nodes.others();
        return existing.stream()
                .filter(checkpoint -> registry.has(checkpoint.key().subscription()))
                .filter(this::isOfObservers)
                .filter(checkpoint -> !checkpoint
                        .filter()
                        .equals(union(registry.subscription(checkpoint.key().subscription()), others)))
                .map(checkpoint -> checkpoint.key().subscription())
                .distinct()
                .toList();
    }

    /**
     * Whether observers move the checkpoint. If the name was declared for workers while this node was starting, its
     * observers wait until an operator decides.
     */
    private boolean isOfObservers(Checkpoint checkpoint) {
        String name = checkpoint.key().subscription();
        if (checkpoint.isExternal() && reported.add(name)) {
            LOG.log(
                    Level.ERROR,
                    "Subscription ''{0}'' is declared by an observer of this node, and at run time for workers outside of the application. The observer gets no events. Give its subscription another name, or stop the nodes that declare it and delete the external subscription",
                    name);
        }
        return !checkpoint.isExternal();
    }

    /** Changes the filter, and notifies if this node requests more than was requested before. */
    private void change(String name) {
        Subscription subscription = registry.subscription(name);
        // This needs a transaction of its own. The persistence context of the first one holds checkpoints that were
        // read before the wait for their locks, and would write back their old state.
        claimTransaction.run(() -> change(subscription, checkpoints.lock(name))).ifPresent(notifications);
    }

    /** Reads the nodes under the locks. So if two nodes start together, the second one sees the filter of the first. */
    private Optional<SubscriptionWidened> change(Subscription subscription, List<Checkpoint> segments) {
        if (segments.stream().anyMatch(Checkpoint::isExternal)) {
            return Optional.empty();
        }
        boolean widened =
                segments.stream().anyMatch(segment -> !segment.filter().covers(subscription.filter()));
        Filter union = union(subscription, nodes.others());
        segments.forEach(segment -> segment.useFilter(union));
        long position = segments.stream().mapToLong(Checkpoint::position).min().orElse(0);
        return widened ? Optional.of(new SubscriptionWidened(subscription.name(), position)) : Optional.empty();
    }

    private static Filter union(Subscription subscription, List<RunningNode> others) {
        return others.stream()
                .flatMap(node -> node.filter(subscription.name()).stream())
                .reduce(subscription.filter(), Filter::union);
    }
}
