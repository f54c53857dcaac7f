package org.meowmx.storage;

import org.meowmx.ContentionException;
import org.meowmx.EventIdConflictException;
import org.meowmx.MeowmxException;
import org.meowmx.StreamId;
import org.meowmx.transaction.SqlState;

/** Turns what the database said into our exceptions, by SQLSTATE and never by message. */
final class SqlErrors {

    private static final String UNIQUE_VIOLATION = "23505";

    private SqlErrors() {}

    /**
     * The exception that an append should end with. The one unique key that an append can run into is the event id's, as
     * its stream's row is locked.
     */
    static RuntimeException ofAppend(RuntimeException thrown, StreamId stream) {
        if (thrown instanceof MeowmxException) {
            return thrown;
        }
        return SqlState.matches(thrown, UNIQUE_VIOLATION::equals)
                ? new EventIdConflictException(null, stream, "it is in the log already")
                : ofTransaction(thrown);
    }

    /** The exception that a transaction should end with; a unique key may be one of the application's own here. */
    static RuntimeException ofTransaction(RuntimeException thrown) {
        if (thrown instanceof MeowmxException) {
            return thrown;
        }
        return SqlState.isContention(thrown)
                ? new ContentionException(SqlState.of(thrown).orElseThrow(), thrown)
                : thrown;
    }
}
