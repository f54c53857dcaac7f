package org.meowmx.faults;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.server.PostgreSqlServer;

/** Many writers, operations of operators, and long foreign transactions. */
@Tag("heavy")
@TrialTest
class ManyWritersIT {

    private static final int ENOUGH = Extent.of(8_000);

    @Inject
    Trial trial;

    @Inject
    org.meowmx.subscription.Subscriptions subscriptions;

    @TempDir
    Path folder;

    @BeforeEach
    void begin() throws SQLException {
        trial.begin(PostgreSqlServer.shared(), folder);
    }

    private void awaitStored(int events) {
        Awaitility.await()
                .atMost(Trial.PATIENCE)
                .until(() -> trial.number("select count(*) from meowmx_events") > events);
    }

    @Test
    void sixty_four_writers_share_two_hundred_streams() throws Exception {
        try (Load load = trial.load(64, 200)) {
            awaitStored(ENOUGH);
            trial.stop(load);
        }
        trial.settle();
        trial.verdict();
    }

    @Test
    void replays_and_changes_of_segments_disturb_no_order() throws Exception {
        try (Load load = trial.load(8, 100)) {
            Disturbance.during(Extent.of(Duration.ofSeconds(6)), Duration.ofMillis(1_500), trial.random(), () -> {
                if (trial.random().nextInt(3) == 0) {
                    subscriptions.replay(trial.random().nextBoolean() ? Readers.WHOLE : Readers.SHARED);
                } else {
                    subscriptions.changeSegments(
                            Readers.SHARED, 1 + trial.random().nextInt(8));
                }
            });
            trial.stop(load);
        }
        trial.settle();
        trial.verdict();
    }

    /** Promise no-foreign-stall: the foreign transactions are still open when all have caught up. */
    @Test
    void long_transactions_that_append_nothing_hold_nobody_back() throws Exception {
        String gid = UUID.randomUUID().toString();
        trial.execute("create table foreign_table (number integer)");
        try (Connection here = trial.connect();
                Connection elsewhere = PostgreSqlServer.shared().connectTo("template1");
                Connection prepared = trial.connect()) {
            writeAndStayOpen(here, "insert into foreign_table values (1)");
            writeAndStayOpen(elsewhere, "create table foreign_table (number integer)");
            writeAndStayOpen(prepared, "insert into foreign_table values (2)");
            try (Statement statement = prepared.createStatement()) {
                statement.execute("prepare transaction '" + gid + "'");
            }
            try (Load load = trial.load(8, 100)) {
                awaitStored(1_000);
                trial.stop(load);
            }
            trial.settle();
            elsewhere.rollback();
            trial.execute("rollback prepared '" + gid + "'");
        }
        trial.verdict();
    }

    private static void writeAndStayOpen(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
