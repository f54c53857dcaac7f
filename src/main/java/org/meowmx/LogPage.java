package org.meowmx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the log.
 *
 * @param events the events, in the order asked for
 * @param highWaterMark the mark when the page was read: everything at or below it is decided for good
 * @param next the query that goes on where this page ends; null when this page was the last
 * @param readTo up to which position the log has been read: for a forward page every event of the query at or below it has
 *     been returned, here or before, so it is what a checkpoint may say
 */
public record LogPage(
        List<RecordedEvent> events,
        long highWaterMark,
        @Nullable LogQuery next,
        long readTo) {

    public LogPage {
        events = List.copyOf(events);
    }

    /**
     * The page for what a query found.
     *
     * @param query what was asked
     * @param complete whether these are all events of the query up to the mark
     * @param highWaterMark the mark that bounded the read
     * @param events what was found; at least one, unless they are complete
     */
    public static LogPage of(LogQuery query, boolean complete, long highWaterMark, List<RecordedEvent> events) {
        long end = Math.min(query.upTo(), highWaterMark);
        if (complete) {
            return new LogPage(
                    events, highWaterMark, null, query.backward() ? query.after() : Math.max(end, query.after()));
        }
        long last = events.get(events.size() - 1).position();
        LogQuery rest =
                query.backward() ? query.upTo(last - 1) : query.after(last).upTo(end);
        return new LogPage(events, highWaterMark, rest.after() < rest.upTo() ? rest : null, last);
    }

    /** An empty page in front of the first one. */
    static LogPage inFrontOf(LogQuery query) {
        return new LogPage(List.of(), 0, query, 0);
    }
}
