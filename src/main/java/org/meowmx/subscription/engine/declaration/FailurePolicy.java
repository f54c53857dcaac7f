package org.meowmx.subscription.engine.declaration;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The policy for an event that keeps failing. To add a policy, add a record here and a constant to {@link OnFailure}.
 */
public sealed interface FailurePolicy {

    /**
     * The delay before the next attempt; empty if the event is to be parked.
     *
     * @param attempts the number of failed attempts in a row, 1 or greater
     */
    Optional<Duration> delayAfter(int attempts, RandomGenerator random);

    /** The waits between attempts. */
    Backoff backoff();

    /** Tries again without limit. The segment waits. */
    record Block(Backoff backoff) implements FailurePolicy {

        @Override
        public Optional<Duration> delayAfter(int attempts, RandomGenerator random) {
            return Optional.of(backoff.after(attempts, random));
        }
    }

    /**
     * Parks the event and the later events of its stream. The segment continues.
     *
     * @param maxAttempts the number of failed attempts after which the event is parked, 1 or greater
     */
    record Park(int maxAttempts, Backoff backoff) implements FailurePolicy {

        @Override
        public Optional<Duration> delayAfter(int attempts, RandomGenerator random) {
            return attempts >= maxAttempts ? Optional.empty() : Optional.of(backoff.after(attempts, random));
        }
    }
}
