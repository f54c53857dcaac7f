package org.meowmx.subscription.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.meowmx.EventStore;
import org.meowmx.LogPage;
import org.meowmx.RecordedEvent;
import org.meowmx.SequenceResetException;
import org.meowmx.subscription.engine.TurnResult.Next;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.TransactionLimits;

/** One turn of a segment: one transaction that handles one page of events and moves the checkpoint. */
final class Turn {

    private final RunningTurns runningTurns;
    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final EventStore events;
    private final Delivery delivery;
    private final RetryTimes retryTimes;
    private final FailureKinds kinds;

    Turn(
            RunningTurns runningTurns,
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            EventStore events,
            Delivery delivery,
            RetryTimes retryTimes,
            FailureKinds kinds) {
        this.runningTurns = runningTurns;
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.events = events;
        this.delivery = delivery;
        this.retryTimes = retryTimes;
        this.kinds = kinds;
    }

    /**
     * Takes a turn.
     *
     * @throws TurnFailure if an observer threw, or the turn failed otherwise, for example at its commit; everything is
     *     rolled back
     * @throws SequenceResetException if the sequence of positions is below the checkpoint, or below a position that this
     *     node knows to be in use; nothing is done
     */
    TurnResult take(TurnRequest request) {
        long began = System.nanoTime();
        List<RecordedEvent> read = new ArrayList<>();
        try (RunningTurns.Registration turn =
                runningTurns.begin(request.segment().name())) {
            return claimTransaction.run(turn.limits(), () -> claimAndHandle(request, read));
        } catch (SequenceResetException e) {
            throw e;
        } catch (Throwable e) {
            TurnFailure failure = e instanceof TurnFailure ofObserver ? ofObserver : failure(read, e);
            Duration lasted = Duration.ofNanos(System.nanoTime() - began);
            TransactionLimits limits = request.segment().settings().limits();
            throw kinds.isTransient(failure.thrown(), lasted, limits) ? failure.asTransient() : failure;
        }
    }

    /** The failure names no event, but a single event is the only one that it can be about. */
    private static TurnFailure failure(List<RecordedEvent> read, Throwable thrown) {
        boolean alone = read.size() == 1;
        return new TurnFailure(alone ? read.get(0) : null, alone, thrown);
    }

    private TurnResult claimAndHandle(TurnRequest request, List<RecordedEvent> read) {
        return checkpoints
                .claim(request.segment().key())
                .map(checkpoint -> handle(request, checkpoint, read))
                .orElse(TurnResult.BUSY);
    }

    private TurnResult handle(TurnRequest request, Checkpoint checkpoint, List<RecordedEvent> read) {
        Subscription subscription = request.segment().subscription();
        if (checkpoint.isLeased() || !checkpoint.isFor(subscription)) {
            return TurnResult.BUSY;
        }
        if (checkpoint.operation() != null) {
            return TurnResult.nothing(Next.OPERATION_REQUESTED, checkpoint);
        }
        // the segment may have failed, or been paused, after the poll found it due
        if (!request.evenIfPaused() && mustWait(request.segment(), checkpoint)) {
            return TurnResult.nothing(Next.DONE, checkpoint);
        }
        if (checkpoint.isAtMergePoint()) {
            return TurnResult.nothing(Next.READY_TO_MERGE, checkpoint);
        }
        int size = checkpoint.isFailing() ? 1 : request.size();
        long upTo = Math.min(request.upTo(), checkpoint.readLimit());
        LogPage page = events.readPage(subscription.query(checkpoint.slices(), checkpoint.position(), upTo), size);
        // the page was read after the claim, so a sound sequence has reached the checkpoint
        if (page.lastPosition() < checkpoint.position()) {
            throw new SequenceResetException(page.lastPosition(), checkpoint.position());
        }
        read.addAll(page.events());
        long readTo = delivery.deliver(subscription, page, checkpoint.hasParkedEvents());
        return advance(checkpoint, page, readTo);
    }

    private boolean mustWait(DeclaredSegment segment, Checkpoint checkpoint) {
        Instant retryAt = checkpoint.retryAt();
        return checkpoint.isPaused()
                || (retryAt != null
                        && RetryTimes.isPending(
                                retryAt,
                                retryTimes.now(),
                                segment.settings().failures().backoff()));
    }

    private TurnResult advance(Checkpoint checkpoint, LogPage page, long readTo) {
        long handled = page.events().stream()
                .filter(event -> event.position() <= readTo)
                .count();
        boolean recovered = checkpoint.isFailing() ? handled > 0 : checkpoint.hasFailed();
        checkpoints.advance(checkpoint, readTo);
        if (recovered) {
            checkpoint.clearFailure();
        }
        boolean more = readTo < page.readTo() || page.next() != null;
        return new TurnResult(next(checkpoint, more), handled, recovered, checkpoint.position());
    }

    private static Next next(Checkpoint checkpoint, boolean more) {
        if (checkpoint.isAtMergePoint()) {
            return Next.READY_TO_MERGE;
        }
        return more ? Next.MORE : Next.DONE;
    }
}
