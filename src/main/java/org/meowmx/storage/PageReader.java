package org.meowmx.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.meowmx.EventStore;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.serialization.EventSerializer;

/**
 * Reads events page by page: so many as asked for, or fewer where they are large, so that a page takes no more memory than a
 * single event or {@value #PAGE_BYTES} bytes.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class PageReader {

    /** How much data a page may have, in memory. */
    static final int PAGE_BYTES = 8 * 1024 * 1024;

    /** Data beyond this size is read only when it is known to fit into the page. */
    private static final int SMALL_BYTES = 8 * 1024;

    private static final String SELECT = """
            select new org.meowmx.storage.EventRow(event.position, event.eventId, event.category, event.streamId,
                    event.version, event.type, case when #SMALL then event.data end, event.metadata, event.recordedAt, 0)
            from StoredEvent event
            where #CONDITIONS
            order by event.#ORDER""";

    private static final String SIZES = """
            select event.position, #SIZE from StoredEvent event where event.position in :positions""";

    private static final String DATA = """
            select event.position, event.data from StoredEvent event where event.position in :positions""";

    private static final String OF_STREAM = "event.category = :category and event.streamId = :streamId";
    private static final String VERSIONS = "event.version between :from and :to";
    private static final String POSITIONS = "event.position > :after and event.position <= :upTo";
    private static final String OF_CATEGORY = "event.category = :category";
    private static final String OF_TYPES = "event.type in :types";
    private static final String OF_SLICES = "event.slice between :firstSlice and :lastSlice";
    private static final String CARRIES_OR_IS = "(#CARRIES or event.eventId = :eventId)";

    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    EventSerializer serializer;

    @Inject
    Log log;

    /**
     * Which events are looked for. As text, because only queries that are text are translated to SQL once and for all.
     *
     * @param conditions all of them hold
     * @param parameters of the conditions, by name
     */
    private record Choice(List<String> conditions, Map<String, Object> parameters) {

        Choice() {
            this(new ArrayList<>(), new HashMap<>());
        }

        Choice and(String condition, Map<String, Object> values) {
            conditions.add(condition);
            parameters.putAll(values);
            return this;
        }
    }

    /** The first events of a query that are not beyond the mark. */
    LogPage ofLog(LogQuery query, long highWaterMark, int size) {
        Beginning found = read(choice(query, highWaterMark), "position", query.backward(), size);
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
        Choice choice = new Choice()
                .and(OF_STREAM, Map.of("category", stream.category(), "streamId", stream.id()))
                .and(VERSIONS, Map.of("from", versions.from(), "to", versions.to()));
        int size = (int) Math.min(versions.limit(), EventStore.SCAN_PAGE);
        return read(choice, "version", versions.backward(), size);
    }

    private Beginning read(Choice choice, String order, boolean backward, int size) {
        List<EventRow> rows = withSizes(rows(choice, backward ? order + " desc" : order, size));
        List<EventRow> fitting = rows.subList(0, fitting(rows));
        return new Beginning(recorded(fitting), fitting.size() == rows.size() && rows.size() < size);
    }

    private List<EventRow> rows(Choice choice, String order, int size) {
        String select = SELECT.replace("#SMALL", log.isSmall())
                .replace("#CONDITIONS", String.join(" and ", choice.conditions()))
                .replace("#ORDER", order);
        TypedQuery<EventRow> query = em.createQuery(select, EventRow.class).setParameter("small", SMALL_BYTES);
        choice.parameters().forEach(query::setParameter);
        return query.setMaxResults(size).getResultList();
    }

    /** Rows whose data was left out for its size get to know the size. */
    private List<EventRow> withSizes(List<EventRow> rows) {
        List<Long> large = positionsWithoutData(rows);
        if (large.isEmpty()) {
            return rows;
        }
        Map<Long, Integer> sizes = new HashMap<>();
        em.createQuery(SIZES.replace("#SIZE", log.size()), Object[].class)
                .setParameter("positions", large)
                .getResultList()
                .forEach(row -> sizes.put((Long) row[0], (Integer) row[1]));
        return rows.stream()
                .map(row -> row.withSize(sizes.getOrDefault(row.position(), row.size())))
                .toList();
    }

    private static List<Long> positionsWithoutData(List<EventRow> rows) {
        return rows.stream()
                .filter(row -> row.data() == null)
                .map(EventRow::position)
                .toList();
    }

    /** How many of the rows make up a page: as many as do not exceed its bytes, but one at least. */
    private static int fitting(List<EventRow> rows) {
        long bytes = 0;
        int count = 0;
        for (EventRow row : rows) {
            bytes += row.data() == null ? row.size() : row.data().length();
            if (bytes > PAGE_BYTES && count > 0) {
                return count;
            }
            count++;
        }
        return count;
    }

    private List<RecordedEvent> recorded(List<EventRow> rows) {
        return withLargeData(rows).stream().map(row -> row.recorded(serializer)).toList();
    }

    private List<EventRow> withLargeData(List<EventRow> rows) {
        List<Long> large = positionsWithoutData(rows);
        if (large.isEmpty()) {
            return rows;
        }
        Map<Long, String> data = new HashMap<>();
        em.createQuery(DATA, Object[].class)
                .setParameter("positions", large)
                .getResultList()
                .forEach(row -> data.put((Long) row[0], (String) row[1]));
        return rows.stream()
                .map(row -> row.withData(data.getOrDefault(row.position(), row.data())))
                .toList();
    }

    private Choice choice(LogQuery query, long highWaterMark) {
        Choice choice = new Choice()
                .and(POSITIONS, Map.of("after", query.after(), "upTo", Math.min(query.upTo(), highWaterMark)));
        if (query.category() != null) {
            choice.and(OF_CATEGORY, Map.of("category", query.category()));
        }
        if (!query.types().isEmpty()) {
            choice.and(OF_TYPES, Map.of("types", query.types()));
        }
        if (!query.everySlice()) {
            choice.and(OF_SLICES, Map.of("firstSlice", (short) query.firstSlice(), "lastSlice", (short)
                    query.lastSlice()));
        }
        if (query.correlationId() != null) {
            correlate(choice, query.correlationId());
        }
        return choice;
    }

    /** The events that carry the id, and the one that the request began with, whose id it may be. */
    private void correlate(Choice choice, String id) {
        if (UUID_TEXT.matcher(id).matches()) {
            choice.and(
                    CARRIES_OR_IS.replace("#CARRIES", log.hasCorrelationId()),
                    Map.of("correlationId", id, "eventId", UUID.fromString(id)));
        } else {
            choice.and(log.hasCorrelationId(), Map.of("correlationId", id));
        }
    }
}
