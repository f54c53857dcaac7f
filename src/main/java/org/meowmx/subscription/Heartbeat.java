package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** When the loop of this node last came round, by a clock that does not jump. */
@ApplicationScoped
public class Heartbeat {

    /** Well beyond any pause of the JVM or of a pool that makes the loop wait for a connection. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private volatile long last = System.nanoTime();
    private volatile boolean expected;

    /** How long the loop may wait for a thread or a connection before the node makes room for it. */
    private static final Duration STARVING = Duration.ofSeconds(10);

    /** The loop runs from now on. */
    void start() {
        beat();
        expected = true;
    }

    void beat() {
        last = System.nanoTime();
    }

    /** The loop has been told to end. */
    void stop() {
        expected = false;
    }

    /** Since the loop came round, or the application started. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - last);
    }

    /** Whether the loop is much later than its interval. */
    boolean isStarving(Duration interval) {
        return expected && age().compareTo(interval.plus(STARVING)) > 0;
    }

    /** Whether the loop comes round, or is not meant to. */
    public boolean isBeating() {
        return !expected || age().compareTo(LIMIT) < 0;
    }
}
