package org.meowmx.subscription.engine;

import java.util.List;
import java.util.stream.Stream;
import org.meowmx.InvalidEventException;
import org.meowmx.Names;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.transaction.ClaimTransaction;

/**
 * Subscriptions that have a checkpoint, and that no running node declares: orphans, and external ones. They can be renamed or
 * deleted. If observers declare the new name, it is no longer external.
 */
final class OrphanedSubscriptions {

    private final Nodes nodes;
    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final ParkedEvents parkedEvents;
    private final RemovedSubscriptions removed;
    private final ExternalDeclarations external;
    private final ServingVersions servingVersions;

    OrphanedSubscriptions(
            Nodes nodes,
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            ParkedEvents parkedEvents,
            RemovedSubscriptions removed,
            ServingVersions servingVersions,
            ExternalDeclarations external) {
        this.nodes = nodes;
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.parkedEvents = parkedEvents;
        this.removed = removed;
        this.external = external;
        this.servingVersions = servingVersions;
    }

    /** Renames an orphan. If a paused subscription has the new name, its checkpoints and parked events are deleted. */
    void rename(String orphan, String name) {
        Names.check("name", name);
        if (name.equals(orphan)) {
            throw new SubscriptionConflictException(name, "has that name already");
        }
        requireSameVersion(ProjectionVersion.of(orphan), ProjectionVersion.of(name));
        claimTransaction.run(() -> {
            List<Checkpoint> segments = lockOrphan(orphan);
            List<Checkpoint> replaced = checkpoints.lock(name);
            if (!replaced.stream().allMatch(Checkpoint::isPaused)) {
                throw new SubscriptionConflictException(
                        name, "has a checkpoint already; pause it, so that '%s' can replace it".formatted(orphan));
            }
            parkedEvents.removeAll(name);
            move(segments, replaced, orphan, name, nodes.declared().contains(name));
            return name;
        });
    }

    private static void requireSameVersion(ProjectionVersion orphan, ProjectionVersion name) {
        if (name.projection().indexOf('@') >= 0 || name.number() != orphan.number()) {
            throw new InvalidEventException(
                    "name",
                    "must be a name without '@'%s, because a subscription keeps its version"
                            .formatted(orphan.number() == 1 ? "" : ", followed by '@%d'".formatted(orphan.number())));
        }
    }

    /**
     * Gives a new subscription the checkpoints and parked events of its predecessor, if there are any. Needs a
     * transaction.
     */
    void takeOver(String predecessor, String name) {
        List<Checkpoint> segments = checkpoints.lock(predecessor);
        if (!segments.isEmpty()) {
            move(segments, List.of(), predecessor, name, true);
        }
    }

    /** @param toObservers whether observers handle the events from now on; otherwise, workers do if the name is external */
    private void move(
            List<Checkpoint> segments, List<Checkpoint> replaced, String before, String name, boolean toObservers) {
        if (toObservers) {
            external.remove(before);
        } else {
            external.rename(before, name);
        }
        boolean toWorkers = !toObservers && external.find(name).isPresent();
        parkedEvents.rename(before, name);
        List<Checkpoint> renamed = segments.stream()
                .map(segment -> segment.copyAs(name, segment.slices()))
                .toList();
        renamed.forEach(segment -> segment.setExternal(toWorkers));
        if (!replaced.isEmpty()) {
            renamed.forEach(Checkpoint::pause);
        }
        checkpoints.replaceAll(
                Stream.concat(segments.stream(), replaced.stream()).toList(), renamed);
        servingVersions.rename(
                ProjectionVersion.of(before).projection(),
                ProjectionVersion.of(name).projection());
        removed.add(before, name);
        removed.remove(name);
    }

    /** Deletes the checkpoints and parked events of an orphan. */
    void delete(String orphan) {
        claimTransaction.run(() -> {
            List<Checkpoint> segments = lockOrphan(orphan);
            requireLast(segments.get(0));
            checkpoints.remove(segments);
            removed.add(orphan, null);
            external.remove(orphan);
            return parkedEvents.removeAll(orphan);
        });
    }

    /** Without the serving version, no other one of its projection could ever take over. */
    private void requireLast(Checkpoint first) {
        ProjectionVersion version = ProjectionVersion.of(first.key().subscription());
        boolean others = checkpoints.all().stream()
                .map(checkpoint -> ProjectionVersion.of(checkpoint.key().subscription()))
                .anyMatch(other -> other.projection().equals(version.projection()) && !other.equals(version));
        if (first.isServing() && others) {
            throw new SubscriptionConflictException(
                    version.subscription(),
                    "serves readers, so it cannot be deleted. Switch to another version first, or delete the other versions");
        }
    }

    private List<Checkpoint> lockOrphan(String name) {
        List<Checkpoint> segments = checkpoints.lockExisting(name);
        if (nodes.declared().contains(name)) {
            throw new SubscriptionConflictException(
                    name, "is declared by an observer of this or another running node, so it is not an orphan");
        }
        return segments;
    }
}
