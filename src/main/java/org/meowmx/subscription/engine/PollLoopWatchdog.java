package org.meowmx.subscription.engine;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Detects that the poll loop of this node no longer makes progress. It uses the monotonic clock, and never queries the
 * database.
 */
public final class PollLoopWatchdog {

    /** Much longer than any pause of the JVM, or any wait for a connection from the pool. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    /** After this time, the database is assumed not to answer on this connection any more. */
    private static final Duration LONGEST_QUERY = Duration.ofMinutes(10);

    /** The longest wait of the loop for a thread or a connection before the node releases those of the signal listener. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private volatile long lastProgress = System.nanoTime();
    private volatile boolean running;
    private volatile boolean querying;

    PollLoopWatchdog() {}

    /** Watches the loop from now on. */
    void start() {
        lastProgress = System.nanoTime();
        running = true;
    }

    /** Stops watching, because the loop is about to end. */
    void stop() {
        running = false;
    }

    /** Runs the query of the loop. It may take longer than the pause between two queries. */
    <T> T duringQuery(Supplier<T> query) {
        querying = true;
        lastProgress = System.nanoTime();
        try {
            return query.get();
        } finally {
            lastProgress = System.nanoTime();
            querying = false;
        }
    }

    /** The time since the loop last began or ended a query, or since it was started. */
    public Duration sinceLastProgress() {
        return Duration.ofNanos(System.nanoTime() - lastProgress);
    }

    /** Whether the query of the loop has begun and not ended: it waits for a connection, or for the database. */
    boolean isQuerying() {
        return querying;
    }

    /** Whether the loop is so late that it probably lacks a thread or a connection. */
    boolean isStarving(Duration interval) {
        return running && sinceLastProgress().compareTo(interval.plus(LONGEST_WAIT)) > 0;
    }

    /**
     * Whether the loop is healthy: it makes progress, waits for the database within a limit, or is not meant to run.
     */
    public boolean isHealthy() {
        return isHealthy(LONGEST_PAUSE, LONGEST_QUERY);
    }

    boolean isHealthy(Duration longestPause, Duration longestQuery) {
        return !running || sinceLastProgress().compareTo(querying ? longestQuery : longestPause) < 0;
    }
}
