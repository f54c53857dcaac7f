package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.server.ImpatientDatabase;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

/**
 * Promise transient-is-not-poison: handlers whose statements are cancelled, wait for a lock in vain or lose their connection, in
 * subscriptions that park an event after three failures. Also a clock that is an hour ahead, on a node that has crashed.
 */
@Tag("heavy")
@MeowmxTest(
        beans = {Trial.class, Readers.class, Ledger.class, OutsideFile.class, Breakpoint.class, Sql.class},
        config = {
            TrialTest.ENABLED,
            TrialTest.POLLING,
            TrialTest.SEGMENTS,
            TrialTest.RETRYING,
            "meowmx.subscription.retry-delay=PT0.02S",
            "meowmx.subscription.on-failure=park",
            "meowmx.subscription.max-attempts=3"
        },
        database = ImpatientDatabase.class)
class TransientFailuresIT {

    private static final Duration LONGER_THAN_A_HANDLER_WAITS = Duration.ofMillis(800);

    private static final String OTHERS = """
            from pg_stat_activity where application_name = current_schema() and pid <> pg_backend_pid()""";

    private static final String CLOCK_AN_HOUR_AHEAD = """
            update meowmx_checkpoints
            set attempts = 1, retry_at = clock_timestamp() + interval '1 hour', lock_version = lock_version + 1
            where subscription = 'whole'""";

    @Inject
    Trial trial;

    @TempDir
    Path folder;

    @Test
    void no_event_is_parked_for_a_failure_of_the_database_and_no_segment_waits_for_long() throws Exception {
        trial.begin(PostgreSqlServer.shared(), folder);
        List<Disturbance> strikes = List.of(
                this::lockTheReadModel,
                this::lockTheReadModel,
                () -> trial.execute("select pg_cancel_backend(pid) " + OTHERS),
                () -> trial.execute("select pg_terminate_backend(pid) " + OTHERS),
                () -> trial.execute(CLOCK_AN_HOUR_AHEAD));
        try (Load load = trial.load(4, 100)) {
            Disturbance.during(
                    Extent.of(Duration.ofSeconds(15)), Duration.ofMillis(200), trial.random(), () -> strikes.get(
                                    trial.random().nextInt(strikes.size()))
                            .strike());
            trial.stop(load);
        }
        trial.settle();
        assertThat(trial.number("select count(*) from meowmx_parked_events")).isZero();
        trial.verdict();
    }

    private void lockTheReadModel() throws SQLException {
        try (Connection connection = trial.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = 0");
            connection.setAutoCommit(false);
            statement.execute("lock table ledger in exclusive mode");
            LockSupport.parkNanos(LONGER_THAN_A_HANDLER_WAITS.toNanos());
            connection.rollback();
        }
    }
}
