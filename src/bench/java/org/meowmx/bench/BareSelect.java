package org.meowmx.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The limit of reading: the store's own rows, read by a simple select, as objects. */
final class BareSelect {

    private static final String STREAM = """
            select position, event_id, category, stream_id, version, type, data, metadata, recorded_at
            from meowmx_events where category = 'order' and stream_id = ? order by version""";

    private static final String LOG = """
            select position, event_id, category, stream_id, version, type, data, metadata, recorded_at
            from meowmx_events order by position""";

    /** The number of rows of the whole log that are fetched at a time. */
    private static final int FETCHED = 1_000;

    private BareSelect() {}

    private record Row(
            long position,
            UUID id,
            String category,
            String stream,
            long version,
            String type,
            String data,
            String metadata,
            OffsetDateTime recordedAt) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong(1),
                    row.getObject(2, UUID.class),
                    row.getString(3),
                    row.getString(4),
                    row.getLong(5),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8),
                    row.getObject(9, OffsetDateTime.class));
        }
    }

    /** Reads a stream, and returns the number of its events. */
    static int stream(DataSource dataSource, String id) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(STREAM)) {
            select.setString(1, id);
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(Row.of(row));
                }
            }
            return rows.size();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads the whole log, a thousand rows at a time, and returns the number of rows. */
    static long log(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            long count = 0;
            long last = 0;
            try (PreparedStatement select = connection.prepareStatement(LOG)) {
                select.setFetchSize(FETCHED);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        last = Math.max(last, Row.of(row).position());
                        count++;
                    }
                }
            }
            connection.commit();
            return last == 0 ? 0 : count;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
