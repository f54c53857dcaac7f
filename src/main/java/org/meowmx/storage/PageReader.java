package org.meowmx.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaCriteriaQuery;
import org.hibernate.query.criteria.JpaRoot;
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
    private static final int LARGE_BYTES = 8 * 1024;

    private static final String DATA = """
            select event.position, event.data from StoredEvent event where event.position in :positions""";

    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    EventSerializer serializer;

    @Inject
    Log log;

    /** Which events are looked for. */
    private interface Choice {
        List<Predicate> conditions(HibernateCriteriaBuilder cb, Root<StoredEvent> event);
    }

    /** The first events of a query that are not beyond the mark. */
    LogPage ofLog(LogQuery query, long highWaterMark, int size) {
        Choice choice = (cb, event) -> conditions(query, highWaterMark, cb, event);
        Beginning found = read(choice, "position", query.backward(), size);
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
        Choice choice = (cb, event) -> List.of(
                cb.equal(event.get("category"), stream.category()),
                cb.equal(event.get("streamId"), stream.id()),
                cb.between(event.<Long>get("version"), versions.from(), versions.to()));
        int size = (int) Math.min(versions.limit(), EventStore.SCAN_PAGE);
        return read(choice, "version", versions.backward(), size);
    }

    private Beginning read(Choice choice, String order, boolean backward, int size) {
        List<EventRow> rows = rows(choice, order, backward, size);
        List<EventRow> fitting = rows.subList(0, fitting(rows));
        return new Beginning(recorded(fitting), fitting.size() == rows.size() && rows.size() < size);
    }

    private List<EventRow> rows(Choice choice, String order, boolean backward, int size) {
        HibernateCriteriaBuilder cb = em.unwrap(Session.class).getCriteriaBuilder();
        JpaCriteriaQuery<EventRow> criteria = cb.createQuery(EventRow.class);
        JpaRoot<StoredEvent> event = criteria.from(StoredEvent.class);
        Path<String> data = event.get("data");
        Expression<Integer> bytes = log.size(cb, data);
        criteria.select(cb.construct(
                        EventRow.class,
                        event.get("position"),
                        event.get("eventId"),
                        event.get("category"),
                        event.get("streamId"),
                        event.get("version"),
                        event.get("type"),
                        cb.selectCase().when(cb.le(bytes, LARGE_BYTES), data),
                        event.get("metadata"),
                        event.get("recordedAt"),
                        bytes))
                .where(choice.conditions(cb, event).toArray(Predicate[]::new))
                .orderBy(backward ? cb.desc(event.get(order)) : cb.asc(event.get(order)));
        return em.createQuery(criteria).setMaxResults(size).getResultList();
    }

    /** How many of the rows make up a page: as many as do not exceed its bytes, but one at least. */
    private static int fitting(List<EventRow> rows) {
        long bytes = 0;
        int count = 0;
        for (EventRow row : rows) {
            bytes += row.size();
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
        List<Long> large = rows.stream()
                .filter(row -> row.data() == null)
                .map(EventRow::position)
                .toList();
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

    private List<Predicate> conditions(
            LogQuery query, long highWaterMark, HibernateCriteriaBuilder cb, Root<StoredEvent> event) {
        List<Predicate> conditions = new ArrayList<>();
        conditions.add(cb.gt(event.<Long>get("position"), query.after()));
        conditions.add(cb.le(event.<Long>get("position"), Math.min(query.upTo(), highWaterMark)));
        if (query.category() != null) {
            conditions.add(cb.equal(event.get("category"), query.category()));
        }
        if (!query.types().isEmpty()) {
            conditions.add(event.get("type").in(query.types()));
        }
        if (!query.everySlice()) {
            conditions.add(
                    cb.between(event.<Short>get("slice"), (short) query.firstSlice(), (short) query.lastSlice()));
        }
        if (query.correlationId() != null) {
            conditions.add(correlated(query.correlationId(), cb, event));
        }
        return conditions;
    }

    /** The events that carry the id, and the one that the request began with, whose id it may be. */
    private Predicate correlated(String id, HibernateCriteriaBuilder cb, Root<StoredEvent> event) {
        Predicate carries = log.hasCorrelationId(cb, event.get("metadata"), id);
        return UUID_TEXT.matcher(id).matches()
                ? cb.or(carries, cb.equal(event.get("eventId"), UUID.fromString(id)))
                : carries;
    }
}
