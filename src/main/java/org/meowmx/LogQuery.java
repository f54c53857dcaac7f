package org.meowmx;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which events of the log to read, in order of position. {@link #all()} is the whole log, forward; the other methods
 * narrow it. Whatever it asks for, nothing beyond the high-water mark is ever read.
 *
 * @param category only streams of this category; null is every category
 * @param types only these event types; empty is every type
 * @param after only positions greater than this, 0 or greater
 * @param upTo only positions up to this, inclusive; {@link Long#MAX_VALUE} is open
 * @param backward newest first
 */
public record LogQuery(@Nullable String category, Set<String> types, long after, long upTo, boolean backward) {

    private static final LogQuery ALL = new LogQuery(null, Set.of(), 0, Long.MAX_VALUE, false);

    /**
     * @throws IllegalArgumentException when a position is negative
     */
    public LogQuery {
        types = Set.copyOf(types);
        requirePosition("after", after);
        requirePosition("upTo", upTo);
    }

    public static LogQuery all() {
        return ALL;
    }

    public static LogQuery category(String name) {
        return new LogQuery(name, Set.of(), 0, Long.MAX_VALUE, false);
    }

    public LogQuery types(String... names) {
        return types(Set.of(names));
    }

    public LogQuery types(Set<String> names) {
        return new LogQuery(category, names, after, upTo, backward);
    }

    /** Only the types of these event classes, or of their sealed families. */
    public LogQuery types(Class<?>... eventClasses) {
        Set<String> names = new TreeSet<>();
        for (Class<?> eventClass : eventClasses) {
            names.addAll(EventTypes.of(eventClass).names());
        }
        return types(names);
    }

    public LogQuery after(long position) {
        return new LogQuery(category, types, position, upTo, backward);
    }

    public LogQuery upTo(long position) {
        return new LogQuery(category, types, after, position, backward);
    }

    public LogQuery backwards() {
        return new LogQuery(category, types, after, upTo, true);
    }

    private static void requirePosition(String what, long position) {
        if (position < 0) {
            throw new IllegalArgumentException(what + " must be 0 or greater, was " + position);
        }
    }
}
