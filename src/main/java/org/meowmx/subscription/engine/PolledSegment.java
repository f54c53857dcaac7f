package org.meowmx.subscription.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.Segments;

/**
 * A checkpoint as the poll loop reads it.
 *
 * @param subscription the subscription
 * @param slices the slices of the segment
 * @param position the position up to which it has read
 * @param filter the filter that it reads under
 * @param paused whether it is paused
 * @param requested whether an operation is requested
 * @param failed whether its last turn failed
 * @param mergeAt the merge point; null if no merge is scheduled
 * @param retryAt the time before which it must not be tried again; null if there is none
 * @param leasedUntil when the lease of a worker outside of the JVM expires; null if there is none
 */
record PolledSegment(
        String subscription,
        Segments.Range slices,
        long position,
        Filter filter,
        boolean paused,
        boolean requested,
        boolean failed,
        @Nullable Long mergeAt,
        @Nullable Instant retryAt,
        @Nullable Instant leasedUntil) {

    boolean isFirst() {
        return slices.first() == 0;
    }

    boolean isBeforeMergePoint() {
        return mergeAt != null && position < mergeAt;
    }

    boolean isLeased(Instant now) {
        return leasedUntil != null && !PageLease.hasExpired(leasedUntil, now);
    }

    /** Whether nothing but events determines its next turn. */
    boolean isUndisturbed() {
        return !paused && !requested && !failed && mergeAt == null && retryAt == null;
    }
}
