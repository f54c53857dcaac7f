package org.meowmx.subscription.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.meowmx.EventStore;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.EventParked;
import org.meowmx.subscription.SubscriptionFailed;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.RootCause;
import org.meowmx.transaction.TransactionLimits;

/** Records the failure of a single event, and schedules its retry or parks it. */
final class Failures {

    private static final int LONGEST_TEXT = 8_000;

    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final EventStore events;
    private final ParkedStreams parkedStreams;
    private final Clock clock;

    Failures(
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            EventStore events,
            ParkedStreams parkedStreams,
            Clock clock) {
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.events = events;
        this.parkedStreams = parkedStreams;
        this.clock = clock;
    }

    /**
     * Records that the next event of a segment failed in a turn of its own.
     *
     * @return what was recorded; empty if another event is next by now, or the checkpoint has the filter of another
     *     release
     */
    Optional<RecordedFailure> recordFailure(DeclaredSegment segment, TurnFailure failure) {
        // without the timeout of turns: a turn that timed out must not prevent the record of its failure
        TransactionLimits limits =
                new TransactionLimits(segment.settings().limits().frozenAfter(), null);
        return claimTransaction.run(limits, () -> checkpoints
                .claim(segment.key())
                .filter(checkpoint -> checkpoint.isFor(segment.subscription()))
                .flatMap(checkpoint -> next(segment, checkpoint)
                        .filter(failure::isOf)
                        .map(event -> decide(segment, checkpoint, event, failure.thrown()))));
    }

    private RecordedFailure decide(
            DeclaredSegment segment, Checkpoint checkpoint, RecordedEvent event, Throwable cause) {
        int attempts = checkpoint.attempts() + 1;
        String text = text(cause);
        boolean repeated = checkpoint.lastFailure().map(Failures::firstLine).equals(Optional.of(firstLine(text)));
        Optional<Duration> delay = segment.settings().failures().delayAfter(attempts, ThreadLocalRandom.current());
        if (delay.isEmpty()) {
            parkedStreams.park(checkpoint, event, text);
            return new RecordedFailure(new EventParked(segment.name(), event), repeated);
        }
        Instant retryAt = clock.instant().plus(delay.get()).truncatedTo(ChronoUnit.MICROS);
        checkpoint.recordFailure(text, retryAt);
        SubscriptionFailed failed =
                new SubscriptionFailed(segment.name(), checkpoint.slices().first(), event, attempts, retryAt, cause);
        return new RecordedFailure(failed, repeated);
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
