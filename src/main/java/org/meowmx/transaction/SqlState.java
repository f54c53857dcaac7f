package org.meowmx.transaction;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The SQLSTATE of an exception: what the database reported, independent of its language and of wrappers. */
public final class SqlState {

    /** Deeper causes are ignored: a chain of causes may be a circle. */
    private static final int MAX_DEPTH = 20;

    /** Serialization failure, deadlock, lock not available; and the lock timeout of H2. */
    private static final Set<String> CONTENTION = Set.of("40001", "40P01", "55P03", "HYT00");

    private SqlState() {}

    /**
     * The state with which the database gave up on a lock or a serializable order, wherever it is in an exception: the same work
     * may succeed in a new transaction. It may be the cause of another state, such as 25P02 of a later statement.
     */
    public static Optional<String> contention(Throwable thrown) {
        return within(thrown, 0).filter(CONTENTION::contains).findFirst();
    }

    /** The first SQLSTATE in an exception, its causes, and the exceptions that these suppress. */
    public static Optional<String> of(Throwable thrown) {
        return within(thrown, 0).findFirst();
    }

    /** Whether a condition holds for the first SQLSTATE; false if there is no SQLSTATE. */
    public static boolean matches(Throwable thrown, Predicate<String> condition) {
        return of(thrown).filter(condition).isPresent();
    }

    /** The states of an exception, then those of its cause, then those of the exceptions that it suppresses. */
    private static Stream<String> within(@Nullable Throwable thrown, int depth) {
        if (thrown == null || depth > MAX_DEPTH) {
            return Stream.empty();
        }
        Stream<String> own = thrown instanceof SQLException sql && sql.getSQLState() != null
                ? Stream.of(sql.getSQLState())
                : Stream.empty();
        Stream<String> suppressed = Arrays.stream(thrown.getSuppressed()).flatMap(other -> within(other, depth + 1));
        return Stream.of(own, within(thrown.getCause(), depth + 1), suppressed).flatMap(part -> part);
    }
}
