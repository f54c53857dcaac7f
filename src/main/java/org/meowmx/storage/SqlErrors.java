package org.meowmx.storage;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meowmx.ContentionException;
import org.meowmx.EventIdConflictException;
import org.meowmx.MeowmxException;
import org.meowmx.StreamId;

/** Turns what the database said into our exceptions, by SQLSTATE and never by message. */
final class SqlErrors {

    private static final String UNIQUE_VIOLATION = "23505";

    /** Serialization failure, deadlock, lock not available; and H2's lock timeout. */
    private static final Set<String> CONTENTION = Set.of("40001", "40P01", "55P03", "HYT00");

    private SqlErrors() {}

    /**
     * The exception that an append should end with. The one unique key that an append can run into is the event id's, as
     * its stream's row is locked.
     */
    static RuntimeException ofAppend(RuntimeException thrown, StreamId stream) {
        if (thrown instanceof MeowmxException) {
            return thrown;
        }
        return sqlState(thrown, 0)
                .<RuntimeException>map(state -> {
                    if (state.equals(UNIQUE_VIOLATION)) {
                        return new EventIdConflictException(null, stream, "it is in the log already");
                    }
                    return CONTENTION.contains(state) ? new ContentionException(state, thrown) : thrown;
                })
                .orElse(thrown);
    }

    /** The exception that a transaction should end with; a unique key may be one of the application's own here. */
    static RuntimeException ofTransaction(RuntimeException thrown) {
        if (thrown instanceof MeowmxException) {
            return thrown;
        }
        return sqlState(thrown, 0)
                .filter(CONTENTION::contains)
                .<RuntimeException>map(state -> new ContentionException(state, thrown))
                .orElse(thrown);
    }

    private static Optional<String> sqlState(@Nullable Throwable thrown, int depth) {
        if (thrown == null || depth > 20) {
            return Optional.empty();
        }
        if (thrown instanceof SQLException sql && sql.getSQLState() != null) {
            return Optional.of(sql.getSQLState());
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            Optional<String> state = sqlState(suppressed, depth + 1);
            if (state.isPresent()) {
                return state;
            }
        }
        return sqlState(thrown.getCause(), depth + 1);
    }
}
