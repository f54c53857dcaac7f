package org.meowmx.subscription.engine.declaration;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * An exponential back-off with jitter. The wait doubles with each failure in a row, up to the longest one. A random part of up to
 * 20 % is subtracted, so that subscriptions that failed together do not all retry together.
 *
 * @param first the wait after the first failure
 * @param longest the longest wait
 */
public record Backoff(Duration first, Duration longest) {

    private static final double JITTER = 0.2;

    /**
     * The wait before the next attempt.
     *
     * @param failures the number of failures in a row, 1 or greater
     */
    public Duration after(int failures, RandomGenerator random) {
        return jittered(first.toMillis() << Math.min(failures - 1, 30), random);
    }

    /**
     * The wait before the next attempt, if only the time since the first failure is known. It is as long as that time,
     * so the waits double too.
     */
    public Duration afterFailingFor(Duration elapsed, RandomGenerator random) {
        return jittered(Math.max(first.toMillis(), elapsed.toMillis()), random);
    }

    private Duration jittered(long millis, RandomGenerator random) {
        return Duration.ofMillis(Math.round(Math.min(longest.toMillis(), millis) * (1 - JITTER * random.nextDouble())));
    }
}
