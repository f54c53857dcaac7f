package org.meowmx.subscription.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.transaction.TransactionLimits;

/** The turns that currently run on this node, and other code of the application that runs under a claim. */
public final class RunningTurns {

    private final SubscriptionRegistry registry;
    private final Set<Registration> turns = ConcurrentHashMap.newKeySet();

    RunningTurns(SubscriptionRegistry registry) {
        this.registry = registry;
    }

    /** A turn from its registration until it is closed. Two registrations are never equal. */
    final class Registration implements AutoCloseable {

        private final String subscription;
        private final TransactionLimits limits;
        private final Thread thread = Thread.currentThread();
        private final long began = System.nanoTime();

        private Registration(String subscription, TransactionLimits limits) {
            this.subscription = subscription;
            this.limits = limits;
        }

        /** The limits for the transaction of the turn. */
        TransactionLimits limits() {
            return limits;
        }

        private Overdue age() {
            return new Overdue(subscription, Duration.ofNanos(System.nanoTime() - began), limits.longest());
        }

        @Override
        public void close() {
            turns.remove(this);
        }
    }

    /**
     * A turn that has run for longer than its limits allow. It has lost its claim or its transaction, or is about to.
     *
     * @param subscription the subscription whose observers run
     * @param age how long the turn has run
     * @param tolerated the limit
     */
    public record Overdue(String subscription, Duration age, Duration tolerated) {}

    /**
     * Registers a turn of the calling thread. The caller closes the registration after its transaction has ended.
     *
     * @return the registration, with the limits that are configured for the subscription
     */
    Registration begin(String subscription) {
        TransactionLimits limits =
                registry.has(subscription) ? registry.settings(subscription).limits() : TransactionLimits.DEFAULT;
        Registration turn = new Registration(subscription, limits);
        turns.add(turn);
        return turn;
    }

    /** The turns that exceed their limits, the longest first. */
    public List<Overdue> overdue() {
        return turns.stream()
                .map(Registration::age)
                .filter(turn -> turn.age().compareTo(turn.tolerated()) > 0)
                .sorted(Comparator.comparing(Overdue::age).reversed())
                .toList();
    }

    /**
     * Refuses an operation that waits for turns from inside such a turn, because it would wait for itself. A switch has the claims of
     * two versions, so the versions of a projection are not distinguished.
     *
     * @throws IllegalStateException if the calling thread is inside a turn of a version of the same projection
     */
    void requireOutside(String subscription) {
        String projection = ProjectionVersion.of(subscription).projection();
        Thread caller = Thread.currentThread();
        if (turns.stream()
                .anyMatch(turn -> turn.thread == caller
                        && ProjectionVersion.of(turn.subscription).projection().equals(projection))) {
            throw new IllegalStateException(
                    "An observer of '%s' cannot control it: the call would wait for the turn that it is part of"
                            .formatted(projection));
        }
    }
}
