package org.meowmx.transaction;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The SQLSTATE of an exception: what the database reported, independent of its language and of wrappers. */
public final class SqlState {

    /** Serialization failure, deadlock, lock not available; and the lock timeout of H2. */
    private static final Set<String> CONTENTION = Set.of("40001", "40P01", "55P03", "HYT00");

    /** Every statement after a failed one of the same transaction has this state; the state of the failed one says more. */
    private static final String ABORTED = "25P02";

    /**
     * A statement that was cancelled or timed out; a transaction that was idle or ran for too long; a
     * server that only reads, such as a replica after a failover.
     */
    private static final Set<String> UNAVAILABLE = Set.of("57014", "25P03", "25P04", "25006");

    /** What a pool of the Jakarta Connectors specification throws when it has no connection to give. */
    private static final String NO_CONNECTION = "jakarta.resource.ResourceException";

    private SqlState() {}

    /**
     * The state that reports a failed lock or serializable order, wherever it is in an exception. The same work may succeed in a new
     * transaction. The state may be the cause of another one, such as 25P02 of a later statement.
     */
    public static Optional<String> contention(Throwable thrown) {
        return within(thrown).filter(CONTENTION::contains).findFirst();
    }

    /** The first SQLSTATE in an exception, its causes, and the exceptions that these suppress. */
    public static Optional<String> of(Throwable thrown) {
        return within(thrown).findFirst();
    }

    /** Whether a condition holds for the first SQLSTATE; false if there is no SQLSTATE. */
    public static boolean matches(Throwable thrown, Predicate<String> condition) {
        return of(thrown).filter(condition).isPresent();
    }

    /**
     * Whether the database cannot be used at present, although the work may be correct: a connection is lost or not available
     * (class 08), the pool has no connection to give, the server is starting or shutting down (57P), it has reached a limit
     * (class 53), or its operating system failed (class 58).
     */
    public static boolean isUnavailable(Throwable thrown) {
        return within(thrown)
                        .filter(state -> !state.equals(ABORTED))
                        .findFirst()
                        .filter(state -> isLost(state) || isExhausted(state) || UNAVAILABLE.contains(state))
                        .isPresent()
                || Causes.chain(thrown).anyMatch(SqlState::isWithoutConnection);
    }

    /**
     * Whether a pool probably had no connection to give. A type of exception shows it, or a missing SQLSTATE: a database always reports
     * one, and some pools do not.
     */
    public static boolean isPoolExhausted(Throwable thrown) {
        return Causes.chain(thrown).anyMatch(SqlState::isWithoutConnection)
                || (of(thrown).isEmpty() && Causes.chain(thrown).anyMatch(SQLException.class::isInstance));
    }

    /**
     * Whether the database, a connection or a lock is to blame for a failure, so that the same work may succeed later, unchanged:
     * {@link #contention}, or {@link #isUnavailable}.
     */
    public static boolean isTransient(Throwable thrown) {
        return contention(thrown).isPresent() || isUnavailable(thrown);
    }

    /**
     * Whether a statement failed because of what it contains, or of a concurrent transaction: invalid data (class 22), a violated
     * constraint (23), a rollback by the database (40), or a lock that was not available. A statement with a part of the content may
     * succeed.
     */
    public static boolean isCausedByTheWork(Throwable thrown) {
        return matches(
                thrown,
                state -> state.startsWith("22")
                        || state.startsWith("23")
                        || state.startsWith("40")
                        || CONTENTION.contains(state));
    }

    /** Whether the database may not have replied: a connection is lost (class 08), or the server shut down (57P). */
    static boolean isLost(String state) {
        return state.startsWith("08") || state.startsWith("57P");
    }

    private static boolean isExhausted(String state) {
        return state.startsWith("53") || state.startsWith("58");
    }

    /** A pool without a free connection throws an exception of this type, or a timeout without a state. */
    private static boolean isWithoutConnection(Throwable thrown) {
        return thrown instanceof SQLTransientConnectionException
                || thrown instanceof SQLNonTransientConnectionException
                || (thrown instanceof SQLException && thrown.getCause() instanceof TimeoutException)
                || Stream.<Class<?>>iterate(thrown.getClass(), Objects::nonNull, Class::getSuperclass)
                        .anyMatch(type -> type.getName().equals(NO_CONNECTION));
    }

    /** The states of an exception, then those of its cause, then those of the exceptions that it suppresses. */
    private static Stream<String> within(Throwable thrown) {
        return Causes.tree(thrown)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(Objects::nonNull);
    }
}
