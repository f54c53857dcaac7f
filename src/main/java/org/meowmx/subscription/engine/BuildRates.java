package org.meowmx.subscription.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The speed of subscriptions, computed from their positions that this node has read in the last minute. */
final class BuildRates {

    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    /** A shorter time measures single turns rather than the subscription. */
    private static final long SHORTEST = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Deque<Sample>> samples = new HashMap<>();

    /** @param nanoTime the time, as {@link System#nanoTime} gives it */
    BuildRates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Sample(long time, double position) {}

    /**
     * Records a position, and returns the rate.
     *
     * @return the positions per second, 0 or greater; null if the recorded time is too short
     */
    synchronized @Nullable Double at(String subscription, double position) {
        long now = nanoTime.getAsLong();
        Deque<Sample> seen = samples.computeIfAbsent(subscription, name -> new ArrayDeque<>());
        if (!seen.isEmpty() && seen.peekLast().position() > position) {
            // the subscription was moved back
            seen.clear();
        }
        while (seen.size() > 1 && now - seen.peekFirst().time() > WINDOW) {
            seen.removeFirst();
        }
        if (seen.isEmpty() || now - seen.peekLast().time() >= SHORTEST) {
            seen.addLast(new Sample(now, position));
        }
        Sample oldest = seen.peekFirst();
        long passed = now - oldest.time();
        return passed < SHORTEST ? null : (position - oldest.position()) * 1e9 / passed;
    }
}
