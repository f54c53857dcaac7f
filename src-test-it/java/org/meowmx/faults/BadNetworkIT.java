package org.meowmx.faults;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.ProxiedDatabase;
import org.meowmx.server.Sql;
import org.meowmx.server.TcpProxy;
import org.meowmx.testkit.MeowmxTest;

/** The network between the application and PostgreSQL loses answers, stops transferring data, or is slow. */
@Tag("heavy")
@MeowmxTest(
        beans = {Trial.class, Readers.class, Ledger.class, OutsideFile.class, Breakpoint.class, Sql.class},
        config = {
            TrialTest.ENABLED,
            TrialTest.POLLING,
            TrialTest.SEGMENTS,
            TrialTest.ONE_SEGMENT,
            TrialTest.RETRYING,
            TrialTest.FREEZING
        },
        database = ProxiedDatabase.class)
class BadNetworkIT {

    private static final int LOST_AT_A_TIME = 3;
    private static final int LOST_IN_ALL = Extent.of(60);
    private static final int SILENCES = Extent.of(2);
    private static final int SLOWLY = Extent.of(40);

    @Inject
    Trial trial;

    @TempDir
    Path folder;

    private TcpProxy network;

    @BeforeEach
    void begin() throws SQLException {
        network = ProxiedDatabase.between();
        trial.begin(PostgreSqlServer.shared(), folder);
    }

    @Test
    void a_commit_whose_answer_is_lost_counts_once() throws Exception {
        try (Load load = trial.load(8, 100)) {
            while (network.repliesLost() < LOST_IN_ALL) {
                int lost = network.repliesLost();
                network.loseReplies(LOST_AT_A_TIME);
                Awaitility.await().atMost(Trial.PATIENCE).until(() -> network.repliesLost() == lost + LOST_AT_A_TIME);
            }
            trial.stop(load);
        }
        trial.settle();
        trial.verdict();
    }

    @Test
    void connections_that_die_without_a_word_are_given_up_and_replaced() throws Exception {
        try (Load load = trial.load(8, 100)) {
            for (int i = 0; i < SILENCES; i++) {
                long enough = handled() + 200;
                Awaitility.await().atMost(Trial.PATIENCE).until(() -> handled() > enough);
                network.silence();
                // open transactions keep their locks until both ends notice; others continue
                Disturbance.during(Duration.ofSeconds(4), Duration.ofMillis(100), trial.random(), this::writeElsewhere);
                network.cutSilent();
            }
            trial.stop(load);
        }
        trial.settle();
        trial.verdict();
    }

    private void writeElsewhere() {
        NewEvent event = trial.intents(1).event("{}");
        trial.write(Intent.of(StreamId.of("elsewhere", event.id()), event));
    }

    @Test
    void slow_statements_make_all_slow_and_nothing_wrong() throws Exception {
        network.delay(Duration.ofMillis(200));
        try (Load load = trial.load(8, 100)) {
            Awaitility.await().atMost(Trial.PATIENCE).until(() -> handled() > SLOWLY);
            trial.stop(load);
        }
        network.delay(Duration.ZERO);
        trial.settle();
        trial.verdict();
    }

    private long handled() throws SQLException {
        return trial.number("select count(*) from ledger");
    }
}
