package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;
import org.meowmx.SequenceResetException;
import org.meowmx.subscription.SubscriptionCaughtUp;
import org.meowmx.subscription.SubscriptionRecovered;
import org.meowmx.subscription.engine.TurnResult.Next;
import org.meowmx.transaction.RootCause;

/**
 * Takes turns of one segment until nothing is left to read, or an event fails in a turn of its own. Never throws.
 *
 * <p>If a turn of several events fails, the worker first handles and commits the events before the failing one, and
 * then tries the failing event alone. If the failure does not tell which event caused it, the worker tries the events
 * one by one. After a transient failure no event is to blame: the worker takes the turn again at once, and if that fails
 * too, the segment waits.
 *
 * <p>If the log has an event that a handler appends, an earlier attempt has stored it. No event is to blame then either: the worker
 * takes turns of one event with look-ups.
 */
final class SegmentWorker {

    private static final Logger LOG = System.getLogger(SegmentWorker.class.getName());

    private static final String MOVED_ON = "the checkpoint has moved meanwhile, so no attempt is counted";

    private final DeclaredSegment segment;
    private final SegmentSteps steps;
    private final Consumer<Object> notifications;
    private final UnrecordedFailures unrecorded;
    private final BooleanSupplier stopped;
    private final PageSize pageSize;
    private long handled;
    private boolean follows;

    /** Whether the last turn ended in a transient failure. */
    private boolean disturbed;

    SegmentWorker(
            DeclaredSegment segment,
            SegmentSteps steps,
            Consumer<Object> notifications,
            UnrecordedFailures unrecorded,
            BooleanSupplier stopped) {
        this.segment = segment;
        this.steps = steps;
        this.notifications = notifications;
        this.unrecorded = unrecorded;
        this.stopped = stopped;
        this.pageSize = new PageSize(segment.settings().batchSize());
    }

    /**
     * Works until nothing is left to do.
     *
     * @return how many events were handled, and whether more of them wait for the version that serves
     */
    Poller.Result run() {
        try {
            boolean repeat = true;
            while (repeat && !stopped.getAsBoolean()) {
                repeat = takeTurns();
            }
            unrecorded.clear(segment.key());
        } catch (SequenceResetException e) {
            // the store logs it once and health shows it, so repeats at each poll are logged at a lower level
            LOG.log(
                    Level.DEBUG,
                    "Subscription '%s' waits until the sequence of positions is repaired".formatted(segment.name()),
                    e);
        } catch (Throwable e) {
            Duration wait = unrecorded.add(segment);
            LOG.log(
                    Level.WARNING,
                    "A turn of subscription '%s' failed (segment at slice %d), and the failure could not be recorded: %s. No attempt is counted. This node retries in %s"
                            .formatted(segment.name(), segment.key().firstSlice(), RootCause.line(e), wait),
                    e);
        }
        return new Poller.Result(handled, follows);
    }

    private TurnRequest batch() {
        return TurnRequest.of(segment);
    }

    private TurnRequest singleEvent() {
        return batch().ofSize(1).withLookUps();
    }

    /** Takes turns of whole batches. Returns whether to repeat that, because a failure was settled. */
    private boolean takeTurns() {
        try {
            takeTurns(batch(), Long.MAX_VALUE);
            return false;
        } catch (TurnFailure e) {
            return e.isExplained() ? settle(e) : isolate(e.event());
        }
    }

    private boolean isolate(@Nullable RecordedEvent failing) {
        try {
            if (failing == null) {
                takeTurns(singleEvent(), pageSize.get());
            } else {
                takeTurns(batch().upTo(failing.position() - 1), Long.MAX_VALUE);
                takeTurns(singleEvent(), 1);
            }
            return true;
        } catch (TurnFailure e) {
            if (e.isExplained()) {
                return settle(e);
            }
            if (failing == null) {
                // not even a turn of one event reached its event, so no event is to blame
                throw e;
            }
            return isolate(e.event());
        }
    }

    private void takeTurns(TurnRequest request, long most) {
        long before = handled;
        for (long taken = 0; taken < most && !stopped.getAsBoolean(); taken++) {
            TurnResult result =
                    request.size() == 1 ? steps.turn().apply(request) : pageSize.measure(request, steps.turn());
            disturbed = false;
            handled += result.handled();
            follows = result.next() == Next.FOLLOWS;
            notifyOf(result, handled - before);
            if (!continuesAfter(result.next())) {
                return;
            }
        }
    }

    /**
     * A merged segment may have more to read than its parts had, so the worker continues with it. The worker of the first segment
     * carries out a requested operation.
     */
    private boolean continuesAfter(Next next) {
        return switch (next) {
            case MORE -> true;
            case READY_TO_MERGE -> steps.merge().test(segment.name());
            case OPERATION_REQUESTED ->
                segment.key().firstSlice() == 0 && steps.operation().test(segment.subscription());
            case BUSY, DONE, FOLLOWS -> false;
        };
    }

    private void notifyOf(TurnResult result, long events) {
        if (result.recovered()) {
            notifications.accept(
                    new SubscriptionRecovered(segment.name(), segment.key().firstSlice()));
        }
        if ((result.next() == Next.DONE || result.next() == Next.FOLLOWS)
                && events > segment.settings().batchSize()) {
            notifications.accept(
                    new SubscriptionCaughtUp(segment.name(), segment.key().firstSlice(), result.position()));
        }
    }

    /**
     * Returns whether to take turns again at once: the event was parked, or the failure is the first transient one in a
     * row, such as a deadlock or a connection that the server has closed.
     */
    private boolean settle(TurnFailure failure) {
        if (failure.isTransient() && !disturbed) {
            disturbed = true;
            return true;
        }
        return record(failure);
    }

    /** Returns whether the segment can continue at once, because the event was parked. */
    private boolean record(TurnFailure failure) {
        Optional<RecordedFailure> recorded = steps.failure().apply(segment, failure);
        log(failure, recorded);
        recorded.map(RecordedFailure::notification).ifPresent(notifications);
        return recorded.filter(RecordedFailure::isParked).isPresent();
    }

    /** Logs the stack trace once, because a blocked subscription repeats the same failure until its cause is corrected. */
    private void log(TurnFailure failure, Optional<RecordedFailure> recorded) {
        String text = "Subscription '%s' failed at %s: %s; %s"
                .formatted(
                        segment.name(),
                        failure.event(),
                        RootCause.line(failure.thrown()),
                        recorded.map(RecordedFailure::consequence).orElse(MOVED_ON));
        if (recorded.filter(RecordedFailure::repeated).isPresent()) {
            LOG.log(Level.WARNING, text);
        } else {
            LOG.log(Level.WARNING, text, failure.thrown());
        }
    }
}
