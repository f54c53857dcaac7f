package org.meowmx.subscription.engine;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.meowmx.InvalidEventException;
import org.meowmx.Names;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.UnknownSubscriptionException;
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

    /**
     * Renames an orphan, together with all other versions of its projection. The versions of the new name must be paused. Their
     * checkpoints and parked events are deleted.
     */
    void rename(String orphan, String name) {
        Names.check("name", name);
        if (name.equals(orphan)) {
            throw new SubscriptionConflictException(name, "has that name already");
        }
        ProjectionVersion before = ProjectionVersion.of(orphan);
        ProjectionVersion after = ProjectionVersion.of(name);
        requireSameVersion(before, after);
        claimTransaction.run(() -> {
            lock(before.projection(), after.projection());
            List<ProjectionVersion> versions = checkpoints.versions(before.projection());
            if (!versions.contains(before)) {
                throw new UnknownSubscriptionException(orphan);
            }
            versions.forEach(version -> lockOrphan(version.subscription()));
            for (ProjectionVersion replaced : checkpoints.versions(after.projection())) {
                requireReplaceable(replaced, before.projection(), versions);
            }
            moveAll(versions, before.projection(), after.projection(), nodes.declared()::contains);
            return name;
        });
    }

    /** Locks in a fixed order, so two renamings cannot wait for each other. */
    private void lock(String former, String name) {
        Stream.of(former, name).sorted().forEach(servingVersions::lock);
    }

    /** Requires that a version of the new name can be replaced by the same version of the former name. */
    private void requireReplaceable(ProjectionVersion replaced, String former, List<ProjectionVersion> versions) {
        String name = replaced.subscription();
        ProjectionVersion orphan = replaced.inProjection(former);
        if (!versions.contains(orphan)) {
            throw new SubscriptionConflictException(
                    name,
                    "has a checkpoint, but '%s' has none that could replace it. Retire that version first, or use another name"
                            .formatted(orphan.subscription()));
        }
        if (!checkpoints.lock(name).stream().allMatch(Checkpoint::isPaused)) {
            throw new SubscriptionConflictException(
                    name,
                    "has a checkpoint already; pause it, so that '%s' can replace it".formatted(orphan.subscription()));
        }
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
     * Gives a new projection all versions of its predecessor, with their parked events. Does nothing if the new projection has versions
     * already, or the predecessor has none. Needs a transaction.
     */
    void takeOver(String predecessor, String subscription) {
        String former = ProjectionVersion.of(predecessor).projection();
        String name = ProjectionVersion.of(subscription).projection();
        if (mayTakeOver(former, name)) {
            lock(former, name);
            // another node may have been faster
            if (mayTakeOver(former, name)) {
                moveAll(checkpoints.versions(former), former, name, successor -> true);
            }
        }
    }

    private boolean mayTakeOver(String former, String name) {
        return checkpoints.versions(name).isEmpty()
                && !checkpoints.versions(former).isEmpty();
    }

    /**
     * All versions of a projection keep together: one of them serves, and all derive the same ids.
     *
     * @param isObserved whether observers handle the events of a new name; otherwise, workers do if the name is external
     */
    private void moveAll(List<ProjectionVersion> versions, String former, String name, Predicate<String> isObserved) {
        int serving = servingVersions.of(former);
        for (ProjectionVersion version : versions) {
            String successor = version.inProjection(name).subscription();
            move(version.subscription(), successor, isObserved.test(successor));
        }
        servingVersions.rename(former, name);
        if (serving == 1 && versions.size() == 1) {
            servingVersions.remove(name);
        }
    }

    private void move(String before, String name, boolean toObservers) {
        List<Checkpoint> segments = checkpoints.lockExisting(before);
        List<Checkpoint> replaced = checkpoints.lock(name);
        if (toObservers) {
            external.remove(before);
        } else {
            external.rename(before, name);
        }
        boolean toWorkers = !toObservers && external.find(name).isPresent();
        parkedEvents.removeAll(name);
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
        removed.add(before, name);
        removed.remove(name);
    }

    /** Deletes the checkpoints and parked events of an orphan. */
    void delete(String orphan) {
        ProjectionVersion version = ProjectionVersion.of(orphan);
        claimTransaction.run(() -> {
            int serving = servingVersions.lock(version.projection());
            List<Checkpoint> segments = lockOrphan(orphan);
            boolean last = checkpoints.versions(version.projection()).size() == 1;
            if (serving == version.number() && !last) {
                throw new SubscriptionConflictException(
                        orphan,
                        "serves readers, so it cannot be deleted. Switch to another version first, or delete the other versions");
            }
            checkpoints.remove(segments);
            if (last) {
                servingVersions.remove(version.projection());
            }
            removed.add(orphan, null);
            external.remove(orphan);
            return parkedEvents.removeAll(orphan);
        });
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
