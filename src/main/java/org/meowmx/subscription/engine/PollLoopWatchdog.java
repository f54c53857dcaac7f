package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** When the loop of this node last came round, by a clock that does not jump. */
@ApplicationScoped
public class PollLoopWatchdog {

    /** Well beyond any pause of the JVM or of a pool that makes the loop wait for a connection. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** A database that has not answered for so long will not do so on this connection. */
    private static final Duration LONGEST_QUESTION = Duration.ofMinutes(10);

    private volatile long last = System.nanoTime();
    private volatile boolean expected;
    private volatile boolean asking;

    /** How long the loop may wait for a thread or a connection before the node makes room for it. */
    private static final Duration STARVING = Duration.ofSeconds(10);

    /** The loop runs from now on. */
    void start() {
        last = System.nanoTime();
        expected = true;
    }

    /** The loop comes round and asks the database, which may take its time to answer. */
    void asking() {
        last = System.nanoTime();
        asking = true;
    }

    /** The database has answered, or failed to. */
    void answered() {
        last = System.nanoTime();
        asking = false;
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

    /** Whether the loop comes round or waits for the database, which may take longer, or is not meant to. */
    public boolean isBeating() {
        return isBeating(LIMIT, LONGEST_QUESTION);
    }

    boolean isBeating(Duration limit, Duration longestQuestion) {
        return !expected || age().compareTo(asking ? longestQuestion : limit) < 0;
    }
}
