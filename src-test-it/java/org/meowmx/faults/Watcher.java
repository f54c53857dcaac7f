package org.meowmx.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.meowmx.anomalies.Sample;
import org.meowmx.server.PostgreSqlServer;

/** Reads the checkpoints repeatedly, on a separate connection. */
final class Watcher implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(20);

    /** One statement, so one snapshot: a move and its entry in the ledger commit together. */
    private static final String CHECKPOINTS = """
            select subscription, first_slice, position,
                   (select count(*) from ledger where ledger.subscription = checkpoint.subscription and event_id is null)
            from meowmx_checkpoints checkpoint""";

    private static final String END = "select coalesce(pg_sequence_last_value('meowmx_events_position_seq'), 0)";

    private final PostgreSqlServer server;
    private final String schema;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, List<Sample>> samples = new HashMap<>();
    private @Nullable Connection connection;

    /** The highest position that the sequence was seen at: a fault may set it back. */
    private long end;

    Watcher(PostgreSqlServer server, String schema) {
        this.server = server;
        this.schema = schema;
        thread.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        try {
            if (connection == null || connection.isClosed()) {
                connection = server.connect(schema);
            }
            look(connection);
        } catch (SQLException e) {
            // the database is down, so there is nothing to read
        }
    }

    private void look(Connection open) throws SQLException {
        try (Statement statement = open.createStatement();
                Statement afterwards = open.createStatement();
                ResultSet rows = statement.executeQuery(CHECKPOINTS);
                ResultSet last = afterwards.executeQuery(END)) {
            last.next();
            end = Math.max(end, last.getLong(1));
            while (rows.next()) {
                samples.computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
                        .add(new Sample(rows.getInt(2), rows.getLong(4), rows.getLong(3), end));
            }
        }
    }

    synchronized List<Sample> of(String subscription) {
        return List.copyOf(samples.getOrDefault(subscription, List.of()));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        closeConnection();
    }

    private synchronized void closeConnection() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // the connection was lost already
        }
    }
}
