package org.meowmx.rest.answer;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.SubscriptionStatus;

/** The status of a subscription. */
@Schema(name = "Subscription")
public record SubscriptionAnswer(
        String name,
        String state,
        boolean declared,
        boolean external,
        long position,
        long lagEvents,
        double lagSeconds,
        long parkedStreams,
        int wantedSegments,
        @Schema(nullable = true) @Nullable String operation,
        @Schema(nullable = true) @Nullable Version version,
        List<Segment> segments) {

    /** The version of a projection that the subscription builds, and how near it is to the version that serves. */
    @Schema(name = "Version")
    public record Version(
            String projection,
            int number,
            int serving,
            long distance,
            @Schema(nullable = true) @Nullable Double rate,
            @Schema(nullable = true) @Nullable Instant expectedEnd) {

        static @Nullable Version of(SubscriptionStatus.@Nullable Version version) {
            return version == null
                    ? null
                    : new Version(
                            version.projection(),
                            version.number(),
                            version.serving(),
                            version.distance(),
                            version.rate(),
                            version.expectedEnd());
        }
    }

    /** A range of slices that one turn works on at a time. */
    @Schema(name = "Segment")
    public record Segment(
            int firstSlice,
            int lastSlice,
            long position,
            int attempts,
            @Schema(nullable = true) @Nullable String failure,
            @Schema(nullable = true) @Nullable Instant retryAt,
            @Schema(nullable = true) @Nullable Instant delayedSince,
            @Schema(nullable = true) @Nullable String node,
            @Schema(nullable = true) @Nullable SegmentLease lease) {

        static Segment of(SubscriptionStatus.Segment segment) {
            return new Segment(
                    segment.firstSlice(),
                    segment.lastSlice(),
                    segment.position(),
                    segment.attempts(),
                    segment.lastFailure(),
                    segment.retryAt(),
                    segment.delayedSince(),
                    segment.node(),
                    segment.lease() == null ? null : SegmentLease.of(segment.lease()));
        }
    }

    /** The lease of a worker outside of the JVM. */
    @Schema(name = "SegmentLease")
    public record SegmentLease(String worker, long upTo, Instant until) {

        static SegmentLease of(SubscriptionStatus.Lease lease) {
            return new SegmentLease(lease.worker(), lease.upTo(), lease.until());
        }
    }

    public static SubscriptionAnswer of(SubscriptionStatus status) {
        return new SubscriptionAnswer(
                status.name(),
                state(status),
                status.declared(),
                status.external(),
                status.position(),
                status.lagEvents(),
                status.lag().toMillis() / 1e3,
                status.parkedStreams(),
                status.wantedSegments(),
                status.operation(),
                Version.of(status.version()),
                status.segments().stream().map(Segment::of).toList());
    }

    /** An orphan handles nothing, whatever the state of its checkpoint is. */
    private static String state(SubscriptionStatus status) {
        return status.declared() ? status.state().name().toLowerCase(Locale.ROOT) : "orphaned";
    }
}
