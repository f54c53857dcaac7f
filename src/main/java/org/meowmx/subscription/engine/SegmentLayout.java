package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.meowmx.StreamId;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.transaction.ClaimTransaction;

/**
 * How a subscription is divided into segments, and changed to another number of them. Splitting copies the position. Segments
 * that are joined must stand at the same place: it is noted beside them where they meet, no turn goes beyond it, and when all are
 * there, whoever finds it replaces them. So nothing depends on the node that was asked for it.
 */
@ApplicationScoped
class SegmentLayout {

    @Inject
    ClaimTransaction transactions;

    @Inject
    Checkpoints checkpoints;

    /**
     * Changes how many segments there are, now or when they have met; what was wanted before is forgotten. Needs a transaction.
     *
     * @param segments all of them, claimed
     * @param count 1 to 1024
     * @throws SubscriptionConflictException when a segment is failing
     */
    void change(List<Checkpoint> segments, int count) {
        List<Segments.Range> after = Segments.of(count);
        segments.forEach(Checkpoint::stayApart);
        if (ranges(segments).equals(after)) {
            return;
        }
        if (segments.stream().anyMatch(Checkpoint::isFailing)) {
            throw new SubscriptionConflictException(
                    segments.get(0).key().subscription(), "has a failing segment; mend it before segments are changed");
        }
        if (Segments.isSplit(ranges(segments), after) || areLevel(segments)) {
            replace(segments, after);
        } else {
            long fastest =
                    segments.stream().mapToLong(Checkpoint::position).max().orElseThrow();
            segments.forEach(segment -> segment.meet(fastest, count));
        }
    }

    /** Replaces segments that are being joined, in a transaction of its own; returns false when not all are there, or free. */
    boolean join(String name) {
        return transactions.run(() -> join(checkpoints.claimAll(name)));
    }

    private boolean join(List<Checkpoint> segments) {
        int slices = segments.stream()
                .filter(Checkpoint::hasMet)
                .mapToInt(segment -> segment.slices().size())
                .sum();
        if (slices < StreamId.SLICES || !areLevel(segments)) {
            return false;
        }
        int count = segments.get(0).wantedSegments().orElseThrow();
        segments.forEach(Checkpoint::stayApart);
        replace(segments, Segments.of(count));
        return true;
    }

    private static boolean areLevel(List<Checkpoint> segments) {
        return segments.stream().mapToLong(Checkpoint::position).distinct().count() == 1;
    }

    private static List<Segments.Range> ranges(List<Checkpoint> segments) {
        return segments.stream().map(Checkpoint::slices).toList();
    }

    private void replace(List<Checkpoint> before, List<Segments.Range> after) {
        checkpoints.replace(
                before, after.stream().map(range -> copy(before, range)).toList());
    }

    /** A new segment at the position of the one that its slices come from. */
    private static Checkpoint copy(List<Checkpoint> before, Segments.Range range) {
        Checkpoint source = before.stream()
                .filter(old -> old.slices().has(range.first()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no segment has slice " + range.first()));
        return source.as(source.key().subscription(), range);
    }
}
