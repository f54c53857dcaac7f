package org.meowmx.transaction;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.meowmx.transaction.PlainSql.Query;

/**
 * The limits after which PostgreSQL ends the session of a process that sends nothing, until its transaction ends. A node that
 * exceeds them loses its claims.
 *
 * <p>They are set by a query, not by {@code set local}, so that they can travel in a message with other statements.
 */
final class SessionLimits {

    private static final String READ_COMMITTED = "read committed";

    /** The limit is in milliseconds. */
    private static final String SET = """
            select current_setting('transaction_isolation'),
                   set_config('idle_in_transaction_session_timeout', ?, true)""";

    private static final String SET_WITH_TCP = SET + ", set_config('tcp_user_timeout', ?, true)";

    /** Whether the server's platform has TCP_USER_TIMEOUT; assumed until it is known. */
    private volatile boolean tcp = true;

    /** The isolation level of the transaction is not READ COMMITTED. Nothing was done in it. */
    static final class IsolationMismatch extends RuntimeException {

        private static final long serialVersionUID = 1L;

        IsolationMismatch(String isolation) {
            super("The transaction has the isolation level '%s', not '%s'".formatted(isolation, READ_COMMITTED));
        }
    }

    /**
     * A query that sets the limits. It throws {@link IsolationMismatch} if the transaction is not READ COMMITTED.
     *
     * @param frozenAfter 1 millisecond to 20 days
     */
    Query<Void> query(Duration frozenAfter) {
        boolean withTcp = tcp;
        List<String> values = Collections.nCopies(withTcp ? 2 : 1, String.valueOf(frozenAfter.toMillis()));
        return new Query<>(withTcp ? SET_WITH_TCP : SET, values, row -> check(row, withTcp));
    }

    /**
     * On macOS and Windows, PostgreSQL accepts the TCP setting, writes a line into its log each time, and keeps the value 0. It is
     * then no longer set. Its only effect is an earlier end if the machine of the application is lost.
     */
    private Void check(ResultSet row, boolean withTcp) throws SQLException {
        if (!row.getString(1).equals(READ_COMMITTED)) {
            throw new IsolationMismatch(row.getString(1));
        }
        if (withTcp && row.getString(3).equals("0")) {
            tcp = false;
        }
        return null;
    }
}
