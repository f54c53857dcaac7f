package org.meowmx.subscription.engine.declaration;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.meowmx.StreamId;

/** How slices are shared out to segments: in ranges of as equal a size as can be. */
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

        boolean contains(Range other) {
            return has(other.first) && has(other.last);
        }
    }

    /**
     * The ranges of so many segments.
     *
     * @param count 1 to 1024
     * @throws IllegalArgumentException when there cannot be so many
     */
    public static List<Range> of(int count) {
        if (count < 1 || count > StreamId.SLICES) {
            throw new IllegalArgumentException("segments must be 1 to " + StreamId.SLICES + ", were " + count);
        }
        return IntStream.range(0, count)
                .mapToObj(i -> new Range(i * StreamId.SLICES / count, (i + 1) * StreamId.SLICES / count - 1))
                .toList();
    }

    /** Whether each of the new ranges lies within one of the old ones, so that positions can simply be copied. */
    public static boolean isSplit(Collection<Range> before, Collection<Range> after) {
        return after.stream().allMatch(range -> before.stream().anyMatch(old -> old.contains(range)));
    }
}
