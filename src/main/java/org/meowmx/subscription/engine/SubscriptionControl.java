package org.meowmx.subscription.engine;

import java.util.List;
import java.util.function.Consumer;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.SubscriptionRepositioned;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.transaction.ClaimTransaction;

/** Pauses, resumes and moves subscriptions. Each operation is one transaction that waits for running turns. */
final class SubscriptionControl {

    private final SubscriptionRegistry registry;
    private final RunningTurns runningTurns;
    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final ParkedEvents parkedEvents;
    private final Consumer<Object> notifications;

    SubscriptionControl(
            SubscriptionRegistry registry,
            RunningTurns runningTurns,
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            ParkedEvents parkedEvents,
            Consumer<Object> notifications) {
        this.registry = registry;
        this.runningTurns = runningTurns;
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.parkedEvents = parkedEvents;
        this.notifications = notifications;
    }

    void pause(String subscription) {
        claimTransaction.run(() -> {
            List<Checkpoint> segments = checkpoints.lockExisting(subscription);
            segments.forEach(Checkpoint::pause);
            return segments;
        });
    }

    /** Returns false if the subscription has no checkpoint. */
    boolean resume(String subscription) {
        return claimTransaction.run(() -> {
            List<Checkpoint> segments = checkpoints.lock(subscription);
            segments.forEach(Checkpoint::resume);
            return !segments.isEmpty();
        });
    }

    /** Moves all segments of a paused subscription to a position; returns how many parked events were discarded. */
    long reposition(String subscription, ReadFrom from, Runnable clear) {
        return move(subscription, from, clear, segment -> {
            prepareHere(segment);
            requirePaused(segment);
        });
    }

    static void requirePaused(Checkpoint segment) {
        if (!segment.isPaused()) {
            throw new SubscriptionConflictException(
                    segment.key().subscription(), "is running; pause it before you reposition it");
        }
    }

    /** This operation replaces a requested one. */
    private void prepareHere(Checkpoint segment) {
        requireOwnFilter(segment);
        segment.replaceOperation();
    }

    /** The filter may have changed since it was read without a lock. */
    void requireOwnFilter(Checkpoint segment) {
        String name = segment.key().subscription();
        // an external subscription has no observers
        if (registry.has(name) && !segment.isFor(registry.subscription(name))) {
            throw new SubscriptionConflictException(
                    name, "has just got the filter of another release; repeat the operation");
        }
    }

    /** Moves all segments to the beginning and resumes them; returns how many parked events were discarded. */
    long replay(String subscription, Runnable clear) {
        return move(subscription, ReadFrom.beginning(), clear, segment -> {
            prepareHere(segment);
            segment.resume();
        });
    }

    /**
     * Moves all segments. The callback and the observers run under the claims of all segments, so this is registered and limited like a
     * turn.
     *
     * @param prepare prepares each segment
     */
    long move(String subscription, ReadFrom from, Runnable clear, Consumer<Checkpoint> prepare) {
        try (RunningTurns.Registration turn = runningTurns.begin(subscription)) {
            return claimTransaction.run(turn.limits(), () -> {
                List<Checkpoint> segments = checkpoints.lockExisting(subscription);
                segments.forEach(prepare);
                long position = checkpoints.position(from);
                segments.forEach(segment -> segment.reposition(position));
                SegmentMerge.reschedule(segments);
                long discarded = parkedEvents.removeAll(subscription);
                clear.run();
                notifications.accept(new SubscriptionRepositioned(subscription, position, discarded));
                return discarded;
            });
        }
    }
}
