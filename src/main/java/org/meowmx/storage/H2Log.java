package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.meowmx.CategorySummary;
import org.meowmx.EventKey;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogStatus;
import org.meowmx.StreamId;
import org.meowmx.storage.Decision.Verdict;
import org.meowmx.transaction.PlainSql;

/** The log on H2, for tests: one transaction appends at a time, from its first append to its end. */
class H2Log implements Log {

    private static final String LAST_POSITION = "select coalesce(max(event.position), 0) from StoredEvent event";

    private static final String CATEGORIES = """
            select summary.category, summary.streams, summary.events, event.position, event.recorded_at
            from (select category, count(distinct stream_id) as streams, count(*) as events, max(position) as position
                  from meowmx_events where category > ? group by category) summary
            join meowmx_events event on event.position = summary.position
            order by summary.category fetch first ? rows only""";

    private static final String NEWEST = """
            select event.position, event.eventId from StoredEvent event where event.position <= :position
            order by event.position desc""";

    private static final String KNOWN = "select count(*) from StoredEvent event where event.eventId in :ids";

    private static final String INSERT = "insert into meowmx_events (%s) values (?, ?, ?, %s)"
            .formatted(EventColumns.INSERT_LIST, EventColumns.VALUES_ON_H2);

    /** The key under which the registry keeps the last position before the current transaction's own events. */
    private static final Object MARK = H2Log.class;

    private final EntityManager em;
    private final TransactionSynchronizationRegistry registry;
    private final Clock clock;

    H2Log(EntityManager em, TransactionSynchronizationRegistry registry, Clock clock) {
        this.em = em;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public Optional<List<Place>> append(Batch batch) {
        BatchGroup group = BatchGroup.oneAfterTheOther(List.of(batch));
        boolean searched = batch.expected() instanceof ExpectedVersion.Exactly;
        Decision decision = appendAll(searched ? group : group.withNewIds()).get(0);
        return decision.is(Verdict.WRITTEN) ? Optional.of(decision.places()) : Optional.empty();
    }

    @Override
    public List<Decision> appendAll(BatchGroup group) {
        List<Decision> decisions = decisions(group);
        return decisions.stream().allMatch(decision -> decision.is(Verdict.POSSIBLE))
                ? write(group, decisions)
                : decisions;
    }

    @Override
    public List<Decision> appendEachIfFree(BatchGroup group) {
        return write(group, decisions(group));
    }

    /** The decision about each batch as if it were alone. */
    private List<Decision> decisions(BatchGroup group) {
        lockLog();
        return group.batches().stream()
                .map(batch -> decision(batch, group.idsAreSearched()))
                .toList();
    }

    private Decision decision(Batch batch, boolean searchIds) {
        StoredStream known = em.find(StoredStream.class, StoredStream.Key.of(batch.stream()));
        long version = known == null ? 0 : known.version();
        if (known != null) {
            em.detach(known);
        }
        if (!batch.expected().isMetBy(version)) {
            return Decision.not(Verdict.WRONG_VERSION, version);
        }
        return searchIds && hasKnownId(batch)
                ? Decision.not(Verdict.KNOWN_ID, known == null ? -1 : version)
                : Decision.not(Verdict.POSSIBLE, version);
    }

    private boolean hasKnownId(Batch batch) {
        return batch.hasGivenIds()
                && em.createQuery(KNOWN, Long.class)
                                .setParameter("ids", batch.givenIds())
                                .getSingleResult()
                        > 0;
    }

    private List<Decision> write(BatchGroup group, List<Decision> decisions) {
        for (int index : group.indexes()) {
            if (decisions.get(index).is(Verdict.POSSIBLE)) {
                advance(group.batches().get(index));
            }
        }
        List<List<Place>> places = insert(group, decisions);
        return group.indexes().stream()
                .map(index -> decisions.get(index).is(Verdict.POSSIBLE)
                        ? Decision.written(decisions.get(index).version(), places.get(index))
                        : decisions.get(index))
                .toList();
    }

    private void advance(Batch batch) {
        StoredStream known = em.find(StoredStream.class, StoredStream.Key.of(batch.stream()));
        StoredStream stream = known == null ? new StoredStream(batch.stream()) : known;
        stream.advance(batch.size());
        if (known == null) {
            em.persist(stream);
        }
        em.flush();
        em.detach(stream);
    }

    private List<List<Place>> insert(BatchGroup group, List<Decision> decisions) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<List<Place>> places = group.batches().stream()
                .<List<Place>>map(batch -> new ArrayList<>())
                .toList();
        em.unwrap(Session.class).doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(INSERT, new String[] {"position"})) {
                for (BatchGroup.Entry entry : group.entries()) {
                    Decision decision = decisions.get(entry.batch());
                    if (decision.is(Verdict.POSSIBLE)) {
                        Instant time = entry.event().recordedAtOr(now);
                        long version = decision.version() + entry.number();
                        long position =
                                insert(statement, group.batches().get(entry.batch()), entry.event(), version, time);
                        places.get(entry.batch()).add(new Place(position, version, time));
                    }
                }
            }
        });
        return places;
    }

    /** Inserts an event and returns its position. */
    private static long insert(
            PreparedStatement statement, Batch batch, Batch.Event event, long version, Instant recordedAt)
            throws SQLException {
        Parameters parameters = new Parameters(statement);
        parameters.add(batch.stream().category());
        parameters.add(batch.stream().id());
        parameters.add(version);
        EventColumns.bindOne(parameters, batch, event, recordedAt);
        statement.executeUpdate();
        try (ResultSet keys = statement.getGeneratedKeys()) {
            keys.next();
            return keys.getLong(1);
        }
    }

    @Override
    public boolean hasRowSecurity() {
        return false;
    }

    @Override
    public boolean lock(StreamId stream) {
        lockLog();
        return em.find(StoredStream.class, StoredStream.Key.of(stream)) != null;
    }

    private void lockLog() {
        em.find(StoredLog.class, StoredLog.ID, LockModeType.PESSIMISTIC_WRITE);
        if (registry.getResource(MARK) == null) {
            registry.putResource(MARK, lastPosition());
        }
    }

    @Override
    public void prepareToRead() {
        // read committed, H2's default, is the only supported level
    }

    @Override
    public <T> EndAndRows<T> endAnd(PlainSql.Query<T> query) {
        return new EndAndRows<>(end(), PlainSql.query(em, query));
    }

    @Override
    public LogEnd end() {
        long last = lastPosition();
        UUID logId = em.createQuery(DatabaseLogCatalog.LOG_ID, UUID.class).getSingleResult();
        return new LogEnd(logId, last, registry.getResource(MARK) instanceof Long mark ? mark : last);
    }

    @Override
    public LogStatus status() {
        LogEnd end = end();
        return new LogStatus(end.lastPosition(), end.highWaterMark(), List.of());
    }

    @Override
    public List<CategorySummary> categories(String after, int limit) {
        return PlainSql.query(
                em,
                CATEGORIES,
                List.of(after, limit),
                row -> new CategorySummary(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getObject(5, OffsetDateTime.class).toInstant()));
    }

    @Override
    public Optional<EventKey> newest(long position) {
        return em.createQuery(NEWEST, Object[].class)
                .setParameter("position", position)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(row -> new EventKey((Long) row[0], (UUID) row[1]));
    }

    private long lastPosition() {
        return em.createQuery(LAST_POSITION, Long.class).getSingleResult();
    }
}
