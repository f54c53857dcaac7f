package org.meowmx.subscription.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.Handling;

/**
 * The streams of which a subscription has parked events: parking and listing them, and the operations of operators.
 *
 * <p>Everything happens under the claim of the stream's segment. While one event of a stream is parked, later events of
 * it are parked too, so no event can overtake another.
 */
final class ParkedStreams {

    private final RunningTurns runningTurns;
    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final ParkedEvents parkedEvents;
    private final Delivery delivery;
    private final RecognisedEvents recognised;
    private final Predicate<String> derivedIds;

    /** @param derivedIds whether the events that handlers of a subscription append get derived ids */
    ParkedStreams(
            RunningTurns runningTurns,
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            ParkedEvents parkedEvents,
            Delivery delivery,
            RecognisedEvents recognised,
            Predicate<String> derivedIds) {
        this.runningTurns = runningTurns;
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.parkedEvents = parkedEvents;
        this.delivery = delivery;
        this.recognised = recognised;
        this.derivedIds = derivedIds;
    }

    /**
     * Parks the next event of a segment, which has failed, and moves the checkpoint past it.
     *
     * @param claimed the checkpoint, claimed by the current transaction
     * @param failure the exception, with its stack trace
     */
    void park(Checkpoint claimed, RecordedEvent event, String failure) {
        parkedEvents.park(claimed.key().subscription(), event, claimed.isWithoutEffects(), failure);
        claimed.clearFailure();
        checkpoints.advance(claimed, event.position());
    }

    /** The parked streams of a subscription whose first parked event is after a position, in the order of these events. */
    List<ParkedStream> list(String subscription, long after, int limit) {
        return claimTransaction.run(() -> parkedEvents.list(subscription, after, limit));
    }

    /** A parked stream with the whole text of its failure. */
    Optional<ParkedStream> find(String subscription, StreamId stream) {
        return claimTransaction.run(() -> parkedEvents.find(subscription, stream));
    }

    /**
     * Handles the parked events of a stream in order, each in a transaction of its own.
     *
     * @return how many were handled
     * @throws RuntimeException what an observer threw; this event and those after it stay parked
     * @throws SubscriptionConflictException if the checkpoint has the filter of another release: an observer there
     *     would miss the event
     */
    long retry(Subscription subscription, StreamId stream) {
        long handled = 0;
        try {
            while (handleFirst(subscription, stream)) {
                handled++;
            }
            return handled;
        } catch (TurnFailure e) {
            throw e.thrownByObserver();
        }
    }

    /** Returns false if no event of the stream is parked. */
    private boolean handleFirst(Subscription subscription, StreamId stream) {
        try (RunningTurns.Registration turn = runningTurns.begin(subscription.name())) {
            return claimTransaction.run(turn.limits(), () -> {
                Checkpoint claimed = claim(subscription.name(), stream);
                List<ParkedEvent> first = parkedEvents.first(subscription.name(), stream, 1);
                for (ParkedEvent event : first) {
                    requireOwnFilter(subscription, claimed);
                    parkedEvents.remove(event);
                    deliver(subscription, claimed, stream, event);
                }
                return !first.isEmpty();
            });
        }
    }

    /**
     * The event is a replay if it was parked during one. Appends search for their ids first, because an earlier attempt
     * may have appended events.
     */
    private void deliver(Subscription subscription, Checkpoint claimed, StreamId stream, ParkedEvent event) {
        Handling handling = claimed.handling(derivedIds.test(subscription.name()), event.isReplay(), true);
        delivery.deliver(subscription, stream, event.version(), handling);
        recognised.note(subscription.name(), handling);
    }

    /**
     * Discards the first parked event of a stream, and then retries the others.
     *
     * @return how many were handled
     * @throws SubscriptionConflictException as {@link #retry}, before anything is discarded: an operator who repeats
     *     the call on another node would discard a second event
     */
    long skip(Subscription subscription, StreamId stream) {
        claimTransaction.run(() -> {
            requireOwnFilter(subscription, claim(subscription.name(), stream));
            List<ParkedEvent> first = parkedEvents.first(subscription.name(), stream, 1);
            first.forEach(parkedEvents::remove);
            return first;
        });
        return retry(subscription, stream);
    }

    /** Discards all parked events of a stream; returns how many. */
    long discard(String subscription, StreamId stream) {
        return claimTransaction.run(() -> {
            // a leased page lacks events of the stream, which are delivered again from now on
            claim(subscription, stream).endLease();
            return parkedEvents.removeAll(subscription, stream);
        });
    }

    private static void requireOwnFilter(Subscription subscription, Checkpoint claimed) {
        if (!claimed.isFor(subscription)) {
            throw new SubscriptionConflictException(
                    subscription.name(),
                    "has the filter of another release; repeat the operation on a node of the newest release");
        }
    }

    private Checkpoint claim(String subscription, StreamId stream) {
        return checkpoints
                .claimSlice(subscription, stream.slice())
                .orElseThrow(() -> new SubscriptionBusyException(subscription));
    }
}
