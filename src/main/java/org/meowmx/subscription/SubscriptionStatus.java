package org.meowmx.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription is doing, on all nodes together.
 *
 * @param name the subscription
 * @param state the state of the worst of its segments
 * @param declared whether an observer of this or another living node names it; a checkpoint that nobody names is an orphan
 * @param segments its segments, by slices
 * @param wantedSegments how many segments there are to be; another number than there are while these wait for each other to be
 *     joined
 * @param lagEvents how many events below the mark it has not handled yet; counting ends at {@link #COUNTED}
 * @param lag how long ago the oldest of these was recorded; zero when there is none
 * @param parkedStreams how many streams are parked
 */
public record SubscriptionStatus(
        String name,
        State state,
        boolean declared,
        List<Segment> segments,
        int wantedSegments,
        long lagEvents,
        Duration lag,
        long parkedStreams) {

    /** How far the lag is counted. */
    public static final long COUNTED = 100_000;

    public SubscriptionStatus {
        segments = List.copyOf(segments);
    }

    /** How far all segments have read: every event at or below it is handled or parked. */
    public long position() {
        return segments.stream().mapToLong(Segment::position).min().orElse(0);
    }

    /** From best to worst. */
    public enum State {
        RUNNING,
        PAUSED,
        FAILING
    }

    /**
     * A range of slices that one turn works on at a time.
     *
     * @param firstSlice 0 to 1023
     * @param lastSlice the first slice or greater
     * @param position how far it has read
     * @param attempts how often in a row it has failed
     * @param lastFailure what was thrown last, with its stack trace; null when nothing was
     * @param retryAt when it is tried again; null when it does not wait
     * @param node the node that took the last turn; null before the first
     */
    public record Segment(
            int firstSlice,
            int lastSlice,
            long position,
            int attempts,
            @Nullable String lastFailure,
            @Nullable Instant retryAt,
            @Nullable String node) {}
}
