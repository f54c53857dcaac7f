package org.meowmx.storage;

import org.meowmx.ContentionException;
import org.meowmx.MeowmxException;
import org.meowmx.transaction.SqlState;

/** Maps errors of the database to exceptions of the store, by SQLSTATE and never by message. */
final class SqlErrors {

    private SqlErrors() {}

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
