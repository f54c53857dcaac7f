package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.meowmx.EventStore;
import org.meowmx.LogPage;
import org.meowmx.RecordedEvent;
import org.meowmx.StoreClock;
import org.meowmx.StreamId;
import org.meowmx.subscription.engine.cluster.Node;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;
import org.meowmx.transaction.TransactionLimits;

/** One turn of a segment: one transaction that handles one page of events and moves the checkpoint. */
@ApplicationScoped
class Turn {

    @Inject
    RunningTurns transaction;

    @Inject
    Checkpoints checkpoints;

    @Inject
    ParkedEvents parked;

    @Inject
    EventStore events;

    @Inject
    Dispatcher dispatcher;

    @Inject
    @StoreClock
    Clock clock;

    @Inject
    Node node;

    /** What came of a turn. */
    enum Result {
        /** Another worker holds the segment, or it is gone, or it is meant for another release. */
        BUSY,
        /** There may be more to read. */
        MORE,
        /** Everything that the order allows is handled. */
        DONE,
        /** It stands where it is to be joined with other segments. */
        MET
    }

    /**
     * How a turn ended.
     *
     * @param result whether to go on
     * @param handled how many events were handled or parked
     * @param recovered whether the segment got past what it had failed at
     * @param position where the checkpoint is
     */
    record Outcome(Result result, long handled, boolean recovered, long position) {

        static final Outcome BUSY = new Outcome(Result.BUSY, 0, false, 0);

        /** The end of several turns that have handled so many events. */
        Outcome after(long events) {
            return new Outcome(result, events, recovered, position);
        }
    }

    /**
     * What a turn is to do.
     *
     * @param size how many events at most
     * @param upTo up to which position at most
     * @param limits how long it may last
     * @param evenIfPaused whether an operator's hand is behind it
     */
    record Order(
            Subscription subscription,
            Checkpoint.Key segment,
            int size,
            long upTo,
            TransactionLimits limits,
            boolean evenIfPaused) {

        /** Everything that a subscription's worker may do in one turn. */
        static Order whole(Subscription subscription, SubscriptionSettings settings, Checkpoint.Key segment) {
            return new Order(subscription, segment, settings.batchSize(), Long.MAX_VALUE, settings.limits(), false);
        }

        Order of(int events) {
            return new Order(subscription, segment, events, upTo, limits, evenIfPaused);
        }

        Order upTo(long position) {
            return new Order(subscription, segment, size, position, limits, evenIfPaused);
        }

        Order byHand() {
            return new Order(subscription, segment, size, upTo, limits, true);
        }
    }

    /**
     * Takes a turn.
     *
     * @throws TurnFailure when an observer threw, or the turn failed otherwise, as at its commit; all of it is rolled back
     */
    public Outcome take(Order order) {
        List<RecordedEvent> read = new ArrayList<>();
        try {
            return transaction.run(order.subscription().name(), order.limits(), () -> claimAndHandle(order, read));
        } catch (TurnFailure e) {
            throw e;
        } catch (Throwable e) {
            boolean alone = read.size() == 1;
            throw new TurnFailure(alone ? read.get(0) : null, alone, e);
        }
    }

    private Outcome claimAndHandle(Order order, List<RecordedEvent> read) {
        return checkpoints
                .claim(order.segment())
                .map(checkpoint -> handle(order, checkpoint, read))
                .orElse(Outcome.BUSY);
    }

    private Outcome handle(Order order, Checkpoint checkpoint, List<RecordedEvent> read) {
        if (!checkpoint.isFor(order.subscription())) {
            return Outcome.BUSY;
        }
        // it may have failed, or been paused, since it was found to be due
        if (checkpoint.isAtRest(clock.instant()) && !order.evenIfPaused()) {
            return new Outcome(Result.DONE, 0, false, checkpoint.position());
        }
        if (checkpoint.hasMet()) {
            return new Outcome(Result.MET, 0, false, checkpoint.position());
        }
        int size = checkpoint.isFailing() ? 1 : order.size();
        long upTo = Math.min(order.upTo(), checkpoint.limit());
        LogPage page =
                events.readPage(order.subscription().query(checkpoint.slices(), checkpoint.position(), upTo), size);
        read.addAll(page.events());
        Set<StreamId> aside = checkpoint.hasParkedEvents()
                ? parked.streamsAmong(order.subscription().name(), page.events())
                : Set.of();
        long readTo = deliver(order.subscription(), page, aside);
        long done = page.events().stream()
                .filter(event -> event.position() <= readTo)
                .count();
        boolean recovered = checkpoint.isFailing() && done > 0;
        checkpoint.advanceTo(readTo, node.name());
        if (recovered) {
            checkpoint.succeeded();
        }
        boolean more = readTo < page.readTo() || page.next() != null;
        return new Outcome(result(checkpoint, more), done, recovered, checkpoint.position());
    }

    /**
     * Delivers a page, or its beginning where that takes long; returns up to which position.
     *
     * @param aside the streams with parked events, which their later events follow
     */
    private long deliver(Subscription subscription, LogPage page, Set<StreamId> aside) {
        List<RecordedEvent> free = page.events().stream()
                .filter(event -> !aside.contains(event.stream()))
                .toList();
        int count = dispatcher.dispatch(subscription, free, page.events().size() == 1);
        long readTo = count == free.size() ? page.readTo() : free.get(count - 1).position();
        page.events().stream()
                .filter(event -> event.position() <= readTo && aside.contains(event.stream()))
                .forEach(event -> parked.park(subscription.name(), event, null));
        return readTo;
    }

    private static Result result(Checkpoint checkpoint, boolean more) {
        if (checkpoint.hasMet()) {
            return Result.MET;
        }
        return more ? Result.MORE : Result.DONE;
    }
}
