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
 * @param firstSlice only streams of this slice (see {@link StreamId#slice}) or a higher one
 * @param lastSlice only streams of this slice or a lower one
 * @param correlationId only events of one request: those that carry this {@link Metadata#CORRELATION_ID}, and the one whose
 *     own id it is; null is every event
 */
public record LogQuery(
        @Nullable String category,
        Set<String> types,
        long after,
        long upTo,
        boolean backward,
        int firstSlice,
        int lastSlice,
        @Nullable String correlationId) {

    private static final LogQuery ALL =
            new LogQuery(null, Set.of(), 0, Long.MAX_VALUE, false, 0, StreamId.SLICES - 1, null);

    /**
     * @throws IllegalArgumentException when a position is negative, or there is no such range of slices
     */
    public LogQuery {
        types = Set.copyOf(types);
        requirePosition("after", after);
        requirePosition("upTo", upTo);
        if (firstSlice < 0 || lastSlice < firstSlice || lastSlice >= StreamId.SLICES) {
            throw new IllegalArgumentException("no slices from %d to %d".formatted(firstSlice, lastSlice));
        }
    }

    public static LogQuery all() {
        return ALL;
    }

    public static LogQuery category(String name) {
        return ALL.inCategory(name);
    }

    /** Only streams of this category. */
    public LogQuery inCategory(String name) {
        return new LogQuery(name, types, after, upTo, backward, firstSlice, lastSlice, correlationId);
    }

    /** Only what one request caused, and what it began with. */
    public LogQuery correlatedBy(String id) {
        return new LogQuery(category, types, after, upTo, backward, firstSlice, lastSlice, id);
    }

    public LogQuery types(String... names) {
        return types(Set.of(names));
    }

    public LogQuery types(Set<String> names) {
        return new LogQuery(category, names, after, upTo, backward, firstSlice, lastSlice, correlationId);
    }

    /**
     * Only the types of these event classes, or of their sealed families, and their aliases. Types that an upcaster makes into
     * them are to be named beside.
     */
    public LogQuery types(Class<?>... eventClasses) {
        Set<String> names = new TreeSet<>();
        for (Class<?> eventClass : eventClasses) {
            names.addAll(EventTypes.of(eventClass).names());
        }
        return types(names);
    }

    public LogQuery after(long position) {
        return new LogQuery(category, types, position, upTo, backward, firstSlice, lastSlice, correlationId);
    }

    public LogQuery upTo(long position) {
        return new LogQuery(category, types, after, position, backward, firstSlice, lastSlice, correlationId);
    }

    public LogQuery backwards() {
        return new LogQuery(category, types, after, upTo, true, firstSlice, lastSlice, correlationId);
    }

    /** Only streams in a range of slices, both inclusive. */
    public LogQuery slices(int first, int last) {
        return new LogQuery(category, types, after, upTo, backward, first, last, correlationId);
    }

    /** Whether streams of all slices are asked for. */
    public boolean everySlice() {
        return firstSlice == 0 && lastSlice == StreamId.SLICES - 1;
    }

    private static void requirePosition(String what, long position) {
        if (position < 0) {
            throw new IllegalArgumentException(what + " must be 0 or greater, was " + position);
        }
    }
}
