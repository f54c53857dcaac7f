package org.meowmx;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A range of a stream's events and the direction in which to read it. {@link #all()} is the whole stream, forward; the
 * other methods return a narrower range.
 *
 * @param from the lowest version, inclusive, 1 or greater
 * @param to the highest version, inclusive, 1 or greater; {@link Long#MAX_VALUE} is no limit
 * @param asOf a time: only the longest prefix of the stream in which no event was recorded after it; null is no limit
 * @param backward true for newest first
 * @param limit the largest number of events, 1 or greater; {@link Long#MAX_VALUE} is no limit
 */
public record StreamRange(long from, long to, @Nullable Instant asOf, boolean backward, long limit) {

    private static final StreamRange ALL = new StreamRange(1, Long.MAX_VALUE, null, false, Long.MAX_VALUE);

    /**
     * Creates a range.
     *
     * @throws IllegalArgumentException if a version or the limit is below 1
     */
    public StreamRange {
        requirePositive("from", from);
        requirePositive("to", to);
        requirePositive("limit", limit);
        asOf = asOf == null ? null : Times.atOrBefore(asOf);
    }

    /** The whole stream, forward. */
    public static StreamRange all() {
        return ALL;
    }

    /**
     * Only this version and later ones.
     *
     * @param version 1 or greater
     */
    public StreamRange from(long version) {
        return new StreamRange(version, to, asOf, backward, limit);
    }

    /**
     * Only this version and earlier ones.
     *
     * @param version 1 or greater
     */
    public StreamRange to(long version) {
        return new StreamRange(from, version, asOf, backward, limit);
    }

    /** Only the longest prefix of the stream in which no event was recorded after this time. */
    public StreamRange asOf(Instant time) {
        return new StreamRange(from, to, Required.present("time", time), backward, limit);
    }

    /** The same events, newest first. */
    public StreamRange backwards() {
        return new StreamRange(from, to, asOf, true, limit);
    }

    /**
     * At most this number of events, counted in the direction of reading.
     *
     * @param events 1 or greater
     */
    public StreamRange limit(long events) {
        return new StreamRange(from, to, asOf, backward, events);
    }

    /** The rest of this range after an event; null if nothing can be left. */
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
