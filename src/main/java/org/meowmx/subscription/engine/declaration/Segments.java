package org.meowmx.subscription.engine.declaration;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.meowmx.StreamId;

/** Divides the slices into segments: consecutive ranges whose sizes differ by one at most. */
public final class Segments {

    private Segments() {}

    /** A range of slices, both ends inclusive. */
    public record Range(int first, int last) {

        public int size() {
            return last - first + 1;
        }

        public boolean has(int slice) {
            return first <= slice && slice <= last;
        }

        /** Whether the ranges have a slice in common. */
        public boolean overlaps(Range other) {
            return first <= other.last && other.first <= last;
        }

        boolean contains(Range other) {
            return has(other.first) && has(other.last);
        }
    }

    /**
     * The ranges of slices for a number of segments.
     *
     * @param count the number of segments, 1 to 1024
     * @throws IllegalArgumentException if the count is out of its range
     */
    public static List<Range> of(int count) {
        if (count < 1 || count > StreamId.SLICES) {
            throw new IllegalArgumentException("segments must be 1 to " + StreamId.SLICES + ", but was " + count);
        }
        return IntStream.range(0, count)
                .mapToObj(i -> new Range(i * StreamId.SLICES / count, (i + 1) * StreamId.SLICES / count - 1))
                .toList();
    }

    /** Whether each new range lies within one old range. Then each new segment can take over the position of an old one. */
    public static boolean isSplit(Collection<Range> before, Collection<Range> after) {
        return after.stream().allMatch(range -> before.stream().anyMatch(old -> old.contains(range)));
    }
}
