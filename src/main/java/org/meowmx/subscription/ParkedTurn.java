package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.util.List;
import org.meowmx.EventStore;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.SubscriptionBusyException;

/**
 * Handles parked events, one per transaction. Each holds the claim of the stream's segment, so that no later event of the
 * stream can overtake: as long as one is parked those that come follow it.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class ParkedTurn {

    @Inject
    Catalog catalog;

    @Inject
    ReadCommitted transactions;

    @Inject
    Checkpoints checkpoints;

    @Inject
    ParkedEvents parked;

    @Inject
    EventStore events;

    @Inject
    Dispatcher dispatcher;

    @Inject
    TurnsAtHand turns;

    @Inject
    TransactionTimeout timeout;

    /**
     * Handles the first parked event of a stream.
     *
     * @return false when none is parked
     * @throws TurnFailure when an observer threw; the event stays parked
     */
    @ActivateRequestContext
    public boolean handleFirst(Subscription subscription, StreamId stream) {
        TurnLimits limits = catalog.settings(subscription.name()).limits();
        return turns.during(
                subscription.name(),
                limits,
                () -> timeout.during(
                        limits.transactionTimeout(),
                        () -> transactions.runWithin(limits.frozenAfter(), () -> handle(subscription, stream))));
    }

    private boolean handle(Subscription subscription, StreamId stream) {
        claim(subscription.name(), stream);
        List<ParkedEvent> waiting = parked.of(subscription.name(), stream);
        if (waiting.isEmpty()) {
            return false;
        }
        ParkedEvent first = waiting.get(0);
        parked.remove(first);
        dispatcher.dispatch(subscription, List.of(recorded(stream, first.version())), true);
        return true;
    }

    /** Drops the first parked event of a stream, or all of them; returns how many. */
    long drop(String subscription, StreamId stream, int most) {
        return transactions.run(() -> {
            claim(subscription, stream);
            List<ParkedEvent> dropped =
                    parked.of(subscription, stream).stream().limit(most).toList();
            dropped.forEach(parked::remove);
            return (long) dropped.size();
        });
    }

    private RecordedEvent recorded(StreamId stream, long version) {
        return events.read(stream, StreamRange.all().from(version).to(version))
                .first()
                .orElseThrow();
    }

    private void claim(String subscription, StreamId stream) {
        if (!checkpoints.claimSlice(subscription, stream.slice())) {
            throw new SubscriptionBusyException(subscription);
        }
    }
}
