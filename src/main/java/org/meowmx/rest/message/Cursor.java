package org.meowmx.rest.message;

import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a log, behind which a reader goes on: the log's id and a position, as {@code LOG:POSITION}, or a bare position
 * from somebody who is sure of the log.
 *
 * @param log the log's id; null when it was not said
 * @param position 0 or greater
 */
public record Cursor(@Nullable UUID log, long position) {

    private static final Pattern FORM =
            Pattern.compile("(?:(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}):)?(\\d{1,18})");

    /**
     * Reads a cursor that a client sent.
     *
     * @throws ProblemException when the text is not a cursor
     */
    public static Cursor parse(String parameter, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw Parameters.invalid(parameter, "must be a position or LOG:POSITION as an earlier answer gave it");
        }
        return new Cursor(
                parts.group(1) == null ? null : UUID.fromString(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    /**
     * This cursor, if it belongs to the log and is not ahead of it.
     *
     * @param readTo the position up to which the log has just been read
     * @param lastPosition the last position that was drawn; queried only if the cursor is greater than {@code readTo}
     * @throws ProblemException when the cursor belongs to another log, or is ahead of this one
     */
    public Cursor checked(UUID actual, long readTo, LongSupplier lastPosition) {
        if (log != null && !log.equals(actual)) {
            throw Problem.of(ProblemType.OTHER_LOG, "The log of this server is " + actual)
                    .with("log", actual.toString())
                    .asException();
        }
        if (position > readTo && position > lastPosition.getAsLong()) {
            throw Problem.of(ProblemType.AHEAD_OF_LOG, "The log has no position " + position + " yet")
                    .asException();
        }
        return new Cursor(actual, position);
    }

    @Override
    public String toString() {
        return log == null ? Long.toString(position) : log + ":" + position;
    }
}
