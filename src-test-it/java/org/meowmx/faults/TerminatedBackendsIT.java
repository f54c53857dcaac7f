package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.server.PostgreSqlServer;

/** PostgreSQL terminates connections of writers, turns, the poll loop and the listener. */
@Tag("heavy")
@TrialTest
class TerminatedBackendsIT {

    private static final String ANY_BACKEND = """
            select pid from pg_stat_activity
            where application_name = current_schema() and pid <> pg_backend_pid() order by pid offset %d limit 1""";

    private static final String LISTENER = """
            select pid from pg_stat_activity where application_name = current_schema() and query like 'listen meowmx%'""";

    @Inject
    Trial trial;

    @TempDir
    Path folder;

    @Test
    void nothing_is_lost_and_all_comes_to_an_end_when_backends_are_terminated_at_random() throws Exception {
        trial.begin(PostgreSqlServer.shared(), folder);
        try (Load load = trial.load(8, 100)) {
            Disturbance.during(
                    Extent.of(Duration.ofSeconds(10)), Duration.ofMillis(200), trial.random(), this::terminateOne);
            trial.stop(load);
        }
        trial.settle();
        trial.verdict();
        Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(
                        trial.number("select count(*) from (" + LISTENER + ") listening"))
                .as("there is a listener again")
                .isEqualTo(1));
    }

    private void terminateOne() throws SQLException {
        String victim = trial.random().nextInt(5) == 0
                ? LISTENER
                : ANY_BACKEND.formatted(trial.random().nextInt(12));
        trial.execute("select pg_terminate_backend(pid) from (" + victim + ") victim");
    }
}
