package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meowmx.StartupException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings.Creation;
import org.meowmx.transaction.ClaimTransaction;

/**
 * Creates the checkpoints of declared subscriptions that have none.
 *
 * <p>A checkpoint is created only if this cannot make events be handled twice:
 * <ul>
 *   <li>A subscription without a checkpoint at the start of the node is new, unless another running node declares it. It
 *       starts where the configuration says.
 *   <li>A checkpoint that disappears while the node runs was deleted by hand, or lost by a failover. It is created again, but
 *       paused, because its read model may be ahead of it. An operator decides and resumes it.
 *   <li>A name that was renamed or deleted on purpose stays without a checkpoint ({@link RemovedSubscriptions}): a node that
 *       declares it belongs to an older release. An operator who wants the name again resumes it.
 * </ul>
 */
final class SubscriptionCreation {

    private static final Logger LOG = System.getLogger(SubscriptionCreation.class.getName());

    static final String LOST =
            "The checkpoint disappeared while the application was running, by a deletion or a failover that "
                    + "lost data. It was created again at the start position, and paused. Compare the read model with the log, "
                    + "reposition or replay the subscription if necessary, then resume it.";

    private final SubscriptionRegistry registry;
    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final OrphanedSubscriptions orphans;
    private final RemovedSubscriptions removed;
    private final Nodes nodes;
    private final FirstVersion firstVersion;
    private final ExternalDeclarations external;

    /** The declared names that this node has found to be removed, so that it reports each of them once. */
    private final Set<String> reportedRemovals = ConcurrentHashMap.newKeySet();

    SubscriptionCreation(
            SubscriptionRegistry registry,
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            OrphanedSubscriptions orphans,
            RemovedSubscriptions removed,
            Nodes nodes,
            FirstVersion firstVersion,
            ExternalDeclarations external) {
        this.registry = registry;
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.orphans = orphans;
        this.removed = removed;
        this.nodes = nodes;
        this.firstVersion = firstVersion;
        this.external = external;
    }

    /**
     * Creates the checkpoints of all declared subscriptions at the start of this node. The versions of a projection are created in
     * order, because a later version derives the same event ids as the earlier ones.
     */
    void createAbsent() {
        registry.names().stream()
                .sorted(Comparator.comparingInt(
                        name -> ProjectionVersion.of(name).number()))
                .forEach(this::createIfAbsent);
    }

    /**
     * Creates the checkpoints of a subscription at the start of this node, or takes over those of the subscription from which
     * it was renamed.
     *
     * @throws StartupException if the name was declared at run time for workers outside of the JVM
     */
    void createIfAbsent(String subscription) {
        String predecessor = registry.settings(subscription).creation().renamedFrom();
        claimTransaction.run(() -> {
            requireNotExternal(subscription);
            if (predecessor != null && checkpoints.of(subscription).isEmpty()) {
                orphans.takeOver(predecessor, subscription);
            }
            if (checkpoints.of(subscription).isEmpty() && !isRemoved(subscription, removed.all())) {
                create(subscription);
                // check again, because the insert may have waited for a concurrent declaration
                requireNotExternal(subscription);
                if (isDeclaredByAnother(subscription)) {
                    pauseLost(subscription);
                }
            }
            return subscription;
        });
    }

    private void requireNotExternal(String subscription) {
        if (external.find(subscription).isPresent()) {
            throw new StartupException(List.of(
                    "An observer declares the subscription '%s', which is declared at run time for workers outside of the application. Give the observer's subscription another name; if it is to continue from there, set its key renamed-from to '%s'."
                            .formatted(subscription, subscription)));
        }
    }

    /**
     * Refuses a name that may not be declared at run time.
     *
     * @throws SubscriptionConflictException if it is external, or was renamed or deleted on purpose
     */
    void requireFree(String subscription) {
        claimTransaction.run(() -> {
            if (external.find(subscription).isPresent()) {
                throw new SubscriptionConflictException(
                        subscription, "is declared for workers outside of the application. Choose another name");
            }
            if (removed.all().containsKey(subscription)) {
                throw new SubscriptionConflictException(
                        subscription,
                        "was renamed or deleted on purpose. Choose another name, or resume it to allow the name again");
            }
            return subscription;
        });
    }

    /** A node registers after it has created its checkpoints, so this one existed. */
    private boolean isDeclaredByAnother(String subscription) {
        return nodes.others().stream()
                .anyMatch(node -> node.filter(subscription).isPresent());
    }

    /** Creates the checkpoints that have disappeared since this node started. */
    void createLost() {
        Set<String> missing = claimTransaction.run(this::missing);
        reportedRemovals.retainAll(missing);
        missing.forEach(this::createLost);
    }

    /** Reads the declared names first: a checkpoint is committed before its subscription is declared at run time. */
    private Set<String> missing() {
        Set<String> missing = new HashSet<>(registry.names());
        checkpoints.all().forEach(checkpoint -> missing.remove(checkpoint.key().subscription()));
        return missing;
    }

    private void createLost(String subscription) {
        boolean wasRemoved = reportedRemovals.contains(subscription);
        boolean created = claimTransaction.run(() -> {
            if (isRemoved(subscription, removed.all())
                    || !checkpoints.of(subscription).isEmpty()) {
                return false;
            }
            create(subscription);
            if (!wasRemoved) {
                pauseLost(subscription);
            }
            return true;
        });
        if (created) {
            reportedRemovals.remove(subscription);
        }
    }

    private void pauseLost(String subscription) {
        checkpoints.lock(subscription).forEach(segment -> segment.pauseBecause(LOST));
        LOG.log(Level.WARNING, "Subscription ''{0}'': {1}", subscription, LOST);
    }

    private void create(String subscription) {
        Creation settings = registry.settings(subscription).creation();
        ProjectionVersion version = ProjectionVersion.of(subscription);
        boolean serves = firstVersion.store(version) == version.number();
        checkpoints.create(registry.subscription(subscription), serves ? settings : settings.ofNewVersion(), false);
    }

    /** Whether the name was removed. Logs this the first time. */
    private boolean isRemoved(String subscription, Map<String, Optional<String>> removals) {
        Optional<String> renamedTo = removals.get(subscription);
        if (renamedTo == null) {
            return false;
        }
        if (reportedRemovals.add(subscription)) {
            LOG.log(
                    Level.WARNING,
                    "Subscription ''{0}'' was {1}, so it is not created again and handles no events. If you want it back, resume it",
                    subscription,
                    renamedTo.map("renamed to '%s'"::formatted).orElse("deleted"));
        }
        return true;
    }

    /**
     * Allows a removed name again. If this node declares it, its checkpoints are created as configured; otherwise a node
     * that does creates them at its next heartbeat.
     *
     * @throws UnknownSubscriptionException if the name was not removed
     */
    void restore(String subscription) {
        claimTransaction.run(() -> {
            if (!removed.remove(subscription)) {
                throw new UnknownSubscriptionException(subscription);
            }
            if (registry.has(subscription)) {
                create(subscription);
            }
            return subscription;
        });
    }
}
