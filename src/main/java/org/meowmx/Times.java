package org.meowmx;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The times that a log can tell: to the microsecond, as databases keep them, in years of four digits, as RFC 3339 writes them. */
public final class Times {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Times() {}

    /**
     * The time of an event.
     *
     * @throws InvalidEventException when its year is below 1 or above 9999
     */
    static Instant recorded(Instant time) {
        Instant told = atOrBefore(time);
        if (told.isBefore(FIRST) || told.isAfter(LAST)) {
            throw new InvalidEventException("recordedAt", "must be in the years 1 to 9999");
        }
        return told;
    }

    /** A time that parts events as this one does: into those at it or before it, and those after it. */
    static Instant atOrBefore(Instant time) {
        return near(time).truncatedTo(ChronoUnit.MICROS);
    }

    /** A time that parts events as this one does: into those before it, and those at it or after it. */
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
