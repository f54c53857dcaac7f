package org.meowmx.subscription.lease;

import java.time.Duration;
import org.meowmx.Names;

/**
 * The request of a worker for a lease.
 *
 * @param max the largest number of events, 1 to {@value #MOST_EVENTS}
 * @param duration the time until the lease expires, unless the worker acknowledges or extends it, {@link #SHORTEST} to
 *     {@link #LONGEST}
 * @param worker the name of the worker, for people, 1 to 255 characters
 */
public record LeaseRequest(int max, Duration duration, String worker) {

    /** The largest number of events in one lease. */
    public static final int MOST_EVENTS = 1_000;

    public static final Duration SHORTEST = Duration.ofSeconds(1);

    public static final Duration LONGEST = Duration.ofHours(1);

    public LeaseRequest {
        if (max < 1 || max > MOST_EVENTS) {
            throw new IllegalArgumentException("max must be 1 to %d, was %d".formatted(MOST_EVENTS, max));
        }
        requireDuration(duration);
        Names.check("worker", worker);
    }

    /**
     * Checks how long a lease may last.
     *
     * @throws IllegalArgumentException if the duration is outside of its range
     */
    public static void requireDuration(Duration duration) {
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "duration must be %s to %s, was %s".formatted(SHORTEST, LONGEST, duration));
        }
    }
}
