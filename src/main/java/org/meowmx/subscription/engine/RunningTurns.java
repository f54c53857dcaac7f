package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.TransactionLimits;

/** The turns that this node is taking at the moment. */
@ApplicationScoped
public class RunningTurns {

    @Inject
    ClaimTransaction transactions;

    private final Set<TurnAtHand> turns = ConcurrentHashMap.newKeySet();

    private record TurnAtHand(String subscription, Thread thread, long began, Duration tolerated) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - began);
        }
    }

    /**
     * A turn that has lasted longer than its limits allow, so that its claim or its transaction is lost or about to be.
     *
     * @param subscription whose observers are at work
     * @param age for how long
     * @param tolerated the limit
     */
    public record Overdue(String subscription, Duration age, Duration tolerated) {}

    /** Runs a turn in a transaction under its limits, and knows of it while it lasts. */
    <T> T run(String subscription, TransactionLimits limits, Supplier<T> turn) {
        TurnAtHand begun = new TurnAtHand(subscription, Thread.currentThread(), System.nanoTime(), limits.longest());
        turns.add(begun);
        try {
            return transactions.run(limits, turn);
        } finally {
            turns.remove(begun);
        }
    }

    /** The turns beyond their limits, the longest first. */
    public List<Overdue> overdue() {
        return turns.stream()
                .map(turn -> new Overdue(turn.subscription(), turn.age(), turn.tolerated()))
                .filter(turn -> turn.age().compareTo(turn.tolerated()) > 0)
                .sorted(Comparator.comparing(Overdue::age).reversed())
                .toList();
    }

    /**
     * Refuses what would have to wait for the turn that it is called in.
     *
     * @throws IllegalStateException inside a turn of the subscription
     */
    void refuseInside(String subscription) {
        Thread caller = Thread.currentThread();
        if (turns.stream()
                .anyMatch(turn -> turn.thread() == caller && turn.subscription().equals(subscription))) {
            throw new IllegalStateException(
                    "An observer of '%s' cannot control it: that waits for the turn which the observer is part of"
                            .formatted(subscription));
        }
    }
}
