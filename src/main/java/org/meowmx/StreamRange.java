package org.meowmx;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a stream to read, in which direction. {@link #all()} is everything, forward; the other methods narrow it.
 *
 * @param from the lowest version, inclusive, 1 or greater
 * @param to the highest version, inclusive; {@link Long#MAX_VALUE} is open
 * @param asOf null, or a time: of the stream only the longest beginning that holds no event recorded later is read
 * @param backward newest first
 * @param limit how many events at most, 1 or greater; {@link Long#MAX_VALUE} is all
 */
public record StreamRange(long from, long to, @Nullable Instant asOf, boolean backward, long limit) {

    private static final StreamRange ALL = new StreamRange(1, Long.MAX_VALUE, null, false, Long.MAX_VALUE);

    /**
     * @throws IllegalArgumentException when a version or the limit is below 1
     */
    public StreamRange {
        requirePositive("from", from);
        requirePositive("to", to);
        requirePositive("limit", limit);
        asOf = asOf == null ? null : Times.atOrBefore(asOf);
    }

    public static StreamRange all() {
        return ALL;
    }

    public StreamRange from(long version) {
        return new StreamRange(version, to, asOf, backward, limit);
    }

    public StreamRange to(long version) {
        return new StreamRange(from, version, asOf, backward, limit);
    }

    public StreamRange asOf(Instant time) {
        return new StreamRange(from, to, time, backward, limit);
    }

    public StreamRange backwards() {
        return new StreamRange(from, to, asOf, true, limit);
    }

    public StreamRange limit(long events) {
        return new StreamRange(from, to, asOf, backward, events);
    }

    /** The rest of this range after an event that it began with; null when nothing can be left. */
    @Nullable
    StreamRange after(RecordedEvent event) {
        if (backward) {
            return event.version() <= from ? null : to(event.version() - 1);
        }
        return event.version() >= to ? null : from(event.version() + 1);
    }

    private static void requirePositive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be 1 or greater, was " + value);
        }
    }
}
