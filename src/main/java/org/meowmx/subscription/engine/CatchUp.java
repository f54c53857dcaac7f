package org.meowmx.subscription.engine;

import java.util.List;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionStatus.Segment;
import org.meowmx.subscription.engine.TurnResult.Next;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;

/**
 * Takes turns in the caller's thread, for tests and tools. An exception of an observer is passed to the caller, and no
 * failure is recorded.
 */
final class CatchUp {

    private final SubscriptionRegistry registry;
    private final StatusReader statusReader;
    private final Turn turn;
    private final SegmentMerge merge;
    private final RequestedOperations requestedOperations;

    CatchUp(
            SubscriptionRegistry registry,
            StatusReader statusReader,
            Turn turn,
            SegmentMerge merge,
            RequestedOperations requestedOperations) {
        this.registry = registry;
        this.statusReader = statusReader;
        this.turn = turn;
        this.merge = merge;
        this.requestedOperations = requestedOperations;
    }

    /**
     * Handles everything up to the high-water mark, and returns the number of events. A version that does not serve is handled up to
     * the position of the one that serves.
     *
     * @throws SubscriptionBusyException if another worker holds a segment
     */
    long toHighWaterMark(String subscription) {
        long handled = 0;
        List<Segment> segments;
        boolean readyToMerge;
        boolean follows;
        do {
            while (requestedOperations.carryOut(registry.subscription(subscription))) {
                // a skip is replaced by a retry, which is carried out next
            }
            readyToMerge = false;
            follows = false;
            segments = statusReader.segments(subscription);
            for (Segment segment : segments) {
                TurnResult result = takeAll(subscription, segment);
                handled += result.handled();
                readyToMerge |= result.next() == Next.READY_TO_MERGE;
                follows |= result.next() == Next.FOLLOWS;
            }
            // a segment that follows may reach the merge point only after the serving version has moved
        } while (readyToMerge
                && (merge.tryMerge(subscription) || (!follows && areMergedByAnother(subscription, segments))));
        return handled;
    }

    /** All segments have read up to the merge point, so only another worker can prevent the merge. */
    private boolean areMergedByAnother(String subscription, List<Segment> segments) {
        List<Integer> before = segments.stream().map(Segment::lastSlice).toList();
        List<Integer> now = statusReader.segments(subscription).stream()
                .map(Segment::lastSlice)
                .toList();
        if (now.equals(before)) {
            throw new SubscriptionBusyException(subscription);
        }
        return true;
    }

    /** The last result of a segment's turns, with the number of all events that they handled. */
    private TurnResult takeAll(String subscription, Segment segment) {
        Checkpoint.Key key = new Checkpoint.Key(subscription, (short) segment.firstSlice());
        TurnRequest request = TurnRequest.of(DeclaredSegment.of(registry, key)).alsoIfPaused();
        PageSize size = new PageSize(request.size());
        long handled = 0;
        TurnResult result;
        do {
            result = size.measure(request, this::take);
            handled += result.handled();
        } while (result.next() == Next.MORE);
        return result.withHandled(handled);
    }

    private TurnResult take(TurnRequest request) {
        TurnResult result;
        try {
            result = turn.take(request);
        } catch (TurnFailure e) {
            if (e.isKnownId()) {
                return take(request.withLookUps());
            }
            throw e.thrownByObserver();
        }
        if (result.next() == Next.BUSY || result.next() == Next.OPERATION_REQUESTED) {
            throw new SubscriptionBusyException(request.segment().name());
        }
        return result;
    }
}
