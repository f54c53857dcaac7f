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
    private final Nodes nodes;

    FirstVersion(SubscriptionRegistry registry, Checkpoints checkpoints, ServingVersions servingVersions, Nodes nodes) {
        this.registry = registry;
        this.checkpoints = checkpoints;
        this.servingVersions = servingVersions;
        this.nodes = nodes;
    }

    /**
     * Stores the serving version of a projection if none is stored, or if the stored one was deleted: the oldest version that has a
     * checkpoint or is declared. A version that is the first of its projection therefore serves at once. Version 1 serves without a
     * row. Needs a transaction.
     *
     * @param created the version whose checkpoints are about to be created
     * @param removed the subscriptions that were removed on purpose
     * @return the serving version
     */
    int store(ProjectionVersion created, Set<String> removed) {
        SortedSet<Integer> existing = numbers(created, removed);
        if (created.number() > 1) {
            servingVersions.create(created.projection(), existing.first());
        }
        if (!existing.contains(servingVersions.of(created.projection()))) {
            servingVersions.serve(new ProjectionVersion(created.projection(), existing.first()));
        }
        return servingVersions.of(created.projection());
    }

    private SortedSet<Integer> numbers(ProjectionVersion created, Set<String> removed) {
        Stream<String> declared = Stream.concat(registry.names().stream(), nodes.declared().stream())
                .filter(name -> !removed.contains(name));
        Stream<String> stored =
                checkpoints.all().stream().map(checkpoint -> checkpoint.key().subscription());
        return Stream.of(Stream.of(created.subscription()), declared, stored)
                .flatMap(names -> names)
                .map(ProjectionVersion::of)
                .filter(version -> version.projection().equals(created.projection()))
                .map(ProjectionVersion::number)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
