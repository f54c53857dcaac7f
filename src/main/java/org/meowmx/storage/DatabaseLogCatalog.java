package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.meowmx.CategorySummary;
import org.meowmx.EventKey;
import org.meowmx.LogCatalog;
import org.meowmx.Names;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamSummary;

/** Answers questions about the log from its tables. */
final class DatabaseLogCatalog implements LogCatalog {

    private static final String LOG_ID = "select log.logId from StoredLog log";

    private static final String CATEGORIES = """
            select stream.key.category, count(stream.version), sum(stream.version),
                   (select max(event.position) from StoredEvent event where event.category = stream.key.category)
            from StoredStream stream
            where stream.key.category > :after
            group by stream.key.category
            order by stream.key.category""";

    private static final String RECORDED = """
            select event.position, event.recordedAt from StoredEvent event where event.position in :positions""";

    private static final String STREAMS = """
            select stream.key.streamId, stream.version, event.position, event.recordedAt
            from StoredStream stream
            join StoredEvent event on event.category = stream.key.category and event.streamId = stream.key.streamId
                 and event.version = stream.version
            where stream.key.category = :category and stream.key.streamId > :after
              and stream.key.streamId >= :prefix and stream.key.streamId < :end
            order by stream.key.streamId""";

    private static final String NEWEST = """
            select event.recordedAt, instant from StoredEvent event order by event.position desc""";

    private static final String KNOWN = "select event.eventId from StoredEvent event where event.eventId in :ids";

    private static final String BEYOND_EVERY_ID =
            Character.toString(Character.MAX_CODE_POINT).repeat(Names.MAX_LENGTH);

    /** The maximum number of newest events from which the rate is computed. */
    private static final int RATED = 1_000;

    private final EntityManager em;
    private final Log log;
    private final EventReader reader;
    private final ReadTransaction reading;

    DatabaseLogCatalog(EntityManager em, Log log, EventReader reader, ReadTransaction reading) {
        this.em = em;
        this.log = log;
        this.reader = reader;
        this.reading = reading;
    }

    @Override
    public UUID logId() {
        return reading.run(() -> em.createQuery(LOG_ID, UUID.class).getSingleResult());
    }

    @Override
    public Optional<EventKey> newest(long position) {
        return reading.run(() -> log.newest(position));
    }

    @Override
    public List<CategorySummary> categories(String after, int limit) {
        return reading.run(() -> findCategories(after, limit));
    }

    private List<CategorySummary> findCategories(String after, int limit) {
        List<Object[]> rows = em.createQuery(CATEGORIES, Object[].class)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList();
        Map<Long, Instant> recorded =
                recorded(rows.stream().map(row -> (Long) row[3]).toList());
        return rows.stream()
                .map(row -> new CategorySummary(
                        (String) row[0], (Long) row[1], (Long) row[2], (Long) row[3], timeOf((Long) row[3], recorded)))
                .toList();
    }

    private Map<Long, Instant> recorded(Collection<Long> positions) {
        Map<Long, Instant> recorded = new HashMap<>();
        em.createQuery(RECORDED, Object[].class)
                .setParameter("positions", positions)
                .getResultList()
                .forEach(row -> recorded.put((Long) row[0], (Instant) row[1]));
        return recorded;
    }

    private static Instant timeOf(long position, Map<Long, Instant> recorded) {
        return recorded.getOrDefault(position, Instant.EPOCH);
    }

    @Override
    public List<StreamSummary> streams(String category, String prefix, String after, int limit) {
        return reading.run(() -> findStreams(category, prefix, after, limit));
    }

    private List<StreamSummary> findStreams(String category, String prefix, String after, int limit) {
        return em
                .createQuery(STREAMS, Object[].class)
                .setParameter("category", category)
                .setParameter("prefix", prefix)
                .setParameter("end", endOf(prefix))
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(row -> new StreamSummary(
                        new StreamId(category, (String) row[0]), (Long) row[1], (Long) row[2], (Instant) row[3]))
                .toList();
    }

    /** The lowest text, by code points, that is greater than all texts with this prefix. It gives the index scan an end. */
    private static String endOf(String prefix) {
        int[] points = prefix.codePoints().toArray();
        for (int last = points.length - 1; last >= 0; last--) {
            if (points[last] < Character.MAX_CODE_POINT) {
                int next = points[last] + 1;
                points[last] = next == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : next;
                return new String(points, 0, last + 1);
            }
        }
        return BEYOND_EVERY_ID;
    }

    @Override
    public double eventsPerSecond() {
        List<Object[]> newest = reading.run(() ->
                em.createQuery(NEWEST, Object[].class).setMaxResults(RATED).getResultList());
        List<Duration> ages = newest.stream()
                .map(row -> Duration.between((Instant) row[0], (Instant) row[1]))
                .filter(age -> !age.isNegative())
                .toList();
        List<Duration> recent =
                ages.stream().filter(age -> age.toSeconds() < RATE_SECONDS).toList();
        boolean more = newest.size() == RATED && !recent.isEmpty() && recent.size() == ages.size();
        Duration span = more ? recent.get(recent.size() - 1) : Duration.ofSeconds(RATE_SECONDS);
        return recent.size() * 1e9 / Math.max(1, span.toNanos());
    }

    @Override
    public Optional<RecordedEvent> event(UUID id) {
        return reading.run(() -> reader.byId(id));
    }

    @Override
    public Set<UUID> known(Collection<UUID> ids) {
        return Set.copyOf(reading.run(
                () -> em.createQuery(KNOWN, UUID.class).setParameter("ids", ids).getResultList()));
    }
}
