package org.meowmx.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.meowmx.anomalies.LedgerEntry;
import org.meowmx.anomalies.LedgerEntry.Handled;
import org.meowmx.anomalies.LedgerEntry.Repositioned;
import org.meowmx.anomalies.LogEntry;

/** The records in the database at the end of a trial. */
record Notes(Connection connection) {

    private static final String LOG = """
            select event_id, category || '/' || stream_id, version, position from meowmx_events order by position""";

    private static final String LEDGER = """
            select event_id, stream, version, position, segment, checkpoint, turn, parked
            from ledger where subscription = ? order by number""";

    private static final String PARKED = """
            select event_id from meowmx_parked_events join meowmx_events using (position) where subscription = ?""";

    /** Maps a row to an object. */
    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    List<LogEntry> log() throws SQLException {
        return rows(LOG, Notes::entry);
    }

    List<LedgerEntry> ledger(String subscription) throws SQLException {
        return rows(LEDGER, Notes::ledgerEntry, subscription);
    }

    Set<UUID> parked(String subscription) throws SQLException {
        return new HashSet<>(rows(PARKED, row -> row.getObject(1, UUID.class), subscription));
    }

    private <T> List<T> rows(String sql, Row<T> read, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(read.of(rows));
                }
                return found;
            }
        }
    }

    private static LogEntry entry(ResultSet row) throws SQLException {
        return new LogEntry(row.getObject(1, UUID.class), row.getString(2), row.getLong(3), row.getLong(4));
    }

    private static LedgerEntry ledgerEntry(ResultSet row) throws SQLException {
        return row.getObject(1) == null
                ? new Repositioned(row.getLong(4))
                : new Handled(entry(row), row.getInt(5), row.getLong(6), row.getString(7), row.getBoolean(8));
    }
}
