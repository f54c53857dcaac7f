package org.meowmx.storage;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.meowmx.ContentionException;
import org.meowmx.EventIdConflictException;
import org.meowmx.MeowmxException;
import org.meowmx.transaction.SqlState;

/** Maps errors of the database to exceptions of the store, by SQLSTATE and never by message. */
final class SqlErrors {

    private static final String UNIQUE_VIOLATION = "23505";

    /** A message names no more ids. */
    private static final int MOST_IDS = 10;

    private SqlErrors() {}

    /**
     * The exception for a failed append. The only unique key that an append can violate is that of event ids, because it holds
     * the lock on the row of its stream.
     */
    static RuntimeException ofAppend(RuntimeException thrown, Batch batch) {
        if (thrown instanceof MeowmxException) {
            return thrown;
        }
        return SqlState.matches(thrown, UNIQUE_VIOLATION::equals)
                ? new EventIdConflictException(null, batch.stream(), "the log already has " + oneOf(batch.givenIds()))
                : ofTransaction(thrown);
    }

    private static String oneOf(List<UUID> ids) {
        String named = ids.stream().limit(MOST_IDS).map(UUID::toString).collect(Collectors.joining(", "));
        return ids.size() <= 1
                ? named
                : "one of %d ids: %s%s".formatted(ids.size(), named, ids.size() > MOST_IDS ? ", …" : "");
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
