package org.meowmx.subscription.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.meowmx.StreamId;
import org.meowmx.subscription.SubscriptionStatus.Version;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;

/** The versions of projections in a status. */
final class VersionReader {

    private static final double LONGEST_FORECAST_SECONDS = 1e9;

    private final ServingVersions servingVersions;
    private final Checkpoints checkpoints;
    private final BuildRates rates;
    private final Clock clock;

    VersionReader(ServingVersions servingVersions, Checkpoints checkpoints, BuildRates rates, Clock clock) {
        this.servingVersions = servingVersions;
        this.checkpoints = checkpoints;
        this.rates = rates;
        this.clock = clock;
    }

    /** The serving versions of all projections that have had several. Needs a transaction. */
    Map<String, Integer> serving() {
        return servingVersions.all();
    }

    /**
     * The version that a subscription builds; null if its projection never had a second one. Needs a transaction.
     *
     * @param serving the result of {@link #serving}
     */
    @Nullable
    Version of(List<Checkpoint> segments, Map<String, Integer> serving) {
        String subscription = segments.get(0).key().subscription();
        ProjectionVersion version = ProjectionVersion.of(subscription);
        Integer current = serving.get(version.projection());
        if (current == null) {
            return null;
        }
        if (current == version.number()) {
            return new Version(version.projection(), version.number(), current, 0, null, null);
        }
        double position = meanPosition(segments);
        double distance = Math.max(
                0,
                meanPosition(checkpoints.of(new ProjectionVersion(version.projection(), current).subscription()))
                        - position);
        Double rate = rates.at(subscription, position);
        return new Version(
                version.projection(),
                version.number(),
                current,
                (long) Math.ceil(distance),
                rate,
                rate == null || rate == 0 || distance == 0 ? null : after(distance / rate));
    }

    private Instant after(double seconds) {
        return clock.instant().plusSeconds((long) Math.ceil(Math.min(seconds, LONGEST_FORECAST_SECONDS)));
    }

    /** Segments may have different sizes. */
    private static double meanPosition(List<Checkpoint> segments) {
        return segments.stream()
                        .mapToDouble(segment ->
                                (double) segment.position() * segment.slices().size())
                        .sum()
                / StreamId.SLICES;
    }
}
