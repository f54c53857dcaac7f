package org.meowmx.storage;

import org.meowmx.ContentionException;
import org.meowmx.EventIdConflictException;
import org.meowmx.MeowmxException;
import org.meowmx.StreamId;
import org.meowmx.transaction.SqlState;

/** Maps errors of the database to exceptions of the store, by SQLSTATE and never by message. */
final class SqlErrors {

    private static final String UNIQUE_VIOLATION = "23505";

    private SqlErrors() {}

    /**
     * The exception for a failed append. The only unique key that an append can violate is that of event ids, because it holds
     * the lock on the row of its stream.
     */
    static RuntimeException ofAppend(RuntimeException thrown, StreamId stream) {
        if (thrown instanceof MeowmxException) {
            return thrown;
        }
        return SqlState.matches(thrown, UNIQUE_VIOLATION::equals)
                ? new EventIdConflictException(null, stream, "the log already has it")
                : ofTransaction(thrown);
    }

    /** The exception for a failed transaction. Here a violated unique key may be one of the application's own. */
    static RuntimeException ofTransaction(RuntimeException thrown) {
        if (thrown instanceof MeowmxException) {
            return thrown;
        }
        return SqlState.contention(thrown)
                .<RuntimeException>map(state -> new ContentionException(state, thrown))
                .orElse(thrown);
    }
}
