package org.meowmx.importing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.meowmx.InvalidEventException;
import org.meowmx.StreamId;

/** The tables to import from. Every read uses its own connection and closes it afterwards. */
final class ImportSource {

    /** The number of events that are read at a time. */
    static final int PAGE = 1_000;

    /** The number of bytes of data after which a page ends; it has at least one event. */
    private static final int PAGE_BYTES = 16 * 1024 * 1024;

    private static final String COUNT = """
            select count(distinct aggregate_id), count(*), coalesce(min(version), 1) from {events}""";

    /** One aggregate whose versions are not contiguous, or that is missing from the table of aggregates. */
    private static final String BROKEN = """
            select a.aggregate_type, cast(e.aggregate_id as text), min(e.version), max(e.version), count(*)
            from {events} e left join {aggregates} a on a.id = e.aggregate_id
            group by e.aggregate_id, a.aggregate_type
            having a.aggregate_type is null or min(e.version) <> ?
                or count(*) <> max(e.version) - min(e.version) + 1 or count(*) <> count(distinct e.version)
            limit 1""";

    /** The inner query is limited to a page first, so that the rest of the table is not read. */
    private static final String FIRST_OF = """
            select cast(sized.transaction_id as text), sized.id, a.aggregate_type, cast(a.id as text), sized.version,
                   sized.event_type, sized.data, sized.recorded_at
            from (select page.*, row_number() over (order by {order}) as place,
                         sum(octet_length(data)) over (order by {order}) - octet_length(data) as bytes_before
                  from (select e.transaction_id, e.id, e.aggregate_id, e.version, e.event_type,
                               cast(e.json_data as text) as data, {recordedAt} as recorded_at
                        from {events} e
                        where {condition}
                        order by {order}
                        limit ?) page) sized
            join {aggregates} a on a.id = sized.aggregate_id
            where sized.bytes_before < ?
            order by sized.place""";

    private static final String AFTER = "(e.transaction_id, e.id) > (cast(? as {transactionType}), ?)";

    private static final String OF_STREAM = "e.aggregate_id = cast(? as {idType}) and e.version between ? and ?";

    private final DataSource dataSource;
    private final SourceTables tables;
    private final Contents contents;

    /**
     * The contents of the source.
     *
     * @param streams the number of aggregates that have events
     * @param events the number of events
     * @param first the version of the first event of an aggregate, 0 or 1
     */
    record Contents(long streams, long events, long first) {}

    private ImportSource(DataSource dataSource, SourceTables tables, Contents contents) {
        this.dataSource = dataSource;
        this.tables = tables;
        this.contents = contents;
    }

    /**
     * Finds the tables and checks that the versions of each aggregate are contiguous.
     *
     * @param schema the name of the schema; null is the connection's current one
     * @throws ImportException if the source cannot be imported
     */
    static ImportSource open(DataSource dataSource, @Nullable String schema) {
        return reading(dataSource, connection -> {
            SourceTables tables = SourceTables.find(connection, schema);
            Contents contents = count(connection, tables);
            if (contents.first() != 0 && contents.first() != 1) {
                throw new ImportException(
                        null,
                        "The source's versions start at %d; they must start at 0 or 1.".formatted(contents.first()),
                        null);
            }
            checkVersions(connection, tables, contents.first());
            return new ImportSource(dataSource, tables, contents);
        });
    }

    Contents contents() {
        return contents;
    }

    /** The current number of events. */
    long countNow() {
        return reading(dataSource, connection -> count(connection, tables).events());
    }

    /** The events after a place in the source's order; empty at its end. */
    List<SourceEvent> page(SourceEvent.Place place) {
        return read(sql(AFTER, "transaction_id, id"), statement -> {
            statement.setString(1, place.transaction());
            statement.setLong(2, place.id());
            statement.setInt(3, PAGE);
            statement.setInt(4, PAGE_BYTES);
        });
    }

    /** The first events of a range of versions of a stream. */
    List<SourceEvent> versions(StreamId stream, long from, long to) {
        long shift = contents.first() - 1;
        return read(sql(OF_STREAM, "version"), statement -> {
            statement.setString(1, stream.id());
            statement.setLong(2, from + shift);
            statement.setLong(3, to + shift);
            statement.setInt(4, PAGE);
            statement.setInt(5, PAGE_BYTES);
        });
    }

    private String sql(String condition, String order) {
        return named(FIRST_OF.replace("{condition}", condition).replace("{order}", order), tables);
    }

    private static String named(String sql, SourceTables tables) {
        return sql.replace("{events}", tables.events())
                .replace("{aggregates}", tables.aggregates())
                .replace("{transactionType}", tables.transactionType())
                .replace("{idType}", tables.idType())
                .replace("{recordedAt}", tables.recordedAt());
    }

    private static Contents count(Connection connection, SourceTables tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(named(COUNT, tables));
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Contents(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    private static void checkVersions(Connection connection, SourceTables tables, long first) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(named(BROKEN, tables))) {
            statement.setLong(1, first);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    throw broken(row, first);
                }
            }
        }
    }

    private static ImportException broken(ResultSet row, long first) throws SQLException {
        String type = row.getString(1);
        String id = row.getString(2);
        if (type == null) {
            return new ImportException(
                    null, "The source has events of aggregate %s, but no row for this aggregate.".formatted(id), null);
        }
        StreamId stream = StreamId.of(type, id);
        return new ImportException(
                stream,
                "The source has a gap: aggregate %s has %d events with versions from %d to %d; they must start at %d and be contiguous."
                        .formatted(stream, row.getLong(5), row.getLong(3), row.getLong(4), first),
                null);
    }

    private List<SourceEvent> read(String sql, Parameters parameters) {
        return reading(dataSource, connection -> {
            List<SourceEvent> events = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                parameters.set(statement);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        events.add(event(rows));
                    }
                }
            }
            return events;
        });
    }

    private SourceEvent event(ResultSet row) throws SQLException {
        SourceEvent.Place place = new SourceEvent.Place(row.getString(1), row.getLong(2));
        OffsetDateTime time = row.getObject(8, OffsetDateTime.class);
        Instant recordedAt = time == null ? null : time.toInstant();
        try {
            StreamId stream = StreamId.of(row.getString(3), row.getString(4));
            long version = row.getLong(5) - contents.first() + 1;
            return SourceEvent.of(place, stream, version, row.getString(6), row.getString(7), recordedAt);
        } catch (InvalidEventException e) {
            throw new ImportException(
                    null, "The source's event %d cannot be stored: %s.".formatted(place.id(), e.getMessage()), e);
        }
    }

    private static <T> T reading(DataSource dataSource, Read<T> read) {
        try (Connection connection = dataSource.getConnection()) {
            return read.from(connection);
        } catch (SQLException e) {
            throw new ImportException(null, "The source cannot be read (SQLSTATE %s).".formatted(e.getSQLState()), e);
        }
    }

    /** Work with a connection. */
    private interface Read<T> {
        T from(Connection connection) throws SQLException;
    }

    /** Sets the parameters of a statement. */
    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }
}
