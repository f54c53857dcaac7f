package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.meowmx.transaction.PlainSql;

/**
 * Searches for the first event that was recorded at or after a time, by halving the range of positions. The time of
 * recording has no index, so each step reads one event.
 *
 * <p>The times of the log ascend with its positions, except for short overlaps of concurrent appends, and for imported
 * events. To cover overlaps, it also reads {@value #NARROW} positions before the place that was found. If imported
 * times do not ascend, the result is approximate.
 */
final class TimeSearch {

    /** A range of positions that is small enough to be read as a whole. */
    static final int NARROW = 10_000;

    private static final String NEXT = """
            select position, recorded_at from meowmx_events
            where position > ? and position <= ? order by position fetch first 1 row only""";

    private static final String FIRST = """
            select position from meowmx_events
            where position > ? and position <= ? and recorded_at >= ? order by position fetch first 1 row only""";

    private final EntityManager em;

    TimeSearch(EntityManager em) {
        this.em = em;
    }

    /**
     * The position before the first event that was recorded at or after a time; the end if there is no such event. Needs a
     * transaction.
     *
     * @param end the last position that is searched
     */
    long positionBefore(Instant time, long end) {
        long before = 0;
        long last = end;
        long found = end + 1;
        while (last - before > NARROW) {
            long middle = before + (last - before) / 2;
            Optional<Event> next = next(middle, last);
            if (next.isPresent() && next.get().recordedAt().isBefore(time)) {
                before = middle;
            } else {
                found = next.map(Event::position).orElse(found);
                last = middle;
            }
        }
        return first(Math.max(0, before - NARROW), last, time).orElse(found) - 1;
    }

    private record Event(long position, Instant recordedAt) {}

    private Optional<Event> next(long after, long last) {
        return PlainSql.query(
                        em,
                        NEXT,
                        List.of(after, last),
                        row -> new Event(
                                row.getLong(1),
                                row.getObject(2, OffsetDateTime.class).toInstant()))
                .stream()
                .findFirst();
    }

    private Optional<Long> first(long after, long last, Instant time) {
        return PlainSql.query(em, FIRST, List.of(after, last, time.atOffset(ZoneOffset.UTC)), row -> row.getLong(1))
                .stream()
                .findFirst();
    }
}
