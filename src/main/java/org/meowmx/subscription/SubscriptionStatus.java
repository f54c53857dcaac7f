package org.meowmx.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a subscription, on all nodes together.
 *
 * @param name the name of the subscription
 * @param state the worst state among its segments
 * @param declared whether an observer of this or another running node names it; if not, its checkpoint is an orphan
 * @param segments its segments, in the order of their slices
 * @param wantedSegments the requested number of segments, 1 to 1024. It differs from the number of {@code segments}
 *     while segments wait to be merged
 * @param lagEvents the number of events at or below the high-water mark that it has not handled yet; counting stops at
 *     {@link #MAX_COUNTED}
 * @param lag the age of the oldest of these events, by its time of recording; zero if there are none
 * @param parkedStreams the number of its parked streams
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

    /** The number of events at which counting of the lag stops. */
    public static final long MAX_COUNTED = 100_000;

    public SubscriptionStatus {
        segments = List.copyOf(segments);
    }

    /**
     * The position that all segments have reached: every event at or below it is handled or parked. 0 if there are no
     * segments.
     */
    public long position() {
        return segments.stream().mapToLong(Segment::position).min().orElse(0);
    }

    /** The state of a segment or subscription, from best to worst. */
    public enum State {
        /** It handles events as they are appended. */
        RUNNING,
        /** An operator paused it; it handles nothing until it is resumed. */
        PAUSED,
        /**
         * Its last attempt failed; it is retried after a delay. A paused segment whose last attempt failed is also in
         * this state; it is retried when it is resumed.
         */
        FAILING
    }

    /**
     * A segment: a range of slices that one turn works on at a time.
     *
     * @param firstSlice the first slice, 0 to 1023
     * @param lastSlice the last slice, inclusive, {@code firstSlice} to 1023
     * @param position the position up to which it has read
     * @param attempts the number of consecutive failures; 0 if the last turn succeeded
     * @param lastFailure the root cause of the last failure in one line, followed by its stack trace; null if there was none
     * @param retryAt the time of the next attempt; null if it is not waiting for one, or is paused
     * @param node the node that took the last turn; null before the first turn
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
