package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.meowmx.ParkedStream;
import org.meowmx.StreamId;
import org.meowmx.SubscriptionBusyException;
import org.meowmx.SubscriptionConflictException;
import org.meowmx.SubscriptionStatus;
import org.meowmx.SubscriptionStatus.Segment;

/** Turns taken by hand, in the calling thread: an observer's exception is thrown and nothing is noted of it. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class CatchUp {

    @Inject
    ReadCommitted transactions;

    @Inject
    Catalog catalog;

    @Inject
    Statuses statuses;

    @Inject
    SubscriptionControl control;

    @Inject
    Turn turn;

    @Inject
    ParkedTurn parkedTurn;

    @Inject
    ParkedEvents parked;

    /** Handles everything up to the mark; returns how many events that were. */
    long toTheMark(Subscription subscription) {
        return statuses.of(subscription.name()).segments().stream()
                .mapToLong(segment -> segmentTo(subscription, segment, Long.MAX_VALUE))
                .sum();
    }

    private long segmentTo(Subscription subscription, Segment segment, long position) {
        Checkpoint.Key key = new Checkpoint.Key(subscription.name(), (short) segment.firstSlice());
        Turn.Order order = Turn.Order.whole(subscription, catalog.settings(subscription.name()), key)
                .upTo(position)
                .byHand();
        long handled = 0;
        Turn.Outcome outcome;
        do {
            outcome = take(order);
            handled += outcome.handled();
        } while (outcome.result() == Turn.Result.MORE);
        return handled;
    }

    private Turn.Outcome take(Turn.Order order) {
        Turn.Outcome outcome;
        try {
            outcome = turn.take(order);
        } catch (TurnFailure e) {
            throw thrownBy(e);
        }
        if (outcome.result() == Turn.Result.BUSY) {
            throw new SubscriptionBusyException(order.subscription().name());
        }
        return outcome;
    }

    /** What the observer threw. */
    private static RuntimeException thrownBy(TurnFailure failure) {
        if (failure.thrown() instanceof Error error) {
            throw error;
        }
        return failure.thrown() instanceof RuntimeException thrown ? thrown : failure;
    }

    /**
     * Changes the segments; where ranges are joined, all others stand still while the slower ones come up to the fastest.
     */
    void changeSegments(Subscription subscription, int count) {
        if (control.changeSegments(subscription.name(), count)) {
            return;
        }
        boolean wasPaused = statuses.of(subscription.name()).state() == SubscriptionStatus.State.PAUSED;
        control.pause(subscription.name());
        try {
            List<Segment> segments = statuses.of(subscription.name()).segments();
            long fastest = segments.stream().mapToLong(Segment::position).max().orElse(0);
            segments.forEach(segment -> segmentTo(subscription, segment, fastest));
            if (!control.changeSegments(subscription.name(), count)) {
                throw new SubscriptionConflictException(
                        subscription.name(), "was resumed while its segments were joined; change them again");
            }
        } finally {
            if (!wasPaused) {
                control.resume(subscription.name());
            }
        }
    }

    /** Handles the parked events of a stream; returns how many. */
    long parkedStream(Subscription subscription, StreamId stream) {
        long handled = 0;
        try {
            while (parkedTurn.handleFirst(subscription, stream)) {
                handled++;
            }
            return handled;
        } catch (TurnFailure e) {
            throw thrownBy(e);
        }
    }

    /** Drops the first parked event of a stream and handles the others; returns how many. */
    long parkedStreamWithoutFirst(Subscription subscription, StreamId stream) {
        parkedTurn.dropFirst(subscription.name(), stream);
        return parkedStream(subscription, stream);
    }

    /** Drops all parked events of a stream; returns how many. */
    long drop(Subscription subscription, StreamId stream) {
        return parkedTurn.dropAll(subscription.name(), stream);
    }

    List<ParkedStream> parked(String name) {
        return transactions.run(() -> parked.list(name));
    }
}
