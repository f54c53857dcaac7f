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
 * @param declared whether an observer of this or another running node names it, or it is external; if not, its checkpoint is an
 *     orphan
 * @param external whether it was declared at run time for workers outside of the JVM
 * @param segments its segments, in the order of their slices
 * @param wantedSegments the requested number of segments, 1 to 1024. It differs from the number of {@code segments}
 *     while segments wait to be merged
 * @param lagEvents the number of events that it has not handled yet, also above the high-water mark. A version of a projection that
 *     does not serve waits for the one that serves, so events that this one has not read are not counted. If a checkpoint is more than
 *     {@link #MAX_COUNTED} positions before the end of the log, nothing is counted, and the value is {@link #MAX_COUNTED}
 * @param lag the age of the oldest of these events, by its time of recording; zero if there are none. If they are not
 *     counted, the age of the next event of the log, whether the subscription requests it or not
 * @param parkedStreams the number of its parked streams, counted up to {@link #MAX_COUNTED}
 * @param operation the operation that was requested on a node without its observers and is not carried out yet, so no
 *     turn is taken; null if there is none
 * @param version the version of a projection that it builds; null if the projection never had a second version
 */
public record SubscriptionStatus(
        String name,
        State state,
        boolean declared,
        boolean external,
        List<Segment> segments,
        int wantedSegments,
        long lagEvents,
        Duration lag,
        long parkedStreams,
        @Nullable String operation,
        @Nullable Version version) {

    /** The largest number that is counted. In a status it means: this number or more. */
    public static final long MAX_COUNTED = 10_000;

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

    /**
     * A version of a projection, and how near it is to the version that serves.
     *
     * @param projection the name of the projection
     * @param number the number of the version, 1 or greater
     * @param serving the number of the version that serves
     * @param distance the number of positions between it and the version that serves, as the mean of all slices; 0 if it serves
     * @param rate the positions that it has read per second in the last minute; null if this node has not observed it for long enough
     * @param expectedEnd the time at which it reaches the version that serves, at this rate; null if it does not move, or has reached
     *     it
     */
    public record Version(
            String projection,
            int number,
            int serving,
            long distance,
            @Nullable Double rate,
            @Nullable Instant expectedEnd) {

        /** Whether readers see this version. */
        public boolean isServing() {
            return number == serving;
        }
    }

    /** The state of a segment or subscription, from best to worst. */
    public enum State {
        /** It handles events as they are appended. */
        RUNNING,
        /**
         * It has handled everything up to the high-water mark, and more events have been stored for over a second. An open
         * transaction that has appended holds the mark back; {@link org.meowmx.EventStore#status} names it.
         */
        HELD_BACK,
        /**
         * A transient failure delays it, such as a lost connection or a deadlock. It tries again, and no event is to
         * blame.
         */
        DELAYED,
        /** An operator paused it; it handles nothing until it is resumed. */
        PAUSED,
        /**
         * The subscription was renamed or deleted on purpose, and a node of an older release still declares its name. It has no
         * checkpoint and handles nothing, unless it is resumed.
         */
        REMOVED,
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
     * @param lastFailure the root cause of the last failure in one line, followed by its stack trace; null if the last turn
     *     did not fail
     * @param retryAt the time of the next turn after a failure, by the database's clock; null if it is not waiting for
     *     one, or is paused
     * @param delayedSince the time when transient failures began to delay the segment, by the database's clock; null if
     *     the last turn did not end in a transient failure
     * @param node the node that took the last turn; null before the first turn
     * @param lease the lease of a worker outside of the JVM; null if none has one
     */
    public record Segment(
            int firstSlice,
            int lastSlice,
            long position,
            int attempts,
            @Nullable String lastFailure,
            @Nullable Instant retryAt,
            @Nullable Instant delayedSince,
            @Nullable String node,
            @Nullable Lease lease) {}

    /**
     * The lease of a worker outside of the JVM.
     *
     * @param worker the name of the worker
     * @param upTo the position of the last leased event
     * @param until when it expires or expired, by the database's clock. An expired lease remains until a worker requests the
     *     next one
     */
    public record Lease(String worker, long upTo, Instant until) {}
}
