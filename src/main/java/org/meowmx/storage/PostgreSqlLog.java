package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.meowmx.CategorySummary;
import org.meowmx.EventKey;
import org.meowmx.ExpectedVersion;
import org.meowmx.IsolationException;
import org.meowmx.LogStatus;
import org.meowmx.OpenAppend;
import org.meowmx.StandbyException;
import org.meowmx.StreamId;
import org.meowmx.transaction.Message;
import org.meowmx.transaction.PlainSql;

/** The log on PostgreSQL: runs the append statement, and derives the high-water mark from the fences of open appends. */
class PostgreSqlLog implements Log {

    private static final String LOCK = """
            select version from meowmx_streams where category = ? and stream_id = ? for no key update""";

    private static final String READ_COMMITTED = "set transaction isolation level read committed";

    private static final PlainSql.Query<LogEnd> LAST_POSITION =
            new PlainSql.Query<>("""
            select coalesce(pg_sequence_last_value('meowmx_events_position_seq'), 0),
                   current_setting('transaction_isolation'), pg_is_in_recovery(), (select log_id from meowmx_log)""", List.of(), PostgreSqlLog::undecidedEnd);

    /**
     * Goes from one category to the next by the index, and counts some streams of each. For larger categories, it uses the frequencies
     * in the statistics of the tables. The newest event of a category is searched by a row comparison, because a plan for "category =
     * …" may read all newer events of other categories.
     */
    private static final String CATEGORIES = """
            with recursive found as (
                select (select min(stream.category) from meowmx_streams stream where stream.category > ?) as name
                union all
                select (select min(stream.category) from meowmx_streams stream where stream.category > found.name)
                from found where found.name is not null),
            estimate as (
                select stats.tablename, value.category, value.frequency * greatest(class.reltuples, 0) as count
                from pg_stats stats
                join pg_class class on class.oid = to_regclass(stats.tablename)
                cross join lateral unnest(
                        cast(cast(stats.most_common_vals as text) as text[]), stats.most_common_freqs)
                    as value(category, frequency)
                where stats.schemaname = current_schema() and stats.attname = 'category'
                  and stats.tablename in ('meowmx_streams', 'meowmx_events'))
            select page.name, counted.streams, counted.events, newest.position, newest.recorded_at,
                   (select count from estimate where tablename = 'meowmx_streams' and category = page.name),
                   (select count from estimate where tablename = 'meowmx_events' and category = page.name)
            from (select name from found where name is not null limit ?) page
            cross join lateral (
                select count(*) as streams, sum(version) as events
                from (select version from meowmx_streams where category = page.name order by stream_id limit ?) stream) counted
            cross join lateral (
                select position, recorded_at from meowmx_events event
                where (event.category, event.position) <= (page.name, #LAST)
                order by event.category desc, event.position desc limit 1) newest
            order by page.name""".replace("#LAST", String.valueOf(Long.MAX_VALUE));

    private static final String NEWEST = """
            select pg_is_in_recovery(), newest.position, newest.event_id
            from (values (1)) as one_row
            left join lateral (
                select position, event_id from meowmx_events where position <= ? order by position desc limit 1
            ) as newest on true""";

    /**
     * As {@link #LAST_POSITION}, with the highest position in the tables. The sequence is read after the snapshot of
     * the tables, so it cannot be below it.
     */
    private static final String LAST_AND_USED_POSITION = """
            select coalesce(pg_sequence_last_value('meowmx_events_position_seq'), 0),
                   current_setting('transaction_isolation'), pg_is_in_recovery(),
                   greatest((select max(position) from meowmx_events), (select max(live_after) from meowmx_checkpoints), 0)""";

    /** Policies of row-level security may depend on who the caller is. */
    private static final String HAS_ROW_SECURITY = """
            select coalesce(bool_or(relrowsecurity), false) from pg_class
            where oid in (to_regclass('meowmx_streams'), to_regclass('meowmx_events'))""";

    /** Must run after {@link #LAST_POSITION}, as a statement of its own, and before the statement that reads events. */
    private static final PlainSql.Query<Long> FENCES = new PlainSql.Query<>("""
            select distinct cast(objid as bigint)
            from pg_locks
            where locktype = 'advisory' and granted and objsubid = 2
              and classid = cast('meowmx_events' as regclass)
              and database = (select oid from pg_database where datname = current_database())""", List.of(), row -> row.getLong(1));

    /** The key under which the registry keeps the fence of the current transaction. */
    private static final Object FENCE = PostgreSqlLog.class;

    private final EntityManager em;
    private final TransactionSynchronizationRegistry registry;

    PostgreSqlLog(EntityManager em, TransactionSynchronizationRegistry registry) {
        this.em = em;
        this.registry = registry;
    }

    @Override
    public Optional<List<Place>> append(Batch batch) {
        return em.unwrap(Session.class).doReturningWork(connection -> append(batch, connection));
    }

    private Optional<List<Place>> append(Batch batch, Connection connection) throws SQLException {
        boolean many = batch.size() > 1;
        String sql = AppendStatement.of(batch).sql(many);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters parameters = new Parameters(statement);
            bindStream(batch, parameters);
            if (many) {
                parameters.add(batch.size());
                EventColumns.bindMany(parameters, batch);
            } else {
                Batch.Event event = batch.events().get(0);
                EventColumns.bindOne(parameters, batch, event, event.recordedAt());
            }
            try (ResultSet answer = statement.executeQuery()) {
                return places(answer, batch);
            }
        }
    }

    private void bindStream(Batch batch, Parameters parameters) throws SQLException {
        parameters.add(batch.size());
        parameters.add(batch.stream().category());
        parameters.add(batch.stream().id());
        if (batch.expected() instanceof ExpectedVersion.Exactly exactly) {
            parameters.add(exactly.version());
            if (batch.hasGivenIds()) {
                parameters.addTexts(batch.givenIds(), UUID::toString);
            }
        }
        parameters.add((Long) registry.getResource(FENCE), Types.BIGINT);
    }

    private Optional<List<Place>> places(ResultSet answer, Batch batch) throws SQLException {
        if (!answer.next()) {
            return Optional.empty();
        }
        Long[] positions = inOrder((Long[]) answer.getArray(1).getArray());
        long firstVersion = answer.getLong(2) - positions.length + 1;
        Instant now = answer.getObject(3, OffsetDateTime.class).toInstant();
        registry.putResource(FENCE, answer.getLong(4));
        List<Place> places = new ArrayList<>(positions.length);
        for (int i = 0; i < positions.length; i++) {
            places.add(new Place(
                    positions[i], firstVersion + i, batch.events().get(i).recordedAtOr(now)));
        }
        return Optional.of(places);
    }

    /**
     * The positions of the events of one append.
     *
     * @throws IllegalStateException if they do not ascend, because readers would see the stream out of order
     */
    static Long[] inOrder(Long[] positions) {
        for (int i = 1; i < positions.length; i++) {
            if (positions[i] <= positions[i - 1]) {
                throw new IllegalStateException(
                        "The events of one append must have ascending positions, but PostgreSQL assigned "
                                + Arrays.toString(positions));
            }
        }
        return positions;
    }

    @Override
    public List<Decision> appendAll(BatchGroup group) {
        return append(group, GroupStatement.ALL_OR_NOTHING);
    }

    @Override
    public List<Decision> appendEachIfFree(BatchGroup group) {
        return append(group, GroupStatement.EACH_IF_FREE);
    }

    private List<Decision> append(BatchGroup group, GroupStatement statement) {
        Long fence = (Long) registry.getResource(FENCE);
        GroupAnswer answer =
                em.unwrap(Session.class).doReturningWork(connection -> statement.run(connection, group, fence));
        if (answer.fence() != null) {
            registry.putResource(FENCE, answer.fence());
        }
        return answer.decisions(group);
    }

    @Override
    public boolean hasRowSecurity() {
        return PlainSql.query(em, HAS_ROW_SECURITY, List.of(), row -> row.getBoolean(1))
                .get(0);
    }

    @Override
    public boolean lock(StreamId stream) {
        return !PlainSql.query(em, LOCK, List.of(stream.category(), stream.id()), row -> row.getLong(1))
                .isEmpty();
    }

    @Override
    public void prepareToRead() {
        em.createNativeQuery(READ_COMMITTED).executeUpdate();
    }

    @Override
    public LogEnd end() {
        return end(Message.send(em, List.of(LAST_POSITION, FENCES)));
    }

    @Override
    public <T> EndAndRows<T> endAnd(PlainSql.Query<T> query) {
        Message message = Message.send(em, List.of(LAST_POSITION, FENCES, query));
        return new EndAndRows<>(end(message), message.answerTo(query));
    }

    private static LogEnd end(Message message) {
        LogEnd undecided = message.answerTo(LAST_POSITION).get(0);
        long last = undecided.lastPosition();
        return new LogEnd(undecided.logId(), last, Fence.highWaterMark(last, message.answerTo(FENCES)));
    }

    private static LogEnd undecidedEnd(ResultSet row) throws SQLException {
        long last = lastPosition(row);
        return new LogEnd(row.getObject(4, UUID.class), last, last);
    }

    @Override
    public LogStatus status() {
        LogStatus read = PlainSql.query(em, LAST_AND_USED_POSITION, List.of(), PostgreSqlLog::positions)
                .get(0);
        long last = read.lastPosition();
        List<OpenAppend> open = OpenAppends.read(em, last);
        long mark = open.stream().mapToLong(OpenAppend::fence).min().orElse(last);
        return new LogStatus(last, Math.min(last, mark), read.usedPosition(), open);
    }

    private static LogStatus positions(ResultSet row) throws SQLException {
        long last = lastPosition(row);
        return new LogStatus(last, last, row.getLong(4), List.of());
    }

    @Override
    public List<CategorySummary> categories(String after, int limit) {
        return PlainSql.query(
                em, CATEGORIES, List.of(after, limit, CategorySummary.MAX_COUNTED), PostgreSqlLog::category);
    }

    private static CategorySummary category(ResultSet row) throws SQLException {
        long streams = row.getLong(2);
        boolean counted = streams < CategorySummary.MAX_COUNTED;
        return new CategorySummary(
                row.getString(1),
                counted ? streams : Math.max(streams, row.getLong(6)),
                counted ? row.getLong(3) : Math.max(row.getLong(3), row.getLong(7)),
                row.getLong(4),
                row.getObject(5, OffsetDateTime.class).toInstant());
    }

    @Override
    public Optional<EventKey> newest(long position) {
        return PlainSql.query(em, NEWEST, List.of(position), PostgreSqlLog::newest)
                .get(0);
    }

    private static Optional<EventKey> newest(ResultSet row) throws SQLException {
        requirePrimary(row.getBoolean(1));
        UUID id = row.getObject(3, UUID.class);
        return id == null ? Optional.empty() : Optional.of(new EventKey(row.getLong(2), id));
    }

    /** A standby has no fences, and its copy of the sequence runs ahead of the log. */
    private static void requirePrimary(boolean inRecovery) {
        if (inRecovery) {
            throw new StandbyException();
        }
    }

    private static long lastPosition(ResultSet row) throws SQLException {
        requirePrimary(row.getBoolean(3));
        String isolation = row.getString(2);
        if (!isolation.startsWith("read ")) {
            throw new IsolationException(isolation);
        }
        return row.getLong(1);
    }
}
