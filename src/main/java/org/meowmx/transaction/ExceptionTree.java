package org.meowmx.transaction;

import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An exception with everything that it carries: causes, and the exceptions that these suppress. */
public final class ExceptionTree {

    /** Deeper causes are ignored: a chain of causes may be a circle. */
    private static final int MAX_DEPTH = 20;

    private ExceptionTree() {}

    /** The exception itself, then the tree of its cause, then those of the exceptions that it suppresses. */
    public static Stream<Throwable> of(Throwable thrown) {
        return of(thrown, 0);
    }

    private static Stream<Throwable> of(@Nullable Throwable thrown, int depth) {
        if (thrown == null || depth > MAX_DEPTH) {
            return Stream.empty();
        }
        Stream<Throwable> suppressed =
                Arrays.stream(thrown.getSuppressed()).flatMap(other -> of(other, depth + 1));
        return Stream.of(Stream.of(thrown), of(thrown.getCause(), depth + 1), suppressed)
                .flatMap(part -> part);
    }
}
