package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.anomalies.Attempt.Answer;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.Sql;
import org.meowmx.server.StrictPostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

/** Deadlocks and serialization failures: sessions begin as serializable, and the writers' transactions lock streams in random order. */
@Tag("heavy")
@MeowmxTest(
        beans = {Trial.class, Readers.class, Ledger.class, OutsideFile.class, Breakpoint.class, Sql.class},
        config = {TrialTest.ENABLED, TrialTest.POLLING, TrialTest.SEGMENTS, TrialTest.ONE_SEGMENT},
        database = StrictPostgreSqlDatabase.class)
class ContentionUnderLoadIT {

    private static final int ENOUGH = Extent.of(1_500);

    @Inject
    Trial trial;

    @TempDir
    Path folder;

    @Test
    void writers_that_get_into_each_others_way_try_again_and_nothing_is_lost_or_doubled() throws Exception {
        trial.begin(PostgreSqlServer.shared(), folder);
        try (Load load = trial.load(16, 10)) {
            Awaitility.await()
                    .atMost(Trial.PATIENCE)
                    .until(() -> trial.number("select count(*) from meowmx_events") > ENOUGH);
            trial.stop(load);
        }
        trial.settle();
        trial.verdict();
        assertThat(trial.answers(Answer.FAILED)).as("conflicts").isGreaterThan(100);
    }
}
