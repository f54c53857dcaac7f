package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.meowmx.transaction.OwnTransaction;
import org.meowmx.transaction.SqlState;

/**
 * Checks that the driver can prepare statements by name on the server. A pooler in transaction mode that does not support this,
 * such as PgBouncer before 1.21, runs the transactions of a connection in several sessions, and each session has names of its
 * own.
 */
final class NamedStatements {

    /** One more than the driver's default for {@code prepareThreshold}: the last execution uses the name. */
    private static final int EXECUTIONS = 6;

    /** A prepared statement does not exist, or it exists already. */
    private static final Set<String> LOST = Set.of("26000", "42P05");

    private static final String STATEMENT = "select cast(? as integer)";

    private final EntityManager em;
    private final OwnTransaction own;

    NamedStatements(EntityManager em, OwnTransaction own) {
        this.em = em;
        this.own = own;
    }

    /** Prepares the same statement on two connections of the pool in turn. A pooler without this support runs both in one session. */
    List<String> problems(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            executeOften(connection);
            own.run(() -> {
                em.unwrap(Session.class).doWork(NamedStatements::executeOften);
                return null;
            });
            executeOften(connection);
            return List.of();
        } catch (SQLException | RuntimeException e) {
            if (SqlState.matches(e, LOST::contains)) {
                return List.of(
                        "A connection pooler between jdbc/meowmx and PostgreSQL loses the statements that the driver prepares by name: add prepareThreshold=0 to the data source, or use PgBouncer 1.21 or newer with max_prepared_statements above 0.");
            }
            if (SqlState.isUnavailable(e)) {
                return List.of(); // a pool of one connection cannot give a second one
            }
            throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
        }
    }

    private static void executeOften(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STATEMENT)) {
            for (int number = 0; number < EXECUTIONS; number++) {
                statement.setInt(1, number);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                }
            }
        }
    }
}
