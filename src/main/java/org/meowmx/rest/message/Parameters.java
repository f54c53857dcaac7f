package org.meowmx.rest.message;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.meowmx.InvalidEventException;
import org.meowmx.StreamId;
import org.meowmx.Times;
import org.meowmx.UuidText;

/** Reads parameters. A value that is not allowed ends the request with a problem that names the parameter and its range. */
public final class Parameters {

    static final int MOST = 1_000;

    private static final Pattern DECODED_PLUS = Pattern.compile(" (\\d\\d:\\d\\d)$");

    private Parameters() {}

    public static int limit(String text) {
        return (int) number("limit", text, 1, MOST);
    }

    public static long number(String name, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw invalid(name, "must be a number from %d to %d".formatted(least, most));
    }

    public static boolean flag(String name, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, "must be true or false");
        };
    }

    public static boolean backward(String direction) {
        return switch (direction) {
            case "forward" -> false;
            case "backward" -> true;
            default -> throw invalid("direction", "must be forward or backward");
        };
    }

    /** A time in a query. A plus that the client did not encode arrives as a space before the offset. */
    public static Instant time(String name, String text) {
        return plainTime(name, DECODED_PLUS.matcher(text).replaceFirst("+$1"));
    }

    static Instant plainTime(String name, String text) {
        try {
            return Times.parse(text);
        } catch (DateTimeException e) {
            throw invalid(name, "must be a time of RFC 3339 with a zone, such as 2026-01-31T12:00:00Z");
        }
    }

    public static Duration duration(String name, String text, Duration most) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            // reported below
        }
        throw invalid(name, "must be an ISO-8601 duration up to " + most);
    }

    public static UUID uuid(String name, String text) {
        return UuidText.parse(text).orElseThrow(() -> invalid(name, "must be a UUID"));
    }

    /** The stream with these names. */
    public static StreamId stream(String category, String id) {
        try {
            return StreamId.of(category, id);
        } catch (InvalidEventException e) {
            throw invalid(e.field(), e.rule());
        }
    }

    /** The text; empty instead of null. */
    public static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /**
     * A problem with a parameter.
     *
     * @param rule the broken rule, as the rest of a sentence
     */
    public static ProblemException invalid(String name, String rule) {
        return new ProblemException(
                Problem.of(ProblemType.INVALID_PARAMETER, name + " " + rule).with("parameter", name));
    }
}
