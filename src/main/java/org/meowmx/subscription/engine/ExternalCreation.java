package org.meowmx.subscription.engine;

import java.util.List;
import java.util.Optional;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.engine.ExternalDeclarations.Declared;
import org.meowmx.subscription.engine.cluster.Nodes;
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
            requireFree(external.name());
            // the locks come first: two declarations at the same time write one after the other
            List<Checkpoint> segments = checkpoints.lock(external.name());
            boolean first = declarations.find(external.name()).isEmpty();
            Declared declared = declarations.put(external);
            if (segments.isEmpty()) {
                checkpoints.create(declared.subscription(), declared.settings().creation());
            }
            segments.forEach(segment -> adapt(segment, declared, first));
            return first;
        });
    }

    private void requireFree(String name) {
        if (nodes.declared().contains(name)) {
            throw new SubscriptionConflictException(
                    name,
                    "is declared by an observer of a running node. Choose another name, or remove the observer first");
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
     * Changes the filter. A page that was leased under another filter may lack events, so its lease ends. A requested
     * operation that waits for observers gives way.
     */
    private static void adapt(Checkpoint segment, Declared declared, boolean adopted) {
        if (!segment.isFor(declared.subscription())) {
            segment.useFilter(declared.subscription().filter());
            segment.endLease();
        }
        if (adopted) {
            segment.replaceOperation();
        }
    }
}
