package org.meowmx.subscription.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.LogPage;
import org.meowmx.RecordedEvent;
import org.meowmx.SequenceResetException;
import org.meowmx.subscription.engine.TurnResult.Next;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.Handling;
import org.meowmx.transaction.PlainSql.Query;
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
    private final RecognisedEvents recognised;

    Turn(
            RunningTurns runningTurns,
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            EventStore events,
            Delivery delivery,
            RetryTimes retryTimes,
            FailureKinds kinds,
            RecognisedEvents recognised) {
        this.runningTurns = runningTurns;
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.events = events;
        this.delivery = delivery;
        this.retryTimes = retryTimes;
        this.kinds = kinds;
        this.recognised = recognised;
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
        Attempt attempt = new Attempt();
        try (RunningTurns.Registration turn =
                runningTurns.begin(request.segment().name())) {
            return claimTransaction.runWithLimits(turn.limits(), first -> claimAndHandle(first, request, attempt));
        } catch (SequenceResetException e) {
            throw e;
        } catch (Throwable e) {
            TurnFailure failure = e instanceof TurnFailure ofObserver ? ofObserver : failure(attempt.read, e);
            // with look-ups, the known id is one that the handler gave: a retry would meet it again
            if (attempt.hasConflict() && !attempt.isLookingUp()) {
                throw failure.asKnownId();
            }
            Duration lasted = Duration.ofNanos(System.nanoTime() - began);
            TransactionLimits limits = request.segment().settings().limits();
            throw kinds.isTransient(failure.thrown(), lasted, limits) ? failure.asTransient() : failure;
        }
    }

    /** The events that a turn has read, and the state of the observers' thread. */
    private static final class Attempt {

        private final List<RecordedEvent> read = new ArrayList<>();
        private @Nullable Handling handling;

        private boolean hasConflict() {
            return handling != null && handling.hasConflict();
        }

        private boolean isLookingUp() {
            return handling != null && handling.isLookingUp();
        }
    }

    /** A failure that names no event. If the turn read a single event, that event has failed. */
    private static TurnFailure failure(List<RecordedEvent> read, Throwable thrown) {
        boolean alone = read.size() == 1;
        return new TurnFailure(alone ? read.get(0) : null, alone, thrown);
    }

    private TurnResult claimAndHandle(List<Query<?>> first, TurnRequest request, Attempt attempt) {
        return checkpoints
                .claim(first, request.segment().key())
                .map(checkpoint -> handle(request, checkpoint, attempt))
                .orElse(TurnResult.BUSY);
    }

    private TurnResult handle(TurnRequest request, Checkpoint checkpoint, Attempt attempt) {
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
        long servingLimit = servingLimit(checkpoint);
        if (servingLimit < checkpoint.position()) {
            return TurnResult.nothing(Next.FOLLOWS, checkpoint);
        }
        int size = checkpoint.isFailing() ? 1 : request.size();
        long upTo = Math.min(request.upTo(), Math.min(checkpoint.readLimit(), servingLimit));
        LogPage page = events.readPage(subscription.query(checkpoint.slices(), checkpoint.position(), upTo), size);
        // the page was read after the claim, so a sound sequence has reached the checkpoint; otherwise new events would
        // count as a replay
        if (page.lastPosition() < checkpoint.liveAfter()) {
            throw new SequenceResetException(page.lastPosition(), checkpoint.liveAfter());
        }
        attempt.read.addAll(page.events());
        Handling handling = handling(request, checkpoint);
        attempt.handling = handling;
        long readTo = delivery.deliver(subscription, page, checkpoint, handling);
        recognised.note(subscription.name(), handling);
        return advance(checkpoint, page, readTo, servingLimit);
    }

    /** A version that does not serve never reads past the one that serves. */
    private long servingLimit(Checkpoint checkpoint) {
        return checkpoint.isServing() ? Long.MAX_VALUE : checkpoints.limitOfServing(checkpoint);
    }

    /**
     * Live events are handled without look-ups. After a failure there are look-ups, because a handler may have appended in a
     * transaction of its own before the turn was rolled back.
     */
    private static Handling handling(TurnRequest request, Checkpoint checkpoint) {
        boolean replay = checkpoint.isReplaying();
        return checkpoint.handling(
                request.segment().settings().derivedIds(),
                replay,
                replay || checkpoint.hasFailed() || request.lookingUp());
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

    private TurnResult advance(Checkpoint checkpoint, LogPage page, long readTo, long servingLimit) {
        long handled = page.events().stream()
                .filter(event -> event.position() <= readTo)
                .count();
        boolean replayed = checkpoint.isReplaying();
        boolean recovered = checkpoint.isFailing() ? handled > 0 : checkpoint.hasFailed();
        checkpoints.advance(checkpoint, readTo);
        if (recovered) {
            checkpoint.clearFailure();
        }
        // a replay ends between two turns, and live events may follow
        boolean replayEnded = replayed && !checkpoint.isReplaying();
        boolean more = replayEnded || readTo < page.readTo() || page.next() != null;
        return new TurnResult(next(checkpoint, more, servingLimit), handled, recovered, checkpoint.position());
    }

    private static Next next(Checkpoint checkpoint, boolean more, long servingLimit) {
        if (checkpoint.isAtMergePoint()) {
            return Next.READY_TO_MERGE;
        }
        if (more) {
            return Next.MORE;
        }
        return checkpoint.position() < servingLimit ? Next.DONE : Next.FOLLOWS;
    }
}
