package org.meowmx.subscription.engine;

import java.util.List;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.transaction.ClaimTransaction;

/**
 * Changes how many segments a subscription has. A split takes effect at once: the new segments copy the position of the
 * one that they come from. Other changes take effect at once if all segments are level. Otherwise, and while a worker outside of the
 * JVM has a lease, {@link SegmentMerge} does the change later.
 */
final class SegmentLayout {

    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;

    SegmentLayout(ClaimTransaction claimTransaction, Checkpoints checkpoints) {
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
    }

    /**
     * Changes the number of segments, now or when they can be merged. Cancels a merge that was scheduled before. Waits
     * for running turns.
     *
     * @param count 1 to 1024
     * @throws SubscriptionConflictException if a segment is failing
     */
    void change(String subscription, int count) {
        claimTransaction.run(() -> {
            List<Checkpoint> segments = checkpoints.lockExisting(subscription);
            change(segments, Segments.of(count), count);
            return segments;
        });
    }

    private void change(List<Checkpoint> segments, List<Segments.Range> after, int count) {
        List<Segments.Range> before = segments.stream().map(Checkpoint::slices).toList();
        segments.forEach(Checkpoint::cancelMerge);
        if (before.equals(after)) {
            return;
        }
        if (segments.stream().anyMatch(Checkpoint::isFailing)) {
            throw new SubscriptionConflictException(
                    segments.get(0).key().subscription(),
                    "has a failing segment; correct its handler, or set on-failure=park, before you change the number of segments");
        }
        boolean fits = Segments.isSplit(before, after) || SegmentMerge.areLevel(segments);
        if (fits && !SegmentMerge.isLeased(segments)) {
            checkpoints.replace(segments, after);
        } else {
            SegmentMerge.schedule(segments, count);
        }
    }
}
