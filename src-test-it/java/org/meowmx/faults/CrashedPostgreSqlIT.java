package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meowmx.server.FragileDatabase;
import org.meowmx.server.FragilePostgreSql;
import org.meowmx.server.Signal;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

/** PostgreSQL crashes under load, and is started again. */
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
        database = FragileDatabase.class)
class CrashedPostgreSqlIT {

    private static final int CRASHES = Extent.of(2);
    private static final int MORE_EVENTS = 300;

    @Inject
    Trial trial;

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

    @ParameterizedTest
    @EnumSource(names = {"KILL", "QUIT"})
    void nothing_that_was_acknowledged_is_lost_and_all_goes_on_by_itself(Signal signal) throws Exception {
        assertDurable();
        try (Load load = trial.load(8, 100)) {
            for (int i = 0; i < CRASHES; i++) {
                long enough = stored() + MORE_EVENTS + trial.random().nextInt(MORE_EVENTS);
                eventually().until(() -> stored() > enough);
                postgreSql.end(signal);
                postgreSql.startAgain();
            }
            trial.stop(load);
        }
        trial.settle();
        trial.verdict();
    }

    private void assertDurable() throws SQLException {
        try (Connection connection = trial.connect();
                var row = connection.createStatement().executeQuery("show fsync")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("on");
        }
    }

    @Test
    void a_node_that_finds_no_database_ends_with_a_word_and_one_that_is_started_again_takes_part() throws Exception {
        try (Load load = trial.load(2, 50)) {
            eventually().until(() -> stored() > MORE_EVENTS);
            postgreSql.end(Signal.QUIT);
            NodeProcess refused = trial.node(Map.of());
            eventually().until(() -> !refused.isAlive());
            assertThat(refused.endedWell()).isFalse();
            assertThat(Files.readString(folder.resolve("nodes.log"))).contains("Connection to localhost");

            AtomicReference<NodeProcess> node = new AtomicReference<>(trial.node(Map.of()));
            postgreSql.startAgain();
            eventually().until(() -> takesPart(node));
            trial.stop(load);
            trial.settle();
            node.get().close();
        }
        trial.verdict();
    }

    /** Starts a node again if it has ended, like an operator. */
    private boolean takesPart(AtomicReference<NodeProcess> node) throws SQLException {
        if (!node.get().isAlive()) {
            node.set(trial.node(Map.of()));
        }
        return trial.number("select count(*) from ledger where process = "
                        + node.get().pid())
                > 0;
    }
}
