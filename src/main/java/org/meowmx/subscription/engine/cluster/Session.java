package org.meowmx.subscription.engine.cluster;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import org.postgresql.PGConnection;

/**
 * The session of PostgreSQL that ran a statement of a connection.
 *
 * @param announced the process id that the driver received when the connection was opened; a pooler announces a number of its own
 * @param actual the id of the process that ran the statement
 */
record Session(int announced, int actual) {

    private static final String PROCESS = "select pg_backend_pid()";

    /** The number of attempts. Another transaction may take the session of the first connection before the second connection gets it. */
    private static final int TRIES = 5;

    static Session of(Connection connection) throws SQLException {
        int announced = connection.unwrap(PGConnection.class).getBackendPID();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PROCESS)) {
            row.next();
            return new Session(announced, row.getInt(1));
        }
    }

    /**
     * Whether the sessions of a connection change between its transactions: another connection gets the same session, or this one
     * gets another session.
     *
     * @param connection the connection of this session
     * @param other runs a statement on another connection of the pool
     */
    boolean isShared(Connection connection, Supplier<Session> other) throws SQLException {
        for (int tried = 0; announced != actual && tried < TRIES; tried++) {
            Session second = other.get();
            boolean same = second.announced != announced && second.actual == actual;
            if (same || of(connection).actual != actual) {
                return true;
            }
        }
        return false;
    }
}
