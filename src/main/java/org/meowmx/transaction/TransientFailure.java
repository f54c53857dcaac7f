package org.meowmx.transaction;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/**
 * Recognizes failures of the database, of a connection or of the pool: the same work may succeed later, unchanged.
 *
 * <p>JDBC, Jakarta Persistence and the two servers report an exhausted pool in different ways. So SQLSTATE values, the
 * exception types of JDBC and the exception type of Jakarta Connectors all count.
 */
public final class TransientFailure {

    /** Connection (08), insufficient resources (53), a server that stops or cancels (57), system error (58). */
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

    /**
     * Serialization failure, deadlock, lock not available (and the lock timeout of H2), statement of an ended transaction
     * (idle in transaction, transaction timeout), read-only database.
     */
    private static final Set<String> STATES =
            Set.of("40001", "40P01", "55P03", "HYT00", "25P03", "25P04", "25006");

    /** The servers' pools throw it or wrap it in an SQLException without a state. Not every application can see the class. */
    private static final String CONNECTOR_EXCEPTION = "jakarta.resource.ResourceException";

    private TransientFailure() {}

    /** Whether an exception, one of its causes, or an exception that these suppress reports such a failure. */
    public static boolean isIn(Throwable thrown) {
        return ExceptionTree.of(thrown).anyMatch(TransientFailure::isOne);
    }

    private static boolean isOne(Throwable thrown) {
        if (thrown instanceof SQLTransientException
                || thrown instanceof SQLRecoverableException
                || thrown instanceof SQLNonTransientConnectionException) {
            return true;
        }
        if (thrown instanceof SQLException sql && sql.getSQLState() != null) {
            return isTransient(sql.getSQLState());
        }
        return isConnectorException(thrown.getClass());
    }

    private static boolean isTransient(String state) {
        return STATES.contains(state) || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)));
    }

    private static boolean isConnectorException(Class<?> type) {
        for (Class<?> ancestor = type; ancestor != null; ancestor = ancestor.getSuperclass()) {
            if (ancestor.getName().equals(CONNECTOR_EXCEPTION)) {
                return true;
            }
        }
        return false;
    }
}
