package org.meowmx;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A query that selects events of the log, in order of position. {@link #all()} is the whole log, forward; the other
 * methods return a narrower query.
 *
 * <p>No query reads beyond the high-water mark.
 *
 * @param category only streams of this category; null is every category
 * @param types only these stored event types; empty is every type
 * @param after only positions greater than this, 0 or greater
 * @param upTo only positions up to this, inclusive, 0 or greater; {@link Long#MAX_VALUE} is no limit
 * @param backward true for newest first
 * @param firstSlice the lowest slice, 0 to 1023; see {@link StreamId#slice}
 * @param lastSlice the highest slice, inclusive, {@code firstSlice} to 1023
 * @param correlationId only events of one chain of causes: those with this {@link Metadata#CORRELATION_ID}, and the
 *     event whose own id this is; null is every event
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
     * Creates a query.
     *
     * @throws IllegalArgumentException if a position is negative, or the range of slices is empty or outside of 0 to
     *     1023
     */
    public LogQuery {
        types = Set.copyOf(Required.elements("types", types));
        requirePosition("after", after);
        requirePosition("upTo", upTo);
        if (firstSlice < 0 || lastSlice < firstSlice || lastSlice >= StreamId.SLICES) {
            throw new IllegalArgumentException(
                    "slices must be a range within 0 to 1023, was %d to %d".formatted(firstSlice, lastSlice));
        }
    }

    /** The whole log, forward. */
    public static LogQuery all() {
        return ALL;
    }

    /** All events of one category, forward. */
    public static LogQuery category(String name) {
        return ALL.inCategory(name);
    }

    /** Only streams of this category. */
    public LogQuery inCategory(String name) {
        return new LogQuery(
                Required.present("name", name), types, after, upTo, backward, firstSlice, lastSlice, correlationId);
    }

    /** Only the events of one chain of causes: those with this correlation id, and the event whose own id this is. */
    public LogQuery correlatedBy(String id) {
        return new LogQuery(category, types, after, upTo, backward, firstSlice, lastSlice, Required.present("id", id));
    }

    /** Only these stored event types; none is every type. Replaces an earlier selection. */
    public LogQuery types(String... names) {
        return types(Set.of(Required.elements("names", names)));
    }

    /** Only these stored event types; an empty set is every type. Replaces an earlier selection. */
    public LogQuery types(Set<String> names) {
        return new LogQuery(category, names, after, upTo, backward, firstSlice, lastSlice, correlationId);
    }

    /**
     * Only the types of these event classes, or of their sealed families, with their aliases.
     *
     * <p>Types that upcasters convert into these classes are not included. Name them in addition, with
     * {@link #types(Set)}.
     */
    public LogQuery types(Class<?>... eventClasses) {
        Set<String> names = new TreeSet<>();
        for (Class<?> eventClass : Required.elements("eventClasses", eventClasses)) {
            names.addAll(EventTypes.of(eventClass).names());
        }
        return types(names);
    }

    /**
     * Only positions greater than this.
     *
     * @param position 0 or greater
     */
    public LogQuery after(long position) {
        return new LogQuery(category, types, position, upTo, backward, firstSlice, lastSlice, correlationId);
    }

    /**
     * Only positions up to this, inclusive.
     *
     * @param position 0 or greater; {@link Long#MAX_VALUE} is no limit
     */
    public LogQuery upTo(long position) {
        return new LogQuery(category, types, after, position, backward, firstSlice, lastSlice, correlationId);
    }

    /** The same events, newest first. */
    public LogQuery backwards() {
        return new LogQuery(category, types, after, upTo, true, firstSlice, lastSlice, correlationId);
    }

    /**
     * Only streams in a range of slices.
     *
     * @param first the lowest slice, 0 to 1023
     * @param last the highest slice, inclusive, {@code first} to 1023
     */
    public LogQuery slices(int first, int last) {
        return new LogQuery(category, types, after, upTo, backward, first, last, correlationId);
    }

    /** Whether the query selects streams of all slices. */
    public boolean everySlice() {
        return firstSlice == 0 && lastSlice == StreamId.SLICES - 1;
    }

    private static void requirePosition(String what, long position) {
        if (position < 0) {
            throw new IllegalArgumentException(what + " must be 0 or greater, was " + position);
        }
    }
}
