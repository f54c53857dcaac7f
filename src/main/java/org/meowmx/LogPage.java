package org.meowmx;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page of the log.
 *
 * @param logId the id of the log that was read, see {@link LogCatalog#logId}
 * @param events the events, in the requested order
 * @param highWaterMark the high-water mark at the time of the read: everything at or below it is decided permanently
 * @param lastPosition the last position that was assigned at the time of the read. A reader that has
 *     already read up to a greater position would skip new events: the log has gone back
 * @param next the query for the next page; null if this page was the last
 * @param readTo the position up to which the log has been read. On a forward page, every event of the query at or below it
 *     has been returned, on this page or an earlier one. A checkpoint in the same database may take this value. Outside of
 *     the database, store only positions of events ({@link LogCatalog#newest}), because PostgreSQL may assign the other
 *     positions again after a crash. On a backward page, every event of the query at or above it has been returned: it is
 *     the position of the page's last event, and on the last page the query's {@link LogQuery#after}
 */
public record LogPage(
        UUID logId,
        List<RecordedEvent> events,
        long highWaterMark,
        long lastPosition,
        @Nullable LogQuery next,
        long readTo) {

    public LogPage {
        events = List.copyOf(events);
    }

    /**
     * Builds the page from the result of a query. For implementations of {@link EventStore}.
     *
     * @param logId the id of the log
     * @param query the query
     * @param complete whether these are all events of the query up to the mark
     * @param highWaterMark the mark that limited the read
     * @param lastPosition the last position that was assigned when the mark was read
     * @param events the events found; at least one, unless they are complete
     */
    public static LogPage of(
            UUID logId,
            LogQuery query,
            boolean complete,
            long highWaterMark,
            long lastPosition,
            List<RecordedEvent> events) {
        long end = Math.min(query.upTo(), highWaterMark);
        if (complete) {
            long readTo = query.backward() ? query.after() : Math.max(end, query.after());
            return new LogPage(logId, events, highWaterMark, lastPosition, null, readTo);
        }
        long last = events.get(events.size() - 1).position();
        LogQuery rest =
                query.backward() ? query.upTo(last - 1) : query.after(last).upTo(end);
        return new LogPage(logId, events, highWaterMark, lastPosition, rest.after() < rest.upTo() ? rest : null, last);
    }

    /**
     * The events of this page that belong to a family, as objects, each with the stored event. Other events are left out.
     *
     * @throws EventBindingException if the data of an event does not fit its class
     */
    public <E> List<TypedEvent<E>> typed(Class<E> family) {
        return events.stream()
                .filter(event -> event.is(Required.present("family", family)))
                .flatMap(event -> TypedEvent.of(event, family).stream())
                .toList();
    }

    /** An empty page that precedes the first one. */
    static LogPage inFrontOf(LogQuery query) {
        return new LogPage(new UUID(0, 0), List.of(), 0, 0, query, 0);
    }
}
