package org.meowmx.subscription.engine;

import java.util.List;
import java.util.OptionalInt;
import org.meowmx.StreamId;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.transaction.ClaimTransaction;

/**
 * Merges segments that are at different positions.
 *
 * <p>Only segments at the same position can be merged, because a checkpoint has one position. So a merge has three
 * steps:
 * <ol>
 *   <li>The merge is scheduled: every checkpoint stores the merge point, which is the position of the fastest segment or the
 *       end of a leased page, and the wanted number of segments.
 *   <li>No turn reads past the merge point ({@link Checkpoint#readLimit}). A segment that has reached it waits there.
 *   <li>When all segments are at the merge point, whoever notices replaces them: a worker of any node, or a caller of
 *       {@code catchUp}.
 * </ol>
 * All state is in the checkpoints, so the merge does not depend on the node that was asked for it. The query of
 * {@link DueSegments} knows the rule too: it finds the segments on their way, and the first segment when all have arrived.
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
        long fastest = segments.stream().mapToLong(Checkpoint::furthest).max().orElseThrow();
        segments.forEach(segment -> segment.mergeAt(fastest, count));
    }

    /** Whether segments can be replaced by any others, because all are at the same position. */
    static boolean areAtSamePosition(List<Checkpoint> segments) {
        return segments.stream().mapToLong(Checkpoint::position).distinct().count() == 1;
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
        if (slices < StreamId.SLICES || !areAtSamePosition(segments) || isLeased(segments)) {
            return false;
        }
        OptionalInt count = segments.get(0).wantedSegments();
        segments.forEach(Checkpoint::cancelMerge);
        checkpoints.replace(segments, Segments.of(count.orElseThrow()));
        return true;
    }
}
