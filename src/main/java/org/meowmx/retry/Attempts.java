package org.meowmx.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often something is tried, and how long is waited in between: less than a bound that doubles with each failure, by
 * chance, so that those who met do not meet again.
 *
 * @param most how many attempts in all, 1 or greater
 * @param longestPause the bound of all pauses
 */
public record Attempts(int most, Duration longestPause) {

    static final int MOST = 5;
    static final long LONGEST_PAUSE_MILLIS = 500;

    private static final long FIRST_PAUSE_MILLIS = 10;

    /**
     * @throws IllegalArgumentException when there is to be no attempt at all, or a negative pause
     */
    public Attempts {
        if (most < 1 || longestPause.isNegative()) {
            throw new IllegalArgumentException("no attempts: %d, pausing %s".formatted(most, longestPause));
        }
    }

    /** So many, with pauses of half a second at most. */
    public static Attempts upTo(int most) {
        return new Attempts(most, Duration.ofMillis(LONGEST_PAUSE_MILLIS));
    }

    /**
     * The pause before the next attempt.
     *
     * @param failures in a row, 1 or greater
     */
    Duration pauseAfter(int failures, RandomGenerator random) {
        long bound = Math.min(longestPause.toMillis(), FIRST_PAUSE_MILLIS << Math.min(failures - 1, 30));
        return Duration.ofNanos(
                (long) (random.nextDouble() * Duration.ofMillis(bound).toNanos()));
    }
}
