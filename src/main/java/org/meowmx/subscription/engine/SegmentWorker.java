package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.SubscriptionCaughtUp;
import org.meowmx.subscription.SubscriptionRecovered;
import org.meowmx.subscription.engine.TurnResult.Next;
import org.meowmx.transaction.RootCause;

/**
 * Takes turns of one segment until nothing is left to read, or an event fails in a turn of its own. Never throws.
 *
 * <p>If a turn of several events fails, the worker first handles and commits the events before the failing one, and
 * then tries the failing event alone. If the failure does not tell which event caused it, the worker tries the events
 * one by one.
 */
final class SegmentWorker {

    private static final Logger LOG = System.getLogger(SegmentWorker.class.getName());

    private static final String MOVED_ON = "the checkpoint has moved meanwhile, so no attempt is counted";

    private final DeclaredSegment segment;
    private final SegmentSteps steps;
    private final Consumer<Object> notifications;
    private final BooleanSupplier stopped;
    private final PageSize pageSize;
    private long handled;

    SegmentWorker(
            DeclaredSegment segment, SegmentSteps steps, Consumer<Object> notifications, BooleanSupplier stopped) {
        this.segment = segment;
        this.steps = steps;
        this.notifications = notifications;
        this.stopped = stopped;
        this.pageSize = new PageSize(segment.settings().batchSize());
    }

    /**
     * Works until nothing is left to do.
     *
     * @return how many events were handled
     */
    long run() {
        try {
            boolean repeat = true;
            while (repeat && !stopped.getAsBoolean()) {
                repeat = takeTurns();
            }
        } catch (Throwable e) {
            LOG.log(
                    Level.WARNING,
                    "Subscription '%s' could not take a turn of the segment at slice %d: %s. No event is to blame, so no attempt is counted, and the next poll retries it"
                            .formatted(segment.name(), segment.key().firstSlice(), RootCause.line(e)),
                    e);
        }
        return handled;
    }

    private TurnRequest batch() {
        return TurnRequest.of(segment);
    }

    private TurnRequest singleEvent() {
        return batch().ofSize(1);
    }

    /** Takes turns of whole batches; returns whether to repeat that, because a failure was dealt with. */
    private boolean takeTurns() {
        try {
            takeTurns(batch(), Long.MAX_VALUE);
            return false;
        } catch (TurnFailure e) {
            return e.alone() ? record(e) : isolate(e.event());
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
            if (e.alone()) {
                return record(e);
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
            handled += result.handled();
            notifyOf(result, handled - before);
            if (!continuesAfter(result.next())) {
                return;
            }
        }
    }

    /** A merged segment may have more to read than its parts had, so the worker continues with it. */
    private boolean continuesAfter(Next next) {
        return switch (next) {
            case MORE -> true;
            case READY_TO_MERGE -> steps.merge().test(segment.name());
            case BUSY, DONE -> false;
        };
    }

    private void notifyOf(TurnResult result, long events) {
        if (result.recovered()) {
            notifications.accept(
                    new SubscriptionRecovered(segment.name(), segment.key().firstSlice()));
        }
        if (result.next() == Next.DONE && events > segment.settings().batchSize()) {
            notifications.accept(
                    new SubscriptionCaughtUp(segment.name(), segment.key().firstSlice(), result.position()));
        }
    }

    /** Returns whether the segment can continue at once, because the event was parked. */
    private boolean record(TurnFailure failure) {
        Optional<RecordedFailure> recorded = steps.failure().apply(segment, failure);
        log(failure, recorded);
        recorded.map(RecordedFailure::notification).ifPresent(notifications);
        return recorded.filter(RecordedFailure::isParked).isPresent();
    }

    /** The stack trace comes once: a blocked subscription repeats the same failure until somebody corrects the cause. */
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
