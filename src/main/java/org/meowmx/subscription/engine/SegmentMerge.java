package org.meowmx.subscription.engine;

import java.util.List;
import java.util.OptionalInt;
import org.meowmx.StreamId;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.transaction.ClaimTransaction;

/**
 * Merges segments that are at different positions.
 *
 * <p>Only level segments can be merged, because a checkpoint has one position and one {@link Checkpoint#liveAfter}. So a
 * merge has three steps:
 * <ol>
 *   <li>The merge is scheduled: every checkpoint stores the merge point and the wanted number of segments. The merge point is the
 *       largest of all positions, of the ends of all leased pages, and of all positions up to which live effects have happened.
 *       At that point no segment replays, so both numbers are the same in all segments.
 *   <li>No turn reads past the merge point ({@link Checkpoint#readLimit}). A segment that has reached it waits there.
 *   <li>When all segments are at the merge point, the first worker of any node, or caller of {@code catchUp}, that
 *       notices it replaces them.
 * </ol>
 * All state is in the checkpoints, so the merge does not depend on the node that received the request. The query of {@link DueSegments}
 * applies the same rule: it finds the segments that have not reached the merge point, and the first segment when all have.
 */
final class SegmentMerge {

    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;

    SegmentMerge(ClaimTransaction claimTransaction, Checkpoints checkpoints) {
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
    }

    /** Schedules the merge of all segments of a subscription. Needs a transaction that has claimed all of them. */
    static void schedule(List<Checkpoint> segments, int count) {
        // never less than the position of any segment, or the end of a leased page
        long mergePoint = areLevel(segments) && !isLeased(segments)
                ? segments.get(0).position()
                : segments.stream()
                        .mapToLong(segment -> Math.max(segment.furthest(), segment.liveAfter()))
                        .max()
                        .orElseThrow();
        segments.forEach(segment -> segment.mergeAt(mergePoint, count));
    }

    /** Schedules a merge again, if there is one, after all segments were moved. */
    static void reschedule(List<Checkpoint> segments) {
        segments.get(0).wantedSegments().ifPresent(count -> schedule(segments, count));
    }

    /**
     * Whether segments can be replaced by any others: all are at the same position, and in all of them live effects have
     * happened up to the same position. Otherwise a live effect would be lost or repeated.
     */
    static boolean areLevel(List<Checkpoint> segments) {
        return segments.stream().mapToLong(Checkpoint::position).distinct().count() == 1
                && segments.stream().mapToLong(Checkpoint::liveAfter).distinct().count() == 1;
    }

    /** Whether a worker outside of the JVM has a lease of a segment: nothing may replace it. */
    static boolean isLeased(List<Checkpoint> segments) {
        return segments.stream().anyMatch(Checkpoint::isLeased);
    }

    /**
     * Merges the segments of a subscription if all of them are at the merge point, in a transaction of its own.
     *
     * @return false if a segment has not arrived, is claimed by another worker, or no merge is scheduled
     */
    boolean tryMerge(String subscription) {
        return claimTransaction.run(() -> merge(checkpoints.claimAll(subscription)));
    }

    private boolean merge(List<Checkpoint> segments) {
        List<Checkpoint> arrived =
                segments.stream().filter(Checkpoint::isAtMergePoint).toList();
        int slices =
                arrived.stream().mapToInt(segment -> segment.slices().size()).sum();
        // segments that another transaction holds are missing here, and so are their slices
        if (slices < StreamId.SLICES || !areLevel(segments) || isLeased(segments)) {
            return false;
        }
        OptionalInt count = segments.get(0).wantedSegments();
        segments.forEach(Checkpoint::cancelMerge);
        checkpoints.replace(segments, Segments.of(count.orElseThrow()));
        return true;
    }
}
