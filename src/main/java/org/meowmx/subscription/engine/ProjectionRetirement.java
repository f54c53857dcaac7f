package org.meowmx.subscription.engine;

import java.util.List;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.transaction.ClaimTransaction;

/** Ends versions of projections that do not serve. */
final class ProjectionRetirement {

    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final ServingVersions servingVersions;
    private final ParkedEvents parkedEvents;
    private final RemovedSubscriptions removed;

    ProjectionRetirement(
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            ServingVersions servingVersions,
            ParkedEvents parkedEvents,
            RemovedSubscriptions removed) {
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.servingVersions = servingVersions;
        this.parkedEvents = parkedEvents;
        this.removed = removed;
    }

    /**
     * Deletes the checkpoints and parked events of a version. Waits for its turns. Its name is remembered, so nodes that still declare
     * it do not create it again.
     *
     * @return the work that is left for the operator, as a sentence
     */
    String retire(ProjectionVersion version) {
        return claimTransaction.run(() -> {
            int serving = servingVersions.lock(version.projection());
            List<Checkpoint> segments = checkpoints.lockExisting(version.subscription());
            if (serving == version.number()) {
                throw new SubscriptionConflictException(
                        version.subscription(),
                        "serves readers, so it cannot be retired. Switch to another version first");
            }
            checkpoints.remove(segments);
            parkedEvents.removeAll(version.subscription());
            removed.add(version.subscription(), null);
            return "Version %d of projection '%s' is retired. In the next release, remove its observers and entities; then drop the tables that only they used. Version %d serves"
                    .formatted(version.number(), version.projection(), serving);
        });
    }
}
