package org.meowmx;

import java.time.Instant;

/**
 * The key figures of a category: one entry of {@link LogCatalog#categories}.
 *
 * @param category the name of the category
 * @param streams the number of its streams; above {@link #MAX_COUNTED} it is an estimate
 * @param events the number of its events; an estimate if the number of streams is an estimate
 * @param lastPosition the position of its newest event
 * @param lastChange the time at which that event was recorded
 */
public record CategorySummary(String category, long streams, long events, long lastPosition, Instant lastChange) {

    /**
     * The largest number of streams that is counted. The figures of larger categories come from the database's
     * statistics, or are lower limits if it has none yet.
     */
    public static final long MAX_COUNTED = 1_000;

    /** Whether the numbers of streams and events may be estimates. */
    public boolean isEstimated() {
        return streams >= MAX_COUNTED;
    }
}
