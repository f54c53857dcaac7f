package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.meowmx.EventStore;
import org.meowmx.LogStatus;
import org.meowmx.anomalies.Attempt;
import org.meowmx.anomalies.Attempt.Answer;
import org.meowmx.anomalies.History;
import org.meowmx.anomalies.HistoryChecker;
import org.meowmx.anomalies.Reader;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.Sql;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.Subscriptions;

/** One test under a fault: {@link #begin}, load and break, {@link #settle}, {@link #verdict}. */
@ApplicationScoped
class Trial {

    /** The longest wait of a test, on a machine that may be slow and runs other tests at the same time. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int DEFAULT_BATCH = 2_000;
    private static final int BY_HAND = -1;

    private final long seed = Seed.next();
    private final Random random = new Random(seed);
    private final List<Attempt> attempts = new ArrayList<>();
    private PostgreSqlServer server;
    private String schema;
    private Path folder;
    private Watcher watcher;

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    OutsideFile outside;

    @Inject
    Sql sql;

    /**
     * Prepares the ledger.
     *
     * @param on the server, with a direct address
     * @param inFolder the folder for the effects outside of the database
     */
    @Transactional
    void begin(PostgreSqlServer on, Path inFolder) throws SQLException {
        server = on;
        folder = inFolder;
        schema = (String) sql.value("select current_schema()");
        System.setProperty(OutsideFile.PATH, folder.resolve("outside.txt").toString());
        execute(Ledger.TABLE);
        watcher = new Watcher(server, schema);
    }

    /** The random generator for the choices of a fault. */
    Random random() {
        return random;
    }

    Connection connect() throws SQLException {
        return server.connect(schema);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Starts a node in a separate process, which runs the subscriptions of {@link Readers}. */
    NodeProcess node(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put(OutsideFile.PATH, System.getProperty(OutsideFile.PATH));
        return NodeProcess.start(server, schema, folder, all);
    }

    /** Starts writers that share a number of streams. */
    Load load(int writers, int streams) {
        return new Load(events, random.nextLong(), writers, streams);
    }

    /** Stops the writers, and takes over their records. */
    void stop(Load load) throws Exception {
        attempts.addAll(load.stop());
    }

    /** Writes in the thread of the test. */
    void write(Intent intent) {
        Writer writer = new Writer(events, BY_HAND, random);
        writer.write(intent, () -> false);
        attempts.addAll(writer.attempts());
    }

    Intents intents(int streams) {
        return new Intents(random, streams);
    }

    /** The number of attempts with this answer. */
    long answers(Answer answer) {
        return attempts.stream().filter(attempt -> attempt.answer() == answer).count();
    }

    /** Promise self-heal: waits until the mark is at the end and all subscriptions have caught up by themselves. */
    void settle() {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            LogStatus log = events.status();
            assertThat(log.highWaterMark()).as(log.toString()).isEqualTo(log.lastPosition());
            // a list may be two seconds old, and a status is not
            assertThat(subscriptions.list())
                    .isNotEmpty()
                    .allMatch(listed -> subscriptions.status(listed.name()).lagEvents() == 0);
        });
    }

    void verdict() throws SQLException {
        verdict(DEFAULT_BATCH);
    }

    /**
     * Checks the recorded history.
     *
     * @param batch the largest number of events that a turn may handle
     */
    void verdict(int batch) throws SQLException {
        History history = history(batch);
        System.out.printf(
                "%d tries, %d events, %d handled%n",
                history.attempts().size(),
                history.log().size(),
                history.readers().stream()
                        .mapToInt(reader -> reader.ledger().size())
                        .sum());
        assertThat(history.log()).isNotEmpty();
        HistoryChecker.assertNoAnomaly(history, seed);
    }

    private History history(int batch) throws SQLException {
        try (Connection connection = connect()) {
            Notes notes = new Notes(connection);
            List<Reader> readers = new ArrayList<>();
            for (SubscriptionStatus status : subscriptions.list()) {
                String name = status.name();
                readers.add(
                        new Reader(name, notes.ledger(name), outside.of(name), notes.parked(name), watcher.of(name)));
            }
            return new History(attempts, notes.log(), readers, batch);
        }
    }

    @PreDestroy
    void end() {
        if (watcher != null) {
            watcher.close();
        }
    }
}
