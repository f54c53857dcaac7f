package org.meowmx.subscription.engine;

import java.util.List;
import java.util.Optional;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.engine.ExternalDeclarations.Declared;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.lease.ExternalSubscription;
import org.meowmx.transaction.ClaimTransaction;

/** Declares external subscriptions, and creates their checkpoints. */
final class ExternalCreation {

    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final ExternalDeclarations declarations;
    private final RemovedSubscriptions removed;
    private final Nodes nodes;

    ExternalCreation(
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            ExternalDeclarations declarations,
            RemovedSubscriptions removed,
            Nodes nodes) {
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.declarations = declarations;
        this.removed = removed;
        this.nodes = nodes;
    }

    /** Stores a declaration; returns whether it is the first of its name. */
    boolean declare(ExternalSubscription external) {
        return claimTransaction.run(() -> {
            // waits for a deletion or a rename that holds the locks, so its tombstone is seen
            List<Checkpoint> segments = checkpoints.lock(external.name());
            requireFree(external.name());
            boolean first = declarations.find(external.name()).isEmpty();
            Declared declared = declarations.put(external);
            if (segments.isEmpty()) {
                create(declared);
            }
            segments.forEach(segment -> adapt(segment, declared, first));
            return first;
        });
    }

    /** Creates the checkpoints. If a starting node creates checkpoints of this name at the same time, its observers keep them. */
    private void create(Declared declared) {
        String name = declared.subscription().name();
        checkpoints.create(declared.subscription(), declared.settings().creation(), true);
        if (checkpoints.areMovedByNodes(name)) {
            throw new SubscriptionConflictException(
                    name,
                    "was created for an observer of a node that is starting. Choose another name, or remove the observer first");
        }
    }

    private void requireFree(String name) {
        if (nodes.declared().contains(name)) {
            throw new SubscriptionConflictException(
                    name,
                    "is declared by an observer of a running node. Choose another name, or remove the observer first");
        }
        if (checkpoints.versions(name).stream().anyMatch(version -> version.number() > 1)) {
            throw new SubscriptionConflictException(
                    name,
                    "is a projection with several versions. Choose another name, or retire the other versions first");
        }
        Optional<String> renamedTo = removed.all().get(name);
        if (renamedTo != null) {
            throw new SubscriptionConflictException(
                    name,
                    "was %s on purpose. Choose another name, or resume it to allow the name again, then declare it"
                            .formatted(
                                    renamedTo.map("renamed to '%s'"::formatted).orElse("deleted")));
        }
    }

    /**
     * Changes the filter. A page that was leased under another filter may lack events, so its lease ends. If workers take over from
     * observers, the position stays. The failure of a turn and an operation that waits for observers are removed.
     */
    private static void adapt(Checkpoint segment, Declared declared, boolean adopted) {
        segment.setExternal(true);
        Filter filter = declared.subscription().filter();
        if (!segment.filter().equals(filter)) {
            segment.useFilter(filter);
            segment.endLease();
        }
        if (adopted) {
            segment.clearFailure();
            segment.replaceOperation();
        }
    }
}
