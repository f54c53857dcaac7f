package org.meowmx.subscription.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.meowmx.EventStore;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.EventParked;
import org.meowmx.subscription.SubscriptionDelayed;
import org.meowmx.subscription.SubscriptionFailed;
import org.meowmx.subscription.engine.declaration.Backoff;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.RootCause;
import org.meowmx.transaction.TransactionLimits;

/**
 * Records failures: that of a single event, which is retried later or parked, and transient ones, which only postpone the
 * next turn.
 */
final class Failures {

    private static final int LONGEST_TEXT = 8_000;

    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final EventStore events;
    private final ParkedStreams parkedStreams;
    private final RetryTimes retryTimes;

    Failures(
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            EventStore events,
            ParkedStreams parkedStreams,
            RetryTimes retryTimes) {
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.events = events;
        this.parkedStreams = parkedStreams;
        this.retryTimes = retryTimes;
    }

    /**
     * Records a failure: that of the next event of a segment in a turn of its own, or a transient one.
     *
     * @return what was recorded; empty if another event is next now, another worker has the claim, or the checkpoint
     *     has the filter of another release
     */
    Optional<RecordedFailure> recordFailure(DeclaredSegment segment, TurnFailure failure) {
        // without the timeout of turns: a turn that timed out must not prevent the record of its failure
        TransactionLimits limits =
                new TransactionLimits(segment.settings().limits().frozenAfter(), null);
        return claimTransaction.run(limits, () -> checkpoints
                .claim(segment.key())
                .filter(checkpoint -> checkpoint.isFor(segment.subscription()))
                .flatMap(checkpoint -> record(segment, checkpoint, failure)));
    }

    private Optional<RecordedFailure> record(DeclaredSegment segment, Checkpoint checkpoint, TurnFailure failure) {
        if (failure.position() <= checkpoint.position()) {
            return Optional.empty();
        }
        String text = text(failure.thrown());
        boolean repeated = checkpoint.lastFailure().map(Failures::firstLine).equals(Optional.of(firstLine(text)));
        if (failure.isTransient()) {
            return Optional.of(new RecordedFailure(delay(segment, checkpoint, failure.thrown(), text), repeated));
        }
        return next(segment, checkpoint)
                .filter(failure::isOf)
                .map(event -> decide(segment, checkpoint, event, failure.thrown(), text))
                .map(sent -> new RecordedFailure(sent, repeated));
    }

    /** Postpones the next turn. The wait grows with the time since the first transient failure in a row. */
    private SubscriptionDelayed delay(DeclaredSegment segment, Checkpoint checkpoint, Throwable cause, String text) {
        Instant now = retryTimes.now();
        Instant since = checkpoint.delayedSince(now);
        Backoff backoff = segment.settings().failures().backoff();
        Instant retryAt = now.plus(backoff.afterFailingFor(Duration.between(since, now), ThreadLocalRandom.current()));
        checkpoint.delay(text, retryAt, now);
        return new SubscriptionDelayed(segment.name(), checkpoint.slices().first(), since, retryAt, cause);
    }

    /** Counts an attempt of an event: schedules its retry, or parks it. */
    Object decide(DeclaredSegment segment, Checkpoint checkpoint, RecordedEvent event, Throwable cause, String text) {
        int attempts = checkpoint.attempts() + 1;
        Optional<Duration> delay = segment.settings().failures().delayAfter(attempts, ThreadLocalRandom.current());
        if (delay.isEmpty()) {
            parkedStreams.park(checkpoint, event, text);
            return new EventParked(segment.name(), event);
        }
        Instant retryAt = retryTimes.now().plus(delay.get());
        checkpoint.recordFailure(text, retryAt);
        return new SubscriptionFailed(segment.name(), checkpoint.slices().first(), event, attempts, retryAt, cause);
    }

    /**
     * The next event. The claim was free after the turn was rolled back, so another node may have handled the event, or
     * an operator may have moved the checkpoint or requested a merge at an earlier position. Then there is nothing to
     * record.
     */
    private Optional<RecordedEvent> next(DeclaredSegment segment, Checkpoint checkpoint) {
        return events
                .readPage(
                        segment.subscription()
                                .query(checkpoint.slices(), checkpoint.position(), checkpoint.readLimit()),
                        1)
                .events()
                .stream()
                .findFirst();
    }

    /** The root cause and its stack trace, cut to what is stored. PostgreSQL's type text cannot hold U+0000. */
    private static String text(Throwable thrown) {
        String text = RootCause.trace(thrown);
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT)).replace('\0', '\uFFFD');
    }

    private static String firstLine(String text) {
        return text.split("\n", 2)[0];
    }
}
