package org.meowmx.transaction;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The exceptions within an exception: its causes, and the exceptions that these suppress. */
public final class Causes {

    /** Deeper causes are ignored: a chain of causes may be circular. */
    static final int MAX_DEPTH = 20;

    private Causes() {}

    /** An exception and its causes, the outermost first. */
    public static Stream<Throwable> chain(Throwable thrown) {
        return Stream.<Throwable>iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(MAX_DEPTH);
    }

    /** An exception, then the tree of its cause, then those of the exceptions that it suppresses. */
    public static Stream<Throwable> tree(Throwable thrown) {
        return tree(thrown, 0);
    }

    private static Stream<Throwable> tree(@Nullable Throwable thrown, int depth) {
        if (thrown == null || depth > MAX_DEPTH) {
            return Stream.empty();
        }
        Stream<Throwable> suppressed = Arrays.stream(thrown.getSuppressed()).flatMap(other -> tree(other, depth + 1));
        return Stream.of(Stream.of(thrown), tree(thrown.getCause(), depth + 1), suppressed)
                .flatMap(part -> part);
    }
}
