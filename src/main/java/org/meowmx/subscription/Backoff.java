package org.meowmx.subscription;

import java.time.Duration;

/** How long to wait after failures in a row: doubled each time, within bounds. */
record Backoff(Duration first, Duration longest) {

    /**
     * @param failures in a row, 1 or greater
     */
    Duration after(int failures) {
        int doublings = Math.min(failures - 1, 30);
        Duration delay = first.multipliedBy(1L << doublings);
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
