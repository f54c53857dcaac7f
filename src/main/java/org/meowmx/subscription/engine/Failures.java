package org.meowmx.subscription.engine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meowmx.EventStore;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.EventParked;
import org.meowmx.subscription.SubscriptionDelayed;
import org.meowmx.subscription.SubscriptionFailed;
import org.meowmx.subscription.engine.declaration.Backoff;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.TransactionLimits;

/**
 * Records failures: that of a single event, which is retried later or parked, and transient ones, which only postpone the
 * next turn.
 */
final class Failures {

    private static final int LONGEST_TEXT = 8_000;
    private static final int DEEPEST_CAUSE = 20;

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
     * @return the notification to send: {@link EventParked} if the segment can continue at once,
     *     {@link SubscriptionFailed} if it waits for a retry of the event, {@link SubscriptionDelayed} if it waits after
     *     a transient failure; empty if another event is next by now, another worker has the claim, or the checkpoint
     *     has the filter of another release
     */
    Optional<Object> recordFailure(DeclaredSegment segment, TurnFailure failure) {
        if (failure.isTransient()) {
            return underClaim(segment, checkpoint -> Optional.of(delay(segment, checkpoint, failure.thrown())));
        }
        return underClaim(segment, checkpoint -> next(segment, checkpoint)
                .filter(failure::isOf)
                .map(event -> decide(segment, checkpoint, event, failure.thrown())));
    }

    /** Postpones the next turn. The wait grows with the time since the first transient failure in a row. */
    private SubscriptionDelayed delay(DeclaredSegment segment, Checkpoint checkpoint, Throwable cause) {
        Instant now = retryTimes.now();
        Instant since = checkpoint.delayedSince(now);
        Backoff backoff = segment.settings().failures().backoff();
        Instant retryAt =
                now.plus(backoff.afterFailingFor(Duration.between(since, now), ThreadLocalRandom.current()));
        checkpoint.delay(text(cause), retryAt, now);
        return new SubscriptionDelayed(segment.name(), checkpoint.slices().first(), since, retryAt, cause);
    }

    private Optional<Object> underClaim(DeclaredSegment segment, Function<Checkpoint, Optional<Object>> record) {
        // without the timeout of turns: a turn that timed out must not prevent the record of its failure
        TransactionLimits limits =
                new TransactionLimits(segment.settings().limits().frozenAfter(), null);
        return claimTransaction.run(limits, () -> checkpoints
                .claim(segment.key())
                .filter(checkpoint -> checkpoint.isFor(segment.subscription()))
                .flatMap(record));
    }

    private Object decide(DeclaredSegment segment, Checkpoint checkpoint, RecordedEvent event, Throwable cause) {
        int attempts = checkpoint.attempts() + 1;
        Optional<Duration> delay = segment.settings().failures().delayAfter(attempts, ThreadLocalRandom.current());
        if (delay.isEmpty()) {
            parkedStreams.park(checkpoint, event, text(cause));
            return new EventParked(segment.name(), event);
        }
        Instant retryAt = retryTimes.now().plus(delay.get());
        checkpoint.recordFailure(text(cause), retryAt);
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

    /**
     * The stack trace. If it is too long to be stored, the messages of all causes precede it, so that the root cause is
     * not cut off. PostgreSQL's type text cannot hold U+0000.
     */
    private static String text(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        String text = trace.getBuffer().length() <= LONGEST_TEXT ? trace.toString() : causes(thrown) + trace;
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT)).replace('\0', '\uFFFD');
    }

    /** The number of causes is limited, because a chain of causes may be a circle. */
    private static String causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .map(cause -> cause + "\n")
                .collect(Collectors.joining("caused by "));
    }
}
