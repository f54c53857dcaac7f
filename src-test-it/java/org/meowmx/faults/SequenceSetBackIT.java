package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.EventStore;
import org.meowmx.server.PostgreSqlServer;

/** Promise log-change-noticed: the sequence of positions is set back while nodes run. */
@TrialTest
class SequenceSetBackIT {

    private static final int ENOUGH = 300;

    @Inject
    Trial trial;

    @Inject
    EventStore events;

    @TempDir
    Path folder;

    private void awaitStored(long more) throws Exception {
        long before = trial.number("select count(*) from meowmx_events");
        Awaitility.await()
                .atMost(Trial.PATIENCE)
                .until(() -> trial.number("select count(*) from meowmx_events") >= before + more);
    }

    /** Far enough back that the refused appends, which draw positions too, do not reach the end of the log by themselves. */
    @Test
    void nothing_is_stored_where_readers_have_been_and_all_arrives_after_the_repair() throws Exception {
        trial.begin(PostgreSqlServer.shared(), folder);
        trial.execute("select setval('meowmx_events_position_seq', 1000000)");
        try (Load load = trial.load(4, 20)) {
            awaitStored(ENOUGH);
            trial.execute("select setval('meowmx_events_position_seq', 1)");
            Awaitility.await()
                    .atMost(Trial.PATIENCE)
                    .until(() -> events.status().problem().isPresent());
            Awaitility.await()
                    .pollDelay(Duration.ofSeconds(2))
                    .atMost(Trial.PATIENCE)
                    .until(() -> trial.number("select last_value from meowmx_events_position_seq") > 50);
            assertThat(trial.number("select count(*) from meowmx_events where position < 1000000"))
                    .as("refused, although these positions were free")
                    .isZero();

            String problem = events.status().problem().orElseThrow();
            trial.execute(problem.substring(problem.indexOf("select setval")));
            awaitStored(ENOUGH);
            trial.stop(load);
        }
        trial.settle();
        trial.verdict();
        assertThat(events.status().problem()).isEmpty();
    }
}
