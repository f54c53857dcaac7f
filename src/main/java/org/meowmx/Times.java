package org.meowmx;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The times that a log can store: years 1 to 9999, as RFC 3339 requires, with microsecond precision, as databases keep
 * them.
 *
 * <p>The class is public only for the other packages of this library. It is not part of the API that applications use.
 */
public final class Times {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Times() {}

    /**
     * The time of recording of an event, truncated to microseconds.
     *
     * @throws InvalidEventException if its year is below 1 or above 9999
     */
    static Instant recorded(Instant time) {
        Instant truncated = atOrBefore(time);
        if (truncated.isBefore(FIRST) || truncated.isAfter(LAST)) {
            throw new InvalidEventException("recordedAt", "must be in the years 1 to 9999");
        }
        return truncated;
    }

    /**
     * An upper bound that the database can store: an event was recorded at or before it exactly if it was recorded at
     * or before the given time.
     */
    static Instant atOrBefore(Instant time) {
        return near(time).truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * A lower bound that the database can store: an event was recorded at or after it exactly if it was recorded at or
     * after the given time.
     */
    public static Instant atOrAfter(Instant time) {
        return near(time).plusNanos(999).truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant near(Instant time) {
        Instant before = FIRST.minus(1, ChronoUnit.MICROS);
        Instant after = LAST.plus(1, ChronoUnit.MICROS);
        if (time.isBefore(before)) {
            return before;
        }
        return time.isAfter(after) ? after : time;
    }
}
