package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.meowmx.Names;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.transaction.ClaimTransaction;

/** Checkpoints whose subscription no living node declares any more: they can be given another name, or forgotten. */
@ApplicationScoped
class OrphanedSubscriptions {

    @Inject
    Nodes nodes;

    @Inject
    ClaimTransaction transactions;

    @Inject
    Checkpoints checkpoints;

    @Inject
    ParkedEvents parked;

    /** Gives an orphan another name; a paused subscription of that name gives way to it. */
    void rename(String orphan, String name) {
        Names.check("name", name);
        if (name.equals(orphan)) {
            throw new SubscriptionConflictException(name, "has that name already");
        }
        transactions.run(() -> {
            List<Checkpoint> segments = orphan(orphan);
            List<Checkpoint> inTheWay = checkpoints.lock(name);
            if (!inTheWay.stream().allMatch(Checkpoint::isPaused)) {
                throw new SubscriptionConflictException(
                        name, "has a checkpoint already; pause it, and it gives way to that of '" + orphan + "'");
            }
            parked.removeAll(name);
            move(segments, inTheWay, orphan, name);
            return name;
        });
    }

    /** Gives a new subscription the place of its predecessor, where that has one; needs a transaction. */
    void succeed(String predecessor, String name) {
        move(checkpoints.lock(predecessor), List.of(), predecessor, name);
    }

    private void move(List<Checkpoint> segments, List<Checkpoint> inTheWay, String before, String name) {
        parked.rename(before, name);
        List<Checkpoint> renamed = segments.stream()
                .map(segment -> segment.as(name, segment.slices()))
                .toList();
        if (!inTheWay.isEmpty()) {
            renamed.forEach(Checkpoint::pause);
        }
        checkpoints.replace(Stream.concat(segments.stream(), inTheWay.stream()).toList(), renamed);
    }

    /** Forgets an orphan. */
    void delete(String orphan) {
        transactions.run(() -> {
            checkpoints.remove(orphan(orphan));
            return parked.removeAll(orphan);
        });
    }

    private List<Checkpoint> orphan(String name) {
        List<Checkpoint> segments = checkpoints.lock(name);
        if (segments.isEmpty()) {
            throw new UnknownSubscriptionException(name);
        }
        if (nodes.declared().contains(name)) {
            throw new SubscriptionConflictException(name, "is declared by an observer of this or another running node");
        }
        return segments;
    }
}
