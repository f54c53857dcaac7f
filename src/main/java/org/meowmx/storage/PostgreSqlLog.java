package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.meowmx.ExpectedVersion;
import org.meowmx.IsolationException;
import org.meowmx.LogStatus;
import org.meowmx.OpenAppend;
import org.meowmx.StreamId;
import org.meowmx.transaction.PlainSql;

/** The log on PostgreSQL: the append statement, and the high-water mark read from the fences of open appends. */
class PostgreSqlLog implements Log {

    private static final String LOCK = """
            select version from meowmx_streams where category = ? and stream_id = ? for no key update""";

    private static final String READ_COMMITTED = "set transaction isolation level read committed";

    private static final String LAST_POSITION = """
            select coalesce(pg_sequence_last_value('meowmx_events_position_seq'), 0),
                   current_setting('transaction_isolation')""";

    /** To be asked after {@link #LAST_POSITION}, in a statement of its own. */
    private static final String FENCES = """
            select distinct cast(objid as bigint)
            from pg_locks
            where locktype = 'advisory' and granted and objsubid = 2
              and classid = cast('meowmx_events' as regclass)
              and database = (select oid from pg_database where datname = current_database())""";

    /** What is stored compressed can be a hundred times as large when it is read. */
    private static final String SIZE = """
            case when pg_column_compression(event.data) is null
                 then pg_column_size(event.data) else octet_length(cast(event.data as text)) end""";

    private static final String IS_SMALL =
            "pg_column_compression(event.data) is null and pg_column_size(event.data) <= ";

    /** As its index has it. */
    private static final String HAS_CORRELATION_ID = "event.metadata ->> 'correlationId' = ?";

    /** Under which this transaction's fence is kept, with the transaction. */
    private static final Object FENCE = PostgreSqlLog.class;

    private final EntityManager em;
    private final TransactionSynchronizationRegistry transaction;

    PostgreSqlLog(EntityManager em, TransactionSynchronizationRegistry transaction) {
        this.em = em;
        this.transaction = transaction;
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
            bindStream(batch, parameters, connection);
            if (many) {
                bindEvents(batch, parameters, connection);
            } else {
                bindEvent(batch, parameters);
            }
            try (ResultSet answer = statement.executeQuery()) {
                return places(answer, batch);
            }
        }
    }

    private void bindStream(Batch batch, Parameters parameters, Connection connection) throws SQLException {
        parameters.add(batch.size());
        parameters.add(batch.stream().category());
        parameters.add(batch.stream().id());
        if (batch.expected() instanceof ExpectedVersion.Exactly exactly) {
            parameters.add(exactly.version());
            if (batch.hasGivenIds()) {
                parameters.add(texts(batch.givenIds(), UUID::toString, connection));
            }
        }
        parameters.add((Long) transaction.getResource(FENCE), Types.BIGINT);
    }

    private static void bindEvent(Batch batch, Parameters parameters) throws SQLException {
        Batch.Event event = batch.events().get(0);
        parameters.add(event.id());
        parameters.add(batch.stream().slice());
        parameters.add(event.content().type());
        parameters.add(event.content().data());
        parameters.add(event.content().metadata());
        parameters.add(time(event), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    private static void bindEvents(Batch batch, Parameters parameters, Connection connection) throws SQLException {
        parameters.add(batch.size());
        parameters.add(batch.stream().slice());
        List<Batch.Event> events = batch.events();
        parameters.add(texts(events, event -> event.id().toString(), connection));
        parameters.add(texts(events, event -> event.content().type(), connection));
        parameters.add(texts(events, event -> event.content().data(), connection));
        parameters.add(texts(events, event -> event.content().metadata(), connection));
        parameters.add(texts(events, event -> Objects.toString(event.recordedAt(), null), connection));
    }

    private static <T> Array texts(List<T> items, Function<T, @Nullable String> text, Connection connection)
            throws SQLException {
        return connection.createArrayOf("text", items.stream().map(text).toArray(String[]::new));
    }

    private static @Nullable OffsetDateTime time(Batch.Event event) {
        Instant time = event.recordedAt();
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private Optional<List<Place>> places(ResultSet answer, Batch batch) throws SQLException {
        if (!answer.next()) {
            return Optional.empty();
        }
        Long[] positions = inOrder((Long[]) answer.getArray(1).getArray());
        long firstVersion = answer.getLong(2) - positions.length + 1;
        Instant now = answer.getObject(3, OffsetDateTime.class).toInstant();
        transaction.putResource(FENCE, answer.getLong(4));
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
     * @throws IllegalStateException when they do not ascend, so that readers would see the stream out of order
     */
    static Long[] inOrder(Long[] positions) {
        for (int i = 1; i < positions.length; i++) {
            if (positions[i] <= positions[i - 1]) {
                throw new IllegalStateException("The events of one append would not be in order, but at positions "
                        + Arrays.toString(positions));
            }
        }
        return positions;
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
    public long highWaterMark() {
        long last = lastPosition();
        return Fence.highWaterMark(last, PlainSql.query(em, FENCES, List.of(), row -> row.getLong(1)));
    }

    @Override
    public String size() {
        return SIZE;
    }

    @Override
    public String isSmall(int bytes) {
        return IS_SMALL + bytes;
    }

    @Override
    public String hasCorrelationId() {
        return HAS_CORRELATION_ID;
    }

    @Override
    public LogStatus status() {
        long last = lastPosition();
        List<OpenAppend> open = OpenAppends.read(em, last);
        long mark = open.stream().mapToLong(OpenAppend::fence).min().orElse(last);
        return new LogStatus(last, Math.min(last, mark), open);
    }

    private long lastPosition() {
        return PlainSql.query(em, LAST_POSITION, List.of(), PostgreSqlLog::lastPosition)
                .get(0);
    }

    private static long lastPosition(ResultSet row) throws SQLException {
        String isolation = row.getString(2);
        if (!isolation.startsWith("read ")) {
            throw new IsolationException(isolation);
        }
        return row.getLong(1);
    }

    /** The parameters of a statement, in the order of their question marks. */
    private static final class Parameters {

        private final PreparedStatement statement;
        private int count;

        Parameters(PreparedStatement statement) {
            this.statement = statement;
        }

        void add(Object value) throws SQLException {
            statement.setObject(++count, value);
        }

        void add(@Nullable Object value, int type) throws SQLException {
            statement.setObject(++count, value, type);
        }
    }
}
