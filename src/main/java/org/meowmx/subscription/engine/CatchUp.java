package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.meowmx.StreamId;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionStatus.Segment;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;
import org.meowmx.transaction.ClaimTransaction;

/** Turns taken by hand, in the calling thread: an observer's exception is thrown and nothing is noted of it. */
@ApplicationScoped
class CatchUp {

    @Inject
    ClaimTransaction transactions;

    @Inject
    SubscriptionRegistry catalog;

    @Inject
    StatusReader statuses;

    @Inject
    SegmentLayout division;

    @Inject
    Turn turn;

    @Inject
    ParkedTurn parkedTurn;

    @Inject
    ParkedEvents parked;

    /** Handles everything up to the mark; returns how many events that were. */
    long toTheMark(Subscription subscription) {
        long handled = 0;
        boolean met;
        do {
            met = false;
            for (Segment segment : statuses.of(subscription.name()).segments()) {
                Turn.Outcome outcome = takeAll(subscription, segment);
                handled += outcome.handled();
                met |= outcome.result() == Turn.Result.MET;
            }
            if (met) {
                division.join(subscription.name());
            }
        } while (met);
        return handled;
    }

    /** How a segment's turns ended, with all events that they handled. */
    private Turn.Outcome takeAll(Subscription subscription, Segment segment) {
        SubscriptionSettings settings = catalog.settings(subscription.name());
        Checkpoint.Key key = new Checkpoint.Key(subscription.name(), (short) segment.firstSlice());
        Turn.Order order = Turn.Order.whole(subscription, settings, key).byHand();
        PageSize size = new PageSize(settings.batchSize());
        long handled = 0;
        Turn.Outcome outcome;
        do {
            outcome = size.take(order, this::take);
            handled += outcome.handled();
        } while (outcome.result() == Turn.Result.MORE);
        return outcome.after(handled);
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
        parkedTurn.dropFirst(subscription, stream);
        return parkedStream(subscription, stream);
    }

    /** Drops all parked events of a stream; returns how many. */
    long drop(String subscription, StreamId stream) {
        return parkedTurn.dropAll(subscription, stream);
    }

    List<ParkedStream> parked(String name) {
        return transactions.run(() -> parked.list(name, Subscriptions.MOST_PARKED));
    }
}
