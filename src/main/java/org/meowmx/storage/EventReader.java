package org.meowmx.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStream;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.serialization.EventSerializer;

/** Reads events through JPA; the same on every database. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class EventReader {

    /** How much data a page of the log may have, as the database stores it. */
    static final int PAGE_BYTES = 8 * 1024 * 1024;

    /** Data beyond this size is read only when it is known to fit into the page. */
    private static final int LARGE_BYTES = 8 * 1024;

    private static final String DATA = """
            select event.position, event.data from StoredEvent event where event.position in :positions""";

    private static final String FORWARD = """
            select new org.meowmx.storage.EventRow(event.position, event.eventId, event.category, event.streamId,
                    event.version, event.type, event.data, event.metadata, event.recordedAt, 0)
            from StoredEvent event
            where event.category = :category and event.streamId = :streamId and event.version between :from and :to
            order by event.version""";

    private static final String BACKWARD = """
            select new org.meowmx.storage.EventRow(event.position, event.eventId, event.category, event.streamId,
                    event.version, event.type, event.data, event.metadata, event.recordedAt, 0)
            from StoredEvent event
            where event.category = :category and event.streamId = :streamId and event.version between :from and :to
            order by event.version desc""";

    private static final String BY_ID = """
            select new org.meowmx.storage.EventRow(event.position, event.eventId, event.category, event.streamId,
                    event.version, event.type, event.data, event.metadata, event.recordedAt, 0)
            from StoredEvent event
            where event.eventId in :ids""";

    private static final String FIRST_VERSION_AFTER = """
            select min(event.version)
            from StoredEvent event
            where event.category = :category and event.streamId = :streamId and event.recordedAt > :time""";

    private static final String VERSION = """
            select stream.version
            from StoredStream stream
            where stream.key.category = :category and stream.key.streamId = :streamId""";

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    EventSerializer serializer;

    @Inject
    Log log;

    EventStream stream(StreamId stream, StreamRange range) {
        long last = Math.min(range.to(), lastVersionAsOf(stream, range.asOf()));
        if (last == 0) {
            return new EventStream(stream, 0, List.of());
        }
        StreamRange versions = range.to(last);
        List<RecordedEvent> events = events(stream, versions);
        return new EventStream(stream, version(stream, versions, events), events);
    }

    private List<RecordedEvent> events(StreamId stream, StreamRange versions) {
        TypedQuery<EventRow> query = em.createQuery(versions.backward() ? BACKWARD : FORWARD, EventRow.class)
                .setParameter("category", stream.category())
                .setParameter("streamId", stream.id())
                .setParameter("from", versions.from())
                .setParameter("to", versions.to());
        if (versions.limit() < Integer.MAX_VALUE) {
            query.setMaxResults((int) versions.limit());
        }
        return recorded(query.getResultList());
    }

    /** The stream's version at the upper end of what was read; asked of the database only where the events do not tell. */
    private long version(StreamId stream, StreamRange versions, List<RecordedEvent> events) {
        boolean topIncluded = versions.backward() || events.size() < versions.limit();
        if (!events.isEmpty() && topIncluded) {
            return events.get(versions.backward() ? 0 : events.size() - 1).version();
        }
        return Math.min(versions.to(), version(stream));
    }

    private long lastVersionAsOf(StreamId stream, @Nullable Instant time) {
        if (time == null) {
            return Long.MAX_VALUE;
        }
        Long later = em.createQuery(FIRST_VERSION_AFTER, Long.class)
                .setParameter("category", stream.category())
                .setParameter("streamId", stream.id())
                .setParameter("time", time)
                .getSingleResult();
        return later == null ? Long.MAX_VALUE : later - 1;
    }

    /** The version of a stream now; 0 when it does not exist. */
    long version(StreamId stream) {
        return em.createQuery(VERSION, Long.class)
                .setParameter("category", stream.category())
                .setParameter("streamId", stream.id())
                .getResultStream()
                .findFirst()
                .orElse(0L);
    }

    List<RecordedEvent> byId(Collection<UUID> ids) {
        return recorded(
                em.createQuery(BY_ID, EventRow.class).setParameter("ids", ids).getResultList());
    }

    /**
     * The first events of a query that are not beyond the mark: so many, or fewer where they are large, so that the page takes
     * no more memory than a single event or {@value #PAGE_BYTES} bytes.
     */
    LogPage page(LogQuery query, long highWaterMark, int size) {
        List<EventRow> rows = rows(query, highWaterMark, size);
        List<EventRow> fitting = rows.subList(0, fitting(rows));
        boolean complete = rows.size() < size && fitting.size() == rows.size();
        return LogPage.of(query, complete, highWaterMark, recorded(withLargeData(fitting)));
    }

    private List<EventRow> rows(LogQuery query, long highWaterMark, int size) {
        CriteriaBuilder cb = em.getCriteriaBuilder();
        CriteriaQuery<EventRow> criteria = cb.createQuery(EventRow.class);
        Root<StoredEvent> event = criteria.from(StoredEvent.class);
        Path<Long> position = event.get("position");
        Path<String> data = event.get("data");
        Expression<Integer> bytes = cb.function(log.sizeFunction(), Integer.class, data);
        criteria.select(cb.construct(
                        EventRow.class,
                        position,
                        event.get("eventId"),
                        event.get("category"),
                        event.get("streamId"),
                        event.get("version"),
                        event.get("type"),
                        cb.selectCase().when(cb.le(bytes, LARGE_BYTES), data),
                        event.get("metadata"),
                        event.get("recordedAt"),
                        bytes))
                .where(conditions(query, highWaterMark, cb, event))
                .orderBy(query.backward() ? cb.desc(position) : cb.asc(position));
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

    private static Predicate[] conditions(
            LogQuery query, long highWaterMark, CriteriaBuilder cb, Root<StoredEvent> event) {
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
        return conditions.toArray(Predicate[]::new);
    }

    private List<RecordedEvent> recorded(List<EventRow> rows) {
        return rows.stream().map(row -> row.recorded(serializer)).toList();
    }
}
