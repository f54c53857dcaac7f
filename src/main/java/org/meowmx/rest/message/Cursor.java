package org.meowmx.rest.message;

import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a log after which a reader continues: the log's id and a position, as {@code LOG:POSITION}. A client may also send
 * a bare position; it is not checked against the log's id.
 *
 * @param log the log's id; null for a bare position
 * @param position 0 or greater
 */
public record Cursor(@Nullable UUID log, long position) {

    private static final Pattern FORM =
            Pattern.compile("(?:(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}):)?(\\d{1,18})");

    /**
     * Reads a cursor that a client sent.
     *
     * @throws ProblemException if the text is not a cursor
     */
    public static Cursor parse(String parameter, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw Parameters.invalid(parameter, "must be a position or a cursor LOG:POSITION");
        }
        return new Cursor(
                parts.group(1) == null ? null : UUID.fromString(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    /**
     * This cursor, if it belongs to the log and is not ahead of it.
     *
     * @param readTo the position up to which the log has just been read
     * @param lastPosition the last position that was drawn; queried only if the cursor is greater than {@code readTo}
     * @throws ProblemException if the cursor belongs to another log, or is ahead of this one
     */
    public Cursor checked(UUID actual, long readTo, LongSupplier lastPosition) {
        if (log != null && !log.equals(actual)) {
            throw new ProblemException(Problem.of(
                            ProblemType.OTHER_LOG,
                            "The cursor belongs to another log; the log of this server is " + actual)
                    .with("log", actual.toString()));
        }
        if (position > readTo && position > lastPosition.getAsLong()) {
            throw new ProblemException(Problem.of(
                    ProblemType.AHEAD_OF_LOG,
                    "The log has not reached position %d yet: it was perhaps restored from a backup"
                            .formatted(position)));
        }
        return new Cursor(actual, position);
    }

    @Override
    public String toString() {
        return log == null ? Long.toString(position) : log + ":" + position;
    }
}
