package org.meowmx.transaction;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The root cause of a failure as text: the exception that the application or the database threw, before the exceptions that wrap it.
 *
 * <p>The text may be shown to clients. It contains the messages of the application's exceptions. Messages of a database driver can
 * contain data, SQL or addresses, so the SQLSTATE replaces them.
 */
public final class RootCause {

    private static final int LONGEST_LINE = 300;

    private RootCause() {}

    /** One line of at most 300 characters: the root cause with its message or SQLSTATE, then the outermost exception. */
    public static String line(Throwable thrown) {
        List<Throwable> path = path(thrown);
        String root = words(path.get(path.size() - 1), path);
        String line = path.size() == 1 ? root : "%s (wrapped in %s)".formatted(root, words(thrown, path));
        String printable = line.replaceAll("\\p{Cntrl}+", " ");
        return printable.length() <= LONGEST_LINE ? printable : printable.substring(0, LONGEST_LINE - 1) + "…";
    }

    /** The line, the stack trace of the root cause, and each exception that wraps it with the place where it was created. */
    public static String trace(Throwable thrown) {
        List<Throwable> rootFirst = new ArrayList<>(path(thrown));
        Collections.reverse(rootFirst);
        String wrappers = rootFirst.stream()
                .skip(1)
                .map(wrapper -> "wrapped in " + words(wrapper, rootFirst) + frames(wrapper, 1))
                .collect(Collectors.joining("\n", "\n", ""));
        return line(thrown) + frames(rootFirst.get(0), Integer.MAX_VALUE) + wrappers.stripTrailing();
    }

    private static String frames(Throwable thrown, int most) {
        return Arrays.stream(thrown.getStackTrace())
                .limit(most)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
    }

    /**
     * The exceptions from the outermost one to the root cause. What caused an exception of the database, such as a closed
     * socket, says less than its SQLSTATE and is left out. The length is limited, because a chain of causes may be circular.
     */
    private static List<Throwable> path(Throwable thrown) {
        List<Throwable> path = new ArrayList<>();
        int root = 0;
        for (Throwable next = thrown; next != null && path.size() < Causes.MAX_DEPTH; next = cause(next)) {
            path.add(next);
            boolean ofDatabase = path.get(root) instanceof SQLException;
            root = ofDatabase && !(next instanceof SQLException) ? root : path.size() - 1;
        }
        return path.subList(0, root + 1);
    }

    /** A transaction manager reports the cause of a failed commit as an exception that its own exception suppresses. */
    private static @Nullable Throwable cause(Throwable thrown) {
        boolean ofCommit = thrown instanceof jakarta.transaction.RollbackException && thrown.getSuppressed().length > 0;
        return thrown.getCause() == null && ofCommit ? thrown.getSuppressed()[0] : thrown.getCause();
    }

    private static String words(Throwable thrown, List<Throwable> path) {
        String type = thrown.getClass().getName();
        if (thrown instanceof SQLException sql) {
            String state = sql.getSQLState() == null ? "no SQLSTATE" : "SQLSTATE " + sql.getSQLState();
            return SqlState.isUnavailable(sql)
                    ? "the database was not available (%s, %s)".formatted(state, type)
                    : "the database refused a statement (%s, %s)".formatted(state, type);
        }
        return repeatsAnother(thrown, path) ? type : thrown.toString();
    }

    /** Whether the message of a wrapper contains that of another exception. Hibernate quotes the driver, for example. */
    private static boolean repeatsAnother(Throwable thrown, List<Throwable> path) {
        String message = thrown.getMessage();
        return message == null
                || path.stream()
                        .filter(other -> other != thrown)
                        .map(Throwable::getMessage)
                        .anyMatch(other -> other != null && !other.isEmpty() && message.contains(other));
    }
}
