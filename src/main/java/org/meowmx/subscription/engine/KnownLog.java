package org.meowmx.subscription.engine;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The part of the log that the poll loop of a node has in memory: for each category, type and slice, the position of the latest event.
 *
 * <p>A wrong entry could make a segment skip an event, so these rules hold:
 * <ul>
 *   <li>It ends with an event that was read, at or below a high-water mark that was read in an earlier statement. So no
 *       event can still appear before its end. It does not end at the mark itself: a position without an event may be
 *       assigned again after a crash of the database.
 *   <li>Each poll checks that the last event has kept its id. If not, the log was restored, or a standby without some
 *       events was promoted, and the known log is read again.
 *   <li>For a checkpoint before its beginning, it knows nothing, so the segment gets a turn.
 * </ul>
 */
final class KnownLog {

    /**
     * The largest number of positions that one poll reads. If a checkpoint is further than this from the end of the log, its segment
     * always gets a turn.
     */
    static final int SIZE = 10_000;

    private long beginning;
    private long end;
    private @Nullable Event last;
    private final LatestEvents latest = new LatestEvents();

    private KnownLog(long position) {
        this.beginning = position;
        this.end = position;
    }

    /** An event by which a log is recognized. */
    record Event(long position, UUID id) {

        /** No event has this position. */
        static final Event NONE = new Event(0, new UUID(0, 0));
    }

    /** A known log without events, which begins after this position. */
    static KnownLog after(long position) {
        return new KnownLog(Math.max(0, position));
    }

    /** The position after which events are to be read. */
    long end() {
        return end;
    }

    /** The event at the end; null if none was read yet. */
    @Nullable
    Event last() {
        return last;
    }

    /** Whether the segment requests an event between its checkpoint and the end. Also true if that is not known. */
    boolean mayHaveUnread(PolledSegment segment) {
        return segment.position() < beginning
                || latest.hasAfter(segment.position(), segment.slices(), segment.filter());
    }

    /**
     * Adds all events between the current end and another event.
     *
     * @param kinds the latest of them for each category, type and slice
     * @param to the new end; ignored if it is not after the current end
     */
    void extend(List<Poll.Kind> kinds, Event to) {
        if (to.position() <= end) {
            return;
        }
        kinds.forEach(kind -> latest.add(kind.category(), kind.type(), kind.slice(), kind.position()));
        end = to.position();
        last = to;
        if (latest.size() > 2 * SIZE) {
            beginning = Math.max(beginning, end - SIZE);
            latest.forgetUpTo(beginning);
        }
    }
}
