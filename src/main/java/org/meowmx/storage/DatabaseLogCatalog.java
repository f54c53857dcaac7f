package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.meowmx.CategorySummary;
import org.meowmx.EventKey;
import org.meowmx.LogCatalog;
import org.meowmx.Names;
import org.meowmx.RecordedEvent;
import org.meowmx.Required;
import org.meowmx.StreamId;
import org.meowmx.StreamSummary;
import org.meowmx.transaction.PlainSql;

/** Answers questions about the log from its tables. */
final class DatabaseLogCatalog implements LogCatalog {

    static final String LOG_ID = "select log.logId from StoredLog log";

    /** The page of streams is limited before their last events are looked up, so that no plan begins with the events. */
    private static final String STREAMS = """
            select stream.stream_id, stream.version, event.position, event.recorded_at
            from (select category, stream_id, version from meowmx_streams
                  where category = ? and stream_id > ? and stream_id >= ? and stream_id < ?
                  order by stream_id fetch first ? rows only) stream
            join meowmx_events event on event.category = stream.category and event.stream_id = stream.stream_id
                 and event.version = stream.version
            order by stream.stream_id""";

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
        Required.present("after", after);
        return reading.run(() -> log.categories(after, limit));
    }

    @Override
    public List<StreamSummary> streams(String category, String prefix, String after, int limit) {
        Required.present("category", category);
        Required.present("prefix", prefix);
        Required.present("after", after);
        return reading.run(() -> findStreams(category, prefix, after, limit));
    }

    private List<StreamSummary> findStreams(String category, String prefix, String after, int limit) {
        return PlainSql.query(
                em,
                STREAMS,
                List.of(category, after, prefix, endOf(prefix), limit),
                row -> new StreamSummary(
                        new StreamId(category, row.getString(1)),
                        row.getLong(2),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()));
    }

    /** The lowest text, by code points, that is greater than all texts with this prefix. It is the upper bound of the index scan. */
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
        Required.present("id", id);
        return reading.run(() -> reader.byId(id));
    }

    @Override
    public Set<UUID> known(Collection<UUID> ids) {
        Required.elements("ids", ids);
        return Set.copyOf(reading.run(
                () -> em.createQuery(KNOWN, UUID.class).setParameter("ids", ids).getResultList()));
    }
}
