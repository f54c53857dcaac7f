package org.meowmx.subscription.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.Segments;

/** The result of one query of the poll loop: checkpoints, the kinds of the events after the known log, and the end of the log. */
final class Poll {

    private final KnownLog known;
    private final List<PolledSegment> segments = new ArrayList<>();
    private final List<Kind> decided = new ArrayList<>();
    private final LatestEvents undecided = new LatestEvents();
    private long count;
    private long end;
    private boolean recognized;

    /** @param known the known log before the poll */
    Poll(KnownLog known) {
        this.known = known;
    }

    /** The position of the latest event of a category, type and slice. */
    record Kind(String category, String type, int slice, long position) {}

    /** Adds a row. */
    boolean add(ResultSet row) throws SQLException {
        if (row.getString(1) != null) {
            return segments.add(segment(row));
        }
        if (row.getString(6) == null) {
            end = row.getLong(4);
            recognized = row.getBoolean(7);
            return true;
        }
        count += row.getLong(10);
        Kind kind = new Kind(row.getString(5), row.getString(6), row.getInt(2), row.getLong(4));
        if (row.getBoolean(7)) {
            return decided.add(kind);
        }
        undecided.add(kind.category(), kind.type(), kind.slice(), kind.position());
        return true;
    }

    private static PolledSegment segment(ResultSet row) throws SQLException {
        long mergeAt = row.getLong(10);
        boolean merging = !row.wasNull();
        return new PolledSegment(
                row.getString(1),
                new Segments.Range(row.getInt(2), row.getInt(3)),
                row.getLong(4),
                new Filter(row.getString(5), row.getString(6)),
                row.getBoolean(7),
                row.getBoolean(8),
                row.getBoolean(9),
                merging ? mergeAt : null,
                instant(row, 11),
                instant(row, 12));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    List<PolledSegment> segments() {
        return segments;
    }

    /** The number of events after the known log that it has read. */
    long count() {
        return count;
    }

    /** The position of the last event of the log. */
    long end() {
        return end;
    }

    /** The kinds of the events up to the position that the query received as decided. */
    List<Kind> decided() {
        return decided;
    }

    /** Whether the log is still the one that was known. */
    boolean isSound() {
        return known.last() == null || recognized;
    }

    /** Whether it has read all events after the known log, and the log is still the one that was known. */
    boolean isComplete() {
        return isSound() && end - KnownLog.SIZE <= known.end();
    }

    /** Whether the segment requests an event after the known log. */
    boolean hasUnread(PolledSegment segment) {
        return undecided.hasAfter(segment.position(), segment.slices(), segment.filter())
                || decided.stream()
                        .anyMatch(kind -> kind.position() > segment.position()
                                && segment.slices().has(kind.slice())
                                && segment.filter().has(kind.category(), kind.type()));
    }
}
