package org.meowmx.subscription.engine.declaration;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row: doubled each time within bounds, less up to a fifth by chance, so that those who
 * failed together do not try again together.
 */
public record Backoff(Duration first, Duration longest) {

    private static final double JITTER = 0.2;

    /**
     * The delay.
     *
     * @param failures in a row, 1 or greater
     */
    public Duration after(int failures, RandomGenerator random) {
        long bounded = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, 30));
        return Duration.ofMillis(Math.round(bounded * (1 - JITTER * random.nextDouble())));
    }
}
