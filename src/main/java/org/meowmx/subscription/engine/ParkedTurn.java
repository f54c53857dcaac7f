package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.meowmx.EventStore;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.TransactionLimits;

/**
 * Handles parked events, one per transaction. Each holds the claim of the stream's segment, so that no later event of the
 * stream can overtake: as long as one is parked those that come follow it.
 */
@ApplicationScoped
class ParkedTurn {

    @Inject
    SubscriptionRegistry catalog;

    @Inject
    ClaimTransaction transactions;

    @Inject
    RunningTurns limited;

    @Inject
    Checkpoints checkpoints;

    @Inject
    ParkedEvents parked;

    @Inject
    EventStore events;

    @Inject
    Dispatcher dispatcher;

    /**
     * Handles the first parked event of a stream.
     *
     * @return false when none is parked
     * @throws TurnFailure when an observer threw; the event stays parked
     * @throws SubscriptionConflictException when the subscription is read under another filter: an observer of
     *     another release would be passed by
     */
    public boolean handleFirst(Subscription subscription, StreamId stream) {
        TransactionLimits limits = catalog.settings(subscription.name()).limits();
        return limited.run(subscription.name(), limits, () -> handle(subscription, stream));
    }

    private boolean handle(Subscription subscription, StreamId stream) {
        Checkpoint claimed = claim(subscription.name(), stream);
        List<ParkedEvent> first = parked.first(subscription.name(), stream, 1);
        for (ParkedEvent event : first) {
            requireFor(subscription, claimed);
            parked.remove(event);
            dispatcher.dispatch(subscription, List.of(recorded(stream, event.version())), true);
        }
        return !first.isEmpty();
    }

    private static void requireFor(Subscription subscription, Checkpoint claimed) {
        if (!claimed.isFor(subscription)) {
            throw new SubscriptionConflictException(
                    subscription.name(),
                    "is read under another filter than this node's; do it on a node of the newest release");
        }
    }

    /**
     * Drops the first parked event of a stream, after which the others are to be handled; returns how many that were.
     *
     * @throws SubscriptionConflictException as {@link #handleFirst}: who does it again elsewhere would drop one more
     */
    long dropFirst(Subscription subscription, StreamId stream) {
        return transactions.run(() -> {
            requireFor(subscription, claim(subscription.name(), stream));
            List<ParkedEvent> first = parked.first(subscription.name(), stream, 1);
            first.forEach(parked::remove);
            return (long) first.size();
        });
    }

    /** Drops all parked events of a stream; returns how many that were. */
    long dropAll(String subscription, StreamId stream) {
        return transactions.run(() -> {
            claim(subscription, stream);
            return parked.removeAll(subscription, stream);
        });
    }

    private RecordedEvent recorded(StreamId stream, long version) {
        return events.read(stream, StreamRange.all().from(version).to(version))
                .first()
                .orElseThrow();
    }

    private Checkpoint claim(String subscription, StreamId stream) {
        return checkpoints
                .claimSlice(subscription, stream.slice())
                .orElseThrow(() -> new SubscriptionBusyException(subscription));
    }
}
