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

    /** Whether the database gave up on a lock or a serializable order: the same work may succeed in a new transaction. */
    public static boolean isContention(Throwable thrown) {
        return matches(thrown, CONTENTION::contains);
    }

    /** The first SQLSTATE in an exception, the exceptions that it suppresses, and its causes. */
    public static Optional<String> of(Throwable thrown) {
        return thrownWithin(thrown, 0)
                .filter(SQLException.class::isInstance)
                .map(found -> ((SQLException) found).getSQLState())
                .filter(state -> state != null)
                .findFirst();
    }

    /** Whether a condition holds for the first SQLSTATE; false if there is none. */
    public static boolean matches(Throwable thrown, Predicate<String> condition) {
        return of(thrown).filter(condition).isPresent();
    }

    /** The exception, then those that it suppresses, then its cause, each with its own. */
    private static Stream<Throwable> thrownWithin(@Nullable Throwable thrown, int depth) {
        if (thrown == null || depth > MAX_DEPTH) {
            return Stream.empty();
        }
        Stream<Throwable> suppressed =
                Arrays.stream(thrown.getSuppressed()).flatMap(other -> thrownWithin(other, depth + 1));
        return Stream.of(Stream.of(thrown), suppressed, thrownWithin(thrown.getCause(), depth + 1))
                .flatMap(part -> part);
    }
}
