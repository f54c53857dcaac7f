package org.meowmx.concurrent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs the failures of repeated work: one warning when it begins to fail, and one line when it works again. The failures in between are
 * logged at level DEBUG.
 */
public final class Outage {

    private static final long NONE = 0;

    private final Logger log;
    private final String begin;
    private final String end;

    /** When the first failure was reported, by {@link System#nanoTime}; {@link #NONE} if the last attempt worked. */
    private final AtomicLong since = new AtomicLong(NONE);

    /**
     * @param begin the warning: what failed, what happens next, what the operator can do
     * @param end the line that says what works again; the duration of the outage completes it
     */
    public Outage(Logger log, String begin, String end) {
        this.log = log;
        this.begin = begin;
        this.end = end;
    }

    /** Reports that an attempt failed. */
    public void failed(Throwable thrown) {
        boolean first = since.compareAndSet(NONE, System.nanoTime() | 1);
        log.log(first ? Level.WARNING : Level.DEBUG, begin, thrown);
    }

    /** Reports that an attempt worked. */
    public void worked() {
        long began = since.get();
        if (began != NONE && since.compareAndSet(began, NONE)) {
            long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
            log.log(Level.INFO, "%s, after %d s".formatted(end, seconds));
        }
    }
}
