package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.anomalies.Attempt;
import org.meowmx.anomalies.Attempt.Write;
import org.meowmx.anomalies.History;
import org.meowmx.anomalies.HistoryChecker;
import org.meowmx.anomalies.LedgerEntry;
import org.meowmx.anomalies.LedgerEntry.Handled;
import org.meowmx.anomalies.LogEntry;
import org.meowmx.anomalies.Reader;
import org.meowmx.rest.live.LiveResource;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.server.FragileDatabase;
import org.meowmx.server.FragilePostgreSql;
import org.meowmx.server.LiveClient;
import org.meowmx.server.Signal;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

/** A backup is restored while clients follow the log: the log goes back, and then grows past the positions of the clients. */
@Tag("heavy")
@MeowmxTest(
        beans = {Trial.class, Ledger.class, OutsideFile.class, Breakpoint.class, Sql.class},
        config = "meowmx.rest.live.heartbeat=PT0.5S",
        database = FragileDatabase.class)
class RestoredLogIT {

    private static final int EVENTS = 300;

    /** The appends of a node that is started after the restore. */
    private static final String APPEND = """
            insert into meowmx_events (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
            select gen_random_uuid(), 'afterwards', cast(number %% 7 as text), number / 7 + 1, 0, 'noted', '2', '{}', now()
            from generate_series(0, %d) as number""";

    @Inject
    Trial trial;

    @Inject
    LiveResource live;

    @TempDir
    Path folder;

    private FragilePostgreSql postgreSql;

    @BeforeEach
    void begin() throws SQLException {
        postgreSql = FragileDatabase.running();
        trial.begin(postgreSql.server(), folder);
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Trial.PATIENCE).ignoreExceptions();
    }

    private long stored() throws SQLException {
        return trial.number("select count(*) from meowmx_events");
    }

    /** Writes events. The answers do not count, because the restore removes some of the events. */
    private void write() throws Exception {
        long enough = eventually().until(this::stored, stored -> true) + EVENTS;
        try (Load load = trial.load(4, 50)) {
            eventually().until(() -> stored() > enough);
            load.stop();
        }
    }

    @Test
    void a_client_of_the_live_log_learns_of_a_restore_and_skips_no_event_of_the_restored_log() throws Exception {
        LiveClient client = new LiveClient(live, "").connect("0");
        write();
        postgreSql.end(Signal.INT);
        Path backup = postgreSql.copy();
        postgreSql.startAgain();
        write();
        eventually().until(() -> client.received().size() == stored());
        long before = client.received().size();

        postgreSql.end(Signal.INT);
        postgreSql.restore(backup);
        postgreSql.startAgain();
        eventually().until(() -> stored() < before);
        trial.execute(APPEND.formatted(3 * EVENTS));

        eventually().until(() -> !client.isConnected());
        eventually().until(() -> client.stayConnected() == ProblemType.LOG_WENT_BACK);
        client.startOver();
        eventually().until(() -> client.received().size() == stored());
        assertThat(client.isConnected()).isTrue();
        verdict(client);
    }

    private void verdict(LiveClient client) throws SQLException {
        List<LogEntry> log;
        try (Connection connection = trial.connect()) {
            log = new Notes(connection).log();
        }
        List<Attempt> unknown = log.stream()
                .map(entry -> Attempt.begun(0, List.of(new Write(entry.event(), entry.stream(), Attempt.ANY))))
                .toList();
        List<Handled> received = received(client);
        List<LedgerEntry> ledger = List.copyOf(received);
        Reader reader = new Reader("live", ledger, received, Set.of(), List.of());
        HistoryChecker.assertNoAnomaly(new History(unknown, log, List.of(reader), log.size()), Seed.next());
    }

    /** The received events as one turn from the beginning, because they must be equal to the log. */
    private static List<Handled> received(LiveClient client) {
        return client.received().stream()
                .map(event -> new Handled(entry(event), 0, 0, "from the beginning", false))
                .toList();
    }

    private static LogEntry entry(JsonNode event) {
        return new LogEntry(
                UUID.fromString(event.get("id").asText()),
                event.get("category").asText() + "/" + event.get("streamId").asText(),
                event.get("version").asLong(),
                event.get("position").asLong());
    }
}
