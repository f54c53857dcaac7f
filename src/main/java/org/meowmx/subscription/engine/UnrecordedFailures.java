package org.meowmx.subscription.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The segments whose last failure could not be recorded, for example because the database is down. This node waits before it tries them
 * again, as after a recorded failure.
 */
final class UnrecordedFailures {

    private final Map<Checkpoint.Key, Wait> waits = new ConcurrentHashMap<>();

    /**
     * A wait, by the monotonic clock.
     *
     * @param failures the number of failures in a row that could not be recorded
     */
    private record Wait(int failures, long began, Duration duration) {

        boolean isOver() {
            return System.nanoTime() - began >= duration.toNanos();
        }
    }

    /** Adds a failure of a segment; returns how long the segment waits. */
    Duration add(DeclaredSegment segment) {
        return waits.compute(segment.key(), (key, before) -> {
                    int failures = before == null ? 1 : before.failures() + 1;
                    Duration duration =
                            segment.settings().failures().backoff().after(failures, ThreadLocalRandom.current());
                    return new Wait(failures, System.nanoTime(), duration);
                })
                .duration();
    }

    /** Whether a segment still waits. */
    boolean isPending(Checkpoint.Key segment) {
        Wait wait = waits.get(segment);
        return wait != null && !wait.isOver();
    }

    /** Forgets the failures of a segment. */
    void clear(Checkpoint.Key segment) {
        waits.remove(segment);
    }
}
