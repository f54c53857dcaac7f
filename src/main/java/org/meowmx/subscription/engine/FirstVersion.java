package org.meowmx.subscription.engine;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;

/** Decides which version of a projection serves before there is any switch. */
final class FirstVersion {

    private final SubscriptionRegistry registry;
    private final Checkpoints checkpoints;
    private final ServingVersions servingVersions;
    private final RemovedSubscriptions removed;
    private final Nodes nodes;

    FirstVersion(
            SubscriptionRegistry registry,
            Checkpoints checkpoints,
            ServingVersions servingVersions,
            RemovedSubscriptions removed,
            Nodes nodes) {
        this.registry = registry;
        this.checkpoints = checkpoints;
        this.servingVersions = servingVersions;
        this.removed = removed;
        this.nodes = nodes;
    }

    /**
     * Stores the serving version of a projection if none is stored, or if the stored one was deleted: the oldest version that has a
     * checkpoint or is declared. A version that is the first of its projection therefore serves at once. Version 1 alone serves
     * without a row. Needs a transaction.
     *
     * <p>Nodes may create different versions at the same time. They wait for each other at the row, also for version 1, so the later
     * one sees the checkpoints of the other.
     *
     * @param created the version whose checkpoints are about to be created
     * @return the serving version
     */
    int store(ProjectionVersion created) {
        String projection = created.projection();
        int serving = servingVersions.lock(projection);
        SortedSet<Integer> existing = numbers(created);
        if (!existing.contains(serving)) {
            serving = existing.first();
            servingVersions.serve(new ProjectionVersion(projection, serving));
        }
        if (existing.last() == 1) {
            servingVersions.remove(projection);
        }
        return serving;
    }

    private SortedSet<Integer> numbers(ProjectionVersion created) {
        Set<String> removals = removed.all().keySet();
        Stream<ProjectionVersion> declared = Stream.concat(registry.names().stream(), nodes.declared().stream())
                .filter(name -> !removals.contains(name))
                .map(ProjectionVersion::of)
                .filter(version -> version.projection().equals(created.projection()));
        Stream<ProjectionVersion> stored = checkpoints.versions(created.projection()).stream();
        return Stream.of(Stream.of(created), declared, stored)
                .flatMap(versions -> versions)
                .map(ProjectionVersion::number)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
