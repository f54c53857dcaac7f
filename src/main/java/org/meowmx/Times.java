package org.meowmx;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The times that a log can store: years 1 to 9999, as RFC 3339 requires, with microsecond precision, as databases keep
 * them; and their text form.
 *
 * <p>The class is public only for the other packages of this library. It is not part of the API that applications use.
 */
public final class Times {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** RFC 3339, section 5.6: the seconds and the zone are not optional. Java's own parsers accept other forms as well. */
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[Tt](\\d{2}:\\d{2}):(\\d{2})(\\.\\d+)?" + "([Zz]|[+-]([01]\\d|2[0-3]):([0-5]\\d))");

    private static final int DIGITS = 6;

    private Times() {}

    /**
     * Reads a date and time of RFC 3339. Digits after the microseconds are cut off. A leap second, such as
     * {@code 23:59:60Z}, becomes the last microsecond before it, because the log cannot store leap seconds.
     *
     * @throws DateTimeException if the text has another form, or no zone
     */
    public static Instant parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new DateTimeException("not a time of RFC 3339");
        }
        boolean leap = form.group(3).equals("60");
        String second = leap ? "59.999999" : form.group(3) + microseconds(form.group(4));
        Instant time = LocalDateTime.parse(form.group(1) + "T" + form.group(2) + ":" + second)
                .toInstant(ZoneOffset.UTC)
                .minus(offset(form));
        if (leap && !isLastSecondOfADay(time)) {
            throw new DateTimeException("not a leap second");
        }
        return time;
    }

    private static String microseconds(@Nullable String fraction) {
        return fraction == null ? "" : fraction.substring(0, Math.min(fraction.length(), 1 + DIGITS));
    }

    /** Up to 23:59; Java's own offsets end at 18 hours. */
    private static Duration offset(Matcher form) {
        if (form.group(6) == null) {
            return Duration.ZERO;
        }
        Duration offset = Duration.ofHours(Long.parseLong(form.group(6))).plusMinutes(Long.parseLong(form.group(7)));
        return form.group(5).startsWith("-") ? offset.negated() : offset;
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
