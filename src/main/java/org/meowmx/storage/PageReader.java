package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meowmx.EventStore;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.UuidText;
import org.meowmx.serialization.EventSerializer;
import org.meowmx.storage.EventColumns.Data;
import org.meowmx.storage.EventColumns.Row;

/**
 * Reads events page by page. A page has the requested number of events, or fewer if they are large: its data and metadata take
 * at most {@value #PAGE_BYTES} bytes, unless a single event takes more.
 *
 * <p>Three queries at most keep the memory bounded. The first one selects data only of events that are certainly small. The
 * second selects the sizes of the others, which shows how many events fit into the page. The third selects the data of those.
 */
final class PageReader {

    /** The maximum size of a page in memory. */
    static final int PAGE_BYTES = 8 * 1024 * 1024;

    /** Larger data is selected only after its size is known to fit into the page. */
    private static final int SMALL_BYTES = 8 * 1024;

    private static final String POSITION = "position";

    /**
     * The order of correlated events. They are few, and have an index of their own. Without the sum, PostgreSQL may read the whole log
     * in the order of its key, if it has no statistics because no event is correlated.
     */
    private static final String SORTED_POSITION = "position + 0";

    private final EntityManager em;
    private final Log log;
    private final Dialect dialect;
    private final EventSerializer serializer;
    private final Data onlySmall;
    private final Data onlySize;

    PageReader(EntityManager em, Log log, Dialect dialect, EventSerializer serializer) {
        this.em = em;
        this.log = log;
        this.dialect = dialect;
        this.serializer = serializer;
        this.onlySmall = new Data("case when %s then event.data end".formatted(dialect.isSmall(SMALL_BYTES)), "0");
        this.onlySize = new Data("null", dialect.dataSize());
    }

    /** The first events of a query, up to the high-water mark. */
    LogPage ofLog(LogQuery query, int size) {
        return query.backward() ? backward(query, size) : forward(query, size);
    }

    /** Rows above the mark come last and are cut off, because the statement that reads them cannot know the mark yet. */
    private LogPage forward(LogQuery query, int size) {
        Log.EndAndRows<Row> read = log.endAnd(choice(query).first(onlySmall, order(query), size));
        long mark = read.end().highWaterMark();
        List<Row> decided =
                read.rows().stream().takeWhile(row -> row.position() <= mark).toList();
        return page(query, read.end(), fitting(decided, size));
    }

    /** Rows above the mark would come first and might fill the page, so the mark is read first. */
    private LogPage backward(LogQuery query, int size) {
        LogEnd end = log.end();
        LogQuery decided = query.upTo(Math.min(query.upTo(), end.highWaterMark()));
        return page(query, end, read(choice(decided), order(query) + " desc", size));
    }

    private static String order(LogQuery query) {
        return query.correlationId() == null ? POSITION : SORTED_POSITION;
    }

    private static LogPage page(LogQuery query, LogEnd end, Part found) {
        return LogPage.of(
                end.logId(), query, found.complete(), end.highWaterMark(), end.lastPosition(), found.events());
    }

    /**
     * The first events of a result.
     *
     * @param complete whether these are all events of the result
     */
    record Part(List<RecordedEvent> events, boolean complete) {}

    /** The first events of a range of versions. */
    Part ofStream(StreamId stream, StreamRange versions) {
        int size = (int) Math.min(versions.limit(), EventStore.SCAN_PAGE);
        return read(EventQuery.ofStream(stream, versions), versions.backward() ? "version desc" : "version", size);
    }

    private Part read(EventQuery choice, String order, int size) {
        return fitting(choice.list(em, onlySmall, order, size), size);
    }

    /**
     * The first rows, as many as fit into a page, as events.
     *
     * @param size how many rows were requested; with fewer, the result is complete
     */
    private Part fitting(List<Row> rows, int size) {
        List<Row> sized = completed(rows, onlySize);
        List<Row> fitting = sized.subList(0, fitting(sized));
        List<RecordedEvent> events = completed(fitting, Data.WHOLE).stream()
                .map(row -> row.recorded(serializer))
                .toList();
        return new Part(events, fitting.size() == rows.size() && rows.size() < size);
    }

    /** The events with these ids, without their data but with its size; by id. */
    Map<UUID, Row> sized(Collection<UUID> ids) {
        return EventQuery.ofIds(ids).list(em, onlySize, POSITION, ids.size()).stream()
                .collect(Collectors.toMap(Row::eventId, Function.identity()));
    }

    /**
     * Reads the data of rows that have only its size, and passes one event after the other to the reader. It holds the
     * data of one page.
     */
    void readWhole(List<Row> sized, Consumer<RecordedEvent> reader) {
        List<Row> rest = sized;
        while (!rest.isEmpty()) {
            int count = fitting(rest);
            completed(rest.subList(0, count), Data.WHOLE).forEach(row -> reader.accept(row.recorded(serializer)));
            rest = rest.subList(count, rest.size());
        }
    }

    /** The rows. Those without data are replaced by the result of another query. */
    private List<Row> completed(List<Row> rows, Data data) {
        List<Long> large = rows.stream()
                .filter(row -> row.data() == null)
                .map(Row::position)
                .toList();
        if (large.isEmpty()) {
            return rows;
        }
        Map<Long, Row> again = EventQuery.ofPositions(large).list(em, data, POSITION, large.size()).stream()
                .collect(Collectors.toMap(Row::position, Function.identity()));
        return rows.stream().map(row -> again.getOrDefault(row.position(), row)).toList();
    }

    /** How many of the rows fit into a page: at least one. */
    private static int fitting(List<Row> rows) {
        long bytes = 0;
        int count = 0;
        for (Row row : rows) {
            bytes += row.metadata().length()
                    + (row.data() == null ? row.size() : row.data().length());
            if (bytes > PAGE_BYTES && count > 0) {
                return count;
            }
            count++;
        }
        return count;
    }

    private EventQuery choice(LogQuery query) {
        EventQuery choice =
                new EventQuery().and("event.position > ?", query.after()).and("event.position <= ?", query.upTo());
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

    /** Selects the events with the correlation id, and the event whose own id it is, which began the correlation. */
    private void correlate(EventQuery choice, String id) {
        UuidText.parse(id)
                .ifPresentOrElse(
                        eventId -> choice.and(
                                "(%s or event.event_id = ?)".formatted(dialect.hasCorrelationId()), id, eventId),
                        () -> choice.and(dialect.hasCorrelationId(), id));
    }
}
