package org.meowmx.subscription.engine;

import java.util.List;
import java.util.function.Consumer;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.SubscriptionRepositioned;
import org.meowmx.transaction.ClaimTransaction;

/** Pauses, resumes and moves subscriptions. Each operation is one transaction that waits for running turns. */
final class SubscriptionControl {

    private final RunningTurns runningTurns;
    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final ParkedEvents parkedEvents;
    private final Consumer<Object> notifications;

    SubscriptionControl(
            RunningTurns runningTurns,
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            ParkedEvents parkedEvents,
            Consumer<Object> notifications) {
        this.runningTurns = runningTurns;
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.parkedEvents = parkedEvents;
        this.notifications = notifications;
    }

    void pause(String subscription) {
        change(subscription, Checkpoint::pause);
    }

    void resume(String subscription) {
        change(subscription, Checkpoint::resume);
    }

    private void change(String subscription, Consumer<Checkpoint> change) {
        claimTransaction.run(() -> {
            List<Checkpoint> segments = checkpoints.lockExisting(subscription);
            segments.forEach(change);
            return segments;
        });
    }

    /** Moves all segments of a paused subscription to a position; returns how many parked events were discarded. */
    long reposition(String subscription, ReadFrom from, Runnable clear) {
        return move(subscription, from, clear, segment -> {
            if (!segment.isPaused()) {
                throw new SubscriptionConflictException(subscription, "is running; pause it before you reposition it");
            }
        });
    }

    /** Moves all segments to the beginning and resumes them; returns how many parked events were discarded. */
    long replay(String subscription, Runnable clear) {
        return move(subscription, ReadFrom.beginning(), clear, Checkpoint::resume);
    }

    /**
     * The callback and the observers run under the claims of all segments, so this is registered and limited like a
     * turn.
     *
     * @param prepare what is done to each segment first
     */
    private long move(String subscription, ReadFrom from, Runnable clear, Consumer<Checkpoint> prepare) {
        try (RunningTurns.Registration turn = runningTurns.begin(subscription)) {
            return claimTransaction.run(turn.limits(), () -> {
                List<Checkpoint> segments = checkpoints.lockExisting(subscription);
                segments.forEach(prepare);
                long position = checkpoints.position(from);
                segments.forEach(segment -> segment.reposition(position));
                long discarded = parkedEvents.removeAll(subscription);
                clear.run();
                notifications.accept(new SubscriptionRepositioned(subscription, position, discarded));
                return discarded;
            });
        }
    }
}
