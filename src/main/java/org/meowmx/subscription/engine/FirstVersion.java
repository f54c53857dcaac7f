package org.meowmx.subscription.engine;

import java.util.Set;
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

    FirstVersion(
            SubscriptionRegistry registry, Checkpoints checkpoints, ServingVersions servingVersions, Nodes nodes) {
        this.registry = registry;
        this.checkpoints = checkpoints;
        this.servingVersions = servingVersions;
        this.nodes = nodes;
    }

    /**
     * Stores the first serving version of a projection, unless one is stored: the oldest version that has a checkpoint or is
     * declared. A version that is the first of its projection therefore serves at once. Version 1 serves without a row. Needs a
     * transaction.
     *
     * @param created the version whose checkpoints are about to be created
     * @param removed the subscriptions that were removed on purpose
     * @return the serving version
     */
    int store(ProjectionVersion created, Set<String> removed) {
        if (created.number() > 1) {
            int oldest = Stream.concat(
                            checkpoints.all().stream()
                                    .map(checkpoint -> checkpoint.key().subscription()),
                            Stream.concat(registry.names().stream(), nodes.declared().stream())
                                    .filter(name -> !removed.contains(name)))
                    .map(ProjectionVersion::of)
                    .filter(version -> version.projection().equals(created.projection()))
                    .mapToInt(ProjectionVersion::number)
                    .min()
                    .orElse(created.number());
            servingVersions.create(created.projection(), oldest);
        }
        return servingVersions.of(created.projection());
    }
}
