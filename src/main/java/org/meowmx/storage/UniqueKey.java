package org.meowmx.storage;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meowmx.transaction.Causes;

/** The unique keys of {@code meowmx_events}, and the cause if an append violates one. */
enum UniqueKey {
    /** The log has an event with this id: the append is a repeat or a conflict. */
    EVENT_ID,

    /** The sequence has assigned a position that an event already has, because it was set back. */
    POSITION,

    /** The stream has an event of this version: the version in its row, which the append has locked, is below that of its events. */
    STREAM_VERSION;

    private static final String UNIQUE_VIOLATION = "23505";

    /**
     * The names of the keys in messages of the databases. The first name in the message counts, because translations keep it and the
     * text after it may quote values. H2 has no name for a primary key.
     */
    private static final Pattern NAMES = Pattern.compile(
            "(?<eventid>meowmx_events_event_id_key)|(?<position>meowmx_events_pkey|primary key on [^(]*meowmx_events\\b)"
                    + "|(?<version>meowmx_events_stream_version_key)",
            Pattern.CASE_INSENSITIVE);

    /** The key that an exception of the database names; empty if it is about something else. */
    static Optional<UniqueKey> violatedIn(Throwable thrown) {
        return Causes.chain(thrown)
                .filter(cause -> cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState()))
                .findFirst()
                .flatMap(violation -> named(String.valueOf(violation.getMessage())));
    }

    private static Optional<UniqueKey> named(String message) {
        Matcher name = NAMES.matcher(message);
        if (!name.find()) {
            return Optional.empty();
        }
        if (name.group("eventid") != null) {
            return Optional.of(EVENT_ID);
        }
        return Optional.of(name.group("position") != null ? POSITION : STREAM_VERSION);
    }
}
