package org.meowmx.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.meowmx.EventStore;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.serialization.EventSerializer;

/**
 * Reads events page by page: so many as asked for, or fewer where they are large, so that a page has no more data and metadata
 * than a single event or {@value #PAGE_BYTES} bytes.
 */
@ApplicationScoped
class PageReader {

    /** How much data a page may have, in memory. */
    static final int PAGE_BYTES = 8 * 1024 * 1024;

    /** Data beyond this size is read only when it is known to fit into the page. */
    private static final int SMALL_BYTES = 8 * 1024;

    private static final String POSITION = "position";

    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    EventSerializer serializer;

    @Inject
    Log log;

    /** The first events of a query that are not beyond the mark. */
    LogPage ofLog(LogQuery query, long highWaterMark, int size) {
        Beginning found = read(choice(query, highWaterMark), POSITION, query.backward(), size);
        return LogPage.of(query, found.complete(), highWaterMark, found.events());
    }

    /**
     * The beginning of what was asked for.
     *
     * @param complete whether it is all of it
     */
    record Beginning(List<RecordedEvent> events, boolean complete) {}

    /** The first events of a range of versions. */
    Beginning ofStream(StreamId stream, StreamRange versions) {
        int size = (int) Math.min(versions.limit(), EventStore.SCAN_PAGE);
        return read(EventQuery.ofStream(stream, versions), "version", versions.backward(), size);
    }

    private Beginning read(EventQuery choice, String order, boolean backward, int size) {
        String small = "case when %s then event.data end".formatted(log.isSmall(SMALL_BYTES));
        List<EventRow> rows =
                choice.list(em, new EventQuery.Columns(small, "0"), backward ? order + " desc" : order, size);
        List<EventRow> sized = completed(rows, onlySize());
        List<EventRow> fitting = sized.subList(0, fitting(sized));
        List<RecordedEvent> events = completed(fitting, EventQuery.WHOLE).stream()
                .map(row -> row.recorded(serializer))
                .toList();
        return new Beginning(events, fitting.size() == rows.size() && rows.size() < size);
    }

    /** The events with these ids without their data, by id. */
    Map<UUID, EventRow> sized(Collection<UUID> ids) {
        return EventQuery.ofIds(ids).list(em, onlySize(), POSITION, ids.size()).stream()
                .collect(Collectors.toMap(EventRow::eventId, Function.identity()));
    }

    /** Reads the data of such rows, and hands over one event after the other; holds the data of no more than a page. */
    void readWhole(List<EventRow> sized, Consumer<RecordedEvent> reader) {
        List<EventRow> rest = sized;
        while (!rest.isEmpty()) {
            int count = fitting(rest);
            completed(rest.subList(0, count), EventQuery.WHOLE).forEach(row -> reader.accept(row.recorded(serializer)));
            rest = rest.subList(count, rest.size());
        }
    }

    private EventQuery.Columns onlySize() {
        return new EventQuery.Columns("null", log.size());
    }

    /** The rows, of which those whose data was left out for its size are asked for again. */
    private List<EventRow> completed(List<EventRow> rows, EventQuery.Columns columns) {
        List<Long> large = rows.stream()
                .filter(row -> row.data() == null)
                .map(EventRow::position)
                .toList();
        if (large.isEmpty()) {
            return rows;
        }
        Map<Long, EventRow> again = EventQuery.ofPositions(large).list(em, columns, POSITION, large.size()).stream()
                .collect(Collectors.toMap(EventRow::position, Function.identity()));
        return rows.stream().map(row -> again.getOrDefault(row.position(), row)).toList();
    }

    /** How many of the rows make up a page: as many as do not exceed its bytes, but one at least. */
    private static int fitting(List<EventRow> rows) {
        long bytes = 0;
        int count = 0;
        for (EventRow row : rows) {
            bytes += row.metadata().length()
                    + (row.data() == null ? row.size() : row.data().length());
            if (bytes > PAGE_BYTES && count > 0) {
                return count;
            }
            count++;
        }
        return count;
    }

    private EventQuery choice(LogQuery query, long highWaterMark) {
        EventQuery choice = new EventQuery()
                .and("event.position > ?", query.after())
                .and("event.position <= ?", Math.min(query.upTo(), highWaterMark));
        if (query.category() != null) {
            choice.and("event.category = ?", query.category());
        }
        if (!query.types().isEmpty()) {
            choice.andTypes(query.types());
        }
        if (!query.everySlice()) {
            choice.and("event.slice between ? and ?", query.firstSlice(), query.lastSlice());
        }
        if (query.correlationId() != null) {
            correlate(choice, query.correlationId());
        }
        return choice;
    }

    /** The events that carry the id, and the one that the request began with, whose id it may be. */
    private void correlate(EventQuery choice, String id) {
        if (UUID_TEXT.matcher(id).matches()) {
            choice.and("(%s or event.event_id = ?)".formatted(log.hasCorrelationId()), id, UUID.fromString(id));
        } else {
            choice.and(log.hasCorrelationId(), id);
        }
    }
}
