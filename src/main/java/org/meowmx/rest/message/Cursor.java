package org.meowmx.rest.message;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventKey;
import org.meowmx.LogCatalog;
import org.meowmx.RecordedEvent;

/**
 * A place in a log after which a reader continues, as {@code LOG:POSITION:FINGERPRINT}: the log's id, the position of an event,
 * and the last 8 hex digits of this event's id. The beginning is {@code LOG:0}.
 *
 * <p>The fingerprint shows that the log went back: after a restore from a backup, or a failover that lost events, the log has
 * the same id and gives the same positions to other events. A client may also send a bare position, which is not checked. A
 * cursor never names a position that no event has, because a crash of the database may assign such a position again.
 *
 * @param log the log's id; null for a bare position
 * @param position 0 or greater
 * @param fingerprint the last 8 hex digits of the event's id; empty for a bare position and for the beginning
 */
public record Cursor(@Nullable UUID log, long position, String fingerprint) {

    private static final Pattern FORM = Pattern.compile(
            "(?:(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}):(?:0|(\\d{1,18}):(\\p{XDigit}{8})))|(\\d{1,18})");

    private static final int FINGERPRINT = 8;

    /** The end of an id, because ids of version 7 begin with the time, which many events share. */
    private static String fingerprint(UUID event) {
        String id = event.toString();
        return id.substring(id.length() - FINGERPRINT);
    }

    /** The cursor before the first event. */
    public static Cursor beginning(UUID log) {
        return new Cursor(log, 0, "");
    }

    /** The cursor of an event. */
    public static Cursor of(UUID log, RecordedEvent event) {
        return new Cursor(log, event.position(), fingerprint(event.id()));
    }

    /** The cursor of the newest event at or below a position. */
    public static Cursor newest(UUID log, LogCatalog catalog, long position) {
        Optional<EventKey> event = position == 0 ? Optional.empty() : catalog.newest(position);
        return event.map(key -> new Cursor(log, key.position(), fingerprint(key.id())))
                .orElseGet(() -> beginning(log));
    }

    /**
     * Reads a cursor that a client sent.
     *
     * @throws ProblemException if the text is not a cursor
     */
    public static Cursor parse(String parameter, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw Parameters.invalid(parameter, "must be a position or a cursor LOG:POSITION:FINGERPRINT");
        }
        if (parts.group(4) != null) {
            return new Cursor(null, Long.parseLong(parts.group(4)), "");
        }
        UUID log = UUID.fromString(parts.group(1));
        return parts.group(2) == null
                ? beginning(log)
                : new Cursor(log, Long.parseLong(parts.group(2)), parts.group(3).toLowerCase(Locale.ROOT));
    }

    /** Whether the log still has the event of this cursor. Not to be called for a bare position. */
    public boolean isIn(UUID actual, LogCatalog catalog) {
        return equals(newest(actual, catalog, position));
    }

    /**
     * The cursor of the newest event at or below this position. It equals this cursor, unless that is a bare position.
     *
     * @param lastPosition the last position that was drawn; queried only for a bare position that no event has
     * @throws ProblemException if the cursor belongs to another log, the log no longer has its event, or the log has not reached
     *     a bare position yet
     */
    public Cursor checked(LogCatalog catalog, LongSupplier lastPosition) {
        return checked(catalog.logId(), catalog, lastPosition);
    }

    /** As {@link #checked(LogCatalog, LongSupplier)}, where the id of the log is known already. */
    public Cursor checked(UUID actual, LogCatalog catalog, LongSupplier lastPosition) {
        if (log != null && !log.equals(actual)) {
            throw refused(
                    ProblemType.OTHER_LOG,
                    "The cursor belongs to another log; the log of this server is %s. Start again from a position that you trust"
                            .formatted(actual),
                    actual);
        }
        Cursor newest = newest(actual, catalog, position);
        if (log != null && !equals(newest)) {
            throw refused(
                    ProblemType.LOG_WENT_BACK,
                    ("The log went back: the event of this cursor is no longer at position %d. The log was restored from a backup, "
                                    + "or a failover lost events, so it may have other events than those that you received. Start "
                                    + "again from a position that you trust, or from the beginning")
                            .formatted(position),
                    actual);
        }
        if (position > newest.position && log == null && position > lastPosition.getAsLong()) {
            throw refused(
                    ProblemType.AHEAD_OF_LOG,
                    "The log has not reached position %d yet: it was perhaps restored from a backup. Start again from a position that you trust"
                            .formatted(position),
                    actual);
        }
        return newest;
    }

    private static ProblemException refused(ProblemType type, String detail, UUID actual) {
        return new ProblemException(Problem.of(type, detail).with("log", actual.toString()));
    }

    @Override
    public String toString() {
        String end = fingerprint.isEmpty() ? "" : ":" + fingerprint;
        return log == null ? Long.toString(position) : log + ":" + position + end;
    }
}
