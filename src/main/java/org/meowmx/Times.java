package org.meowmx;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times that a log can store: years 1 to 9999, as RFC 3339 requires, with microsecond precision, as databases keep
 * them; and their text form.
 *
 * <p>The class is public only for the other packages of this library. It is not part of the API that applications use.
 */
public final class Times {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final Pattern AFTER_MICROSECONDS = Pattern.compile("(\\.\\d{6})\\d+");
    private static final Pattern LEAP_SECOND = Pattern.compile("(:\\d\\d):60(\\.\\d+)?");

    private Times() {}

    /**
     * Reads a date and time of RFC 3339. Digits after the microseconds are cut off. A leap second, such as
     * {@code 23:59:60Z}, becomes the last microsecond before it, because the log cannot store leap seconds.
     *
     * @throws DateTimeException if the text has another form, or no zone
     */
    public static Instant parse(String text) {
        Matcher leap = LEAP_SECOND.matcher(text);
        String storable = leap.replaceFirst("$1:59.999999");
        Instant time = OffsetDateTime.parse(AFTER_MICROSECONDS.matcher(storable).replaceFirst("$1"))
                .toInstant();
        if (leap.reset().find() && !isLastSecondOfADay(time)) {
            throw new DateTimeException("not a leap second");
        }
        return time;
    }

    private static boolean isLastSecondOfADay(Instant time) {
        return LocalTime.ofInstant(time, ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toSecondOfDay()
                == 86_399;
    }

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
