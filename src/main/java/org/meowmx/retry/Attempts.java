package org.meowmx.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.meowmx.Required;

/**
 * How often conflicts are retried: the number of attempts and the pauses between them. Each pause is random below a
 * bound that doubles with each failure (exponential back-off with full jitter), so that competing writers do not collide again.
 *
 * @param max the largest number of attempts, the first one included, 1 or greater
 * @param longestPause the upper limit of every pause, zero or positive
 */
public record Attempts(int max, Duration longestPause) {

    static final int MAX = 5;
    static final long LONGEST_PAUSE_MILLIS = 500;

    private static final long FIRST_PAUSE_MILLIS = 10;

    /**
     * Creates a policy.
     *
     * @throws IllegalArgumentException if the number of attempts is below 1, or the pause is negative
     */
    public Attempts {
        if (max < 1) {
            throw new IllegalArgumentException("attempts must be 1 or greater, was " + max);
        }
        if (Required.present("longestPause", longestPause).isNegative()) {
            throw new IllegalArgumentException("longestPause must be 0 or greater, was " + longestPause);
        }
    }

    /**
     * At most this number of attempts, with pauses of at most 500 milliseconds.
     *
     * @param max the number of attempts, the first one included, 1 or greater
     * @throws IllegalArgumentException if the number is below 1
     */
    public static Attempts upTo(int max) {
        return new Attempts(max, Duration.ofMillis(LONGEST_PAUSE_MILLIS));
    }

    /**
     * The pause before the next attempt.
     *
     * @param failures the number of consecutive failures, 1 or greater
     */
    Duration pauseAfter(int failures, RandomGenerator random) {
        long bound = Math.min(longestPause.toMillis(), FIRST_PAUSE_MILLIS << Math.min(failures - 1, 30));
        return Duration.ofNanos(
                (long) (random.nextDouble() * Duration.ofMillis(bound).toNanos()));
    }
}
