package org.meowmx.transaction;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The settings of a transaction on PostgreSQL that may hold a claim: READ COMMITTED, and the limits after which PostgreSQL
 * ends the session of a process that sends nothing. A node that exceeds them loses its claims.
 */
final class SessionLimits {

    /** The limits are in milliseconds. */
    private static final String SET = """
            set transaction isolation level read committed;
            set local idle_in_transaction_session_timeout = %1$s""";

    private static final String SET_WITH_TCP = SET + ";\nset local tcp_user_timeout = %1$s";

    private static final String READ_TCP = "select current_setting('tcp_user_timeout')";

    /** Whether the server's platform has TCP_USER_TIMEOUT; assumed until it is known. */
    private volatile boolean tcp = true;

    private volatile boolean tcpKnown;

    /**
     * Sets the limits until the transaction ends.
     *
     * @param frozenAfter 1 millisecond to 20 days
     */
    void set(Connection connection, Duration frozenAfter) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute((tcp ? SET_WITH_TCP : SET).formatted(frozenAfter.toMillis()));
            if (!tcpKnown) {
                tcp = isTcpSet(statement);
                tcpKnown = true;
            }
        }
    }

    /**
     * On macOS and Windows, PostgreSQL accepts the setting, writes a line into its log each time, and keeps the value 0. The
     * setting is therefore tried once. It adds nothing but an earlier end if the machine of the application is lost.
     */
    private static boolean isTcpSet(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(READ_TCP)) {
            row.next();
            return !row.getString(1).equals("0");
        }
    }
}
