package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Consumer;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.SubscriptionRepositioned;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.TransactionLimits;

/** What an operator does to the checkpoints of a subscription, each in one transaction, waiting for the turns at hand. */
@ApplicationScoped
class SubscriptionControl {

    @Inject
    SubscriptionRegistry catalog;

    @Inject
    ClaimTransaction transactions;

    @Inject
    Checkpoints checkpoints;

    @Inject
    ParkedEvents parked;

    @Inject
    SegmentLayout division;

    @Inject
    OrphanedSubscriptions orphans;

    @Inject
    RunningTurns limited;

    @Inject
    @Any
    Event<Object> notifier;

    /** The segments of a subscription, kept to the end of the transaction. */
    private List<Checkpoint> locked(String name) {
        List<Checkpoint> segments = checkpoints.lock(name);
        if (segments.isEmpty()) {
            throw new UnknownSubscriptionException(name);
        }
        return segments;
    }

    /** Creates the checkpoints of a declared subscription that has none, in its predecessor's place where there is one. */
    void ensure(String name) {
        SubscriptionSettings settings = catalog.settings(name);
        String predecessor = settings.creation().renamedFrom();
        transactions.run(() -> {
            if (predecessor != null && checkpoints.of(name).isEmpty()) {
                orphans.succeed(predecessor, name);
            }
            checkpoints.create(catalog.subscription(name), settings);
            return name;
        });
    }

    void pause(String name) {
        change(name, Checkpoint::pause);
    }

    void resume(String name) {
        change(name, Checkpoint::resume);
    }

    private void change(String name, Consumer<Checkpoint> change) {
        transactions.run(() -> {
            List<Checkpoint> segments = locked(name);
            segments.forEach(change);
            return segments;
        });
    }

    /** Moves all segments to one place, and forgets what was parked; returns how many events that was. */
    long reposition(String name, ReadFrom from, Runnable clear) {
        return limited.run(name, limits(name), () -> {
            List<Checkpoint> segments = locked(name);
            if (!segments.stream().allMatch(Checkpoint::isPaused)) {
                throw new SubscriptionConflictException(name, "is running; pause it before it is repositioned");
            }
            return move(name, segments, from, clear);
        });
    }

    /** Moves all segments to the beginning and lets them go on. */
    long replay(String name, Runnable clear) {
        return limited.run(name, limits(name), () -> {
            List<Checkpoint> segments = locked(name);
            segments.forEach(Checkpoint::resume);
            return move(name, segments, ReadFrom.beginning(), clear);
        });
    }

    private TransactionLimits limits(String name) {
        return catalog.has(name) ? catalog.settings(name).limits() : TransactionLimits.DEFAULT;
    }

    /** What the callback and the observers do is part of it, under the claims of all segments. */
    private long move(String name, List<Checkpoint> segments, ReadFrom from, Runnable clear) {
        long position = checkpoints.position(from);
        segments.forEach(segment -> segment.reposition(position));
        long discarded = parked.removeAll(name);
        clear.run();
        notifier.fire(new SubscriptionRepositioned(name, position, discarded));
        return discarded;
    }

    /** Changes how many segments there are, now or when they have met. */
    void changeSegments(String name, int count) {
        transactions.run(() -> {
            division.change(locked(name), count);
            return name;
        });
    }
}
