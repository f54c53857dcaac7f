package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.EventParked;
import org.meowmx.subscription.SubscriptionCaughtUp;
import org.meowmx.subscription.SubscriptionRecovered;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;

/**
 * Takes turns of one segment until nothing is left, or an event fails on its own. Never throws.
 *
 * <p>When a turn of several events fails, the events before the failing one are handled again without it and committed, then it
 * is tried alone; when the failure does not say which event it was, all are tried alone, one after the other.
 */
final class SegmentWorker {

    private static final Logger LOG = System.getLogger(SegmentWorker.class.getName());

    private final Subscription subscription;
    private final SubscriptionSettings settings;
    private final Checkpoint.Key segment;
    private final Turn turn;
    private final Failures failures;
    private final SegmentLayout division;
    private final Consumer<Object> notifications;
    private final BooleanSupplier stopped;
    private final PageSize pageSize;
    private long handled;

    SegmentWorker(Subscription subscription, SubscriptionSettings settings, Checkpoint.Key segment, Crew crew) {
        this.subscription = subscription;
        this.settings = settings;
        this.pageSize = new PageSize(settings.batchSize());
        this.segment = segment;
        this.turn = crew.turn();
        this.failures = crew.failures();
        this.division = crew.division();
        this.notifications = crew.notifications();
        this.stopped = crew.stopped();
    }

    /** Whom all workers of a node work with. */
    record Crew(
            Turn turn,
            Failures failures,
            SegmentLayout division,
            Consumer<Object> notifications,
            PollLoopWatchdog heartbeat,
            BooleanSupplier stopped) {}

    /**
     * Works until nothing is left to do.
     *
     * @return how many events were handled
     */
    long run() {
        try {
            boolean goOn = true;
            while (goOn && !stopped.getAsBoolean()) {
                goOn = takeTurns();
            }
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "Subscription '%s' could not take its turn".formatted(subscription.name()), e);
        }
        return handled;
    }

    private Turn.Order order() {
        return Turn.Order.whole(subscription, settings, segment);
    }

    /** Takes whole turns; returns whether to go on after a failure that was dealt with. */
    private boolean takeTurns() {
        try {
            takeTurns(order(), Long.MAX_VALUE);
            return false;
        } catch (TurnFailure e) {
            return e.alone() ? note(e) : isolate(e.event());
        }
    }

    private boolean isolate(@Nullable RecordedEvent failing) {
        try {
            if (failing == null) {
                takeTurns(order().of(1), pageSize.get());
            } else {
                takeTurns(order().upTo(failing.position() - 1), Long.MAX_VALUE);
                takeTurns(order().of(1), 1);
            }
            return true;
        } catch (TurnFailure e) {
            if (e.alone()) {
                return note(e);
            }
            if (failing == null) {
                // not even an event alone came to its turn: it is no event's failure
                throw e;
            }
            return isolate(e.event());
        }
    }

    private void takeTurns(Turn.Order order, long most) {
        long before = handled;
        for (long taken = 0; taken < most && !stopped.getAsBoolean(); taken++) {
            Turn.Outcome outcome = order.size() == 1 ? turn.take(order) : pageSize.take(order, turn::take);
            handled += outcome.handled();
            tell(outcome, handled - before);
            if (!goesOnAfter(outcome.result())) {
                return;
            }
        }
    }

    /** Joins segments that have met; what is joined may have more to read than its parts had. */
    private boolean goesOnAfter(Turn.Result result) {
        return switch (result) {
            case MORE -> true;
            case MET -> division.join(subscription.name());
            case BUSY, DONE -> false;
        };
    }

    private void tell(Turn.Outcome outcome, long events) {
        if (outcome.recovered()) {
            notifications.accept(new SubscriptionRecovered(subscription.name(), segment.firstSlice()));
        }
        if (outcome.result() == Turn.Result.DONE && events > settings.batchSize()) {
            notifications.accept(
                    new SubscriptionCaughtUp(subscription.name(), segment.firstSlice(), outcome.position()));
        }
    }

    private boolean note(TurnFailure failure) {
        LOG.log(
                Level.WARNING,
                "Subscription '%s' failed at %s".formatted(subscription.name(), failure.event()),
                failure.thrown());
        Optional<Object> notification = failures.note(subscription, settings, segment, failure);
        notification.ifPresent(notifications);
        return notification.filter(EventParked.class::isInstance).isPresent();
    }
}
