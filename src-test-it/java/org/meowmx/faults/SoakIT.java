package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.anomalies.Attempt.Answer;
import org.meowmx.server.FragileDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** All faults for half an hour, or for the time of {@code -Dmeowmx.soak=PT5M}: no promise is broken, and no resource grows. */
@Tag("soak")
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
class SoakIT {

    private static final Duration LENGTH = Duration.parse(System.getProperty("meowmx.soak", "PT30M"));
    private static final Duration LONGEST_PEACE = Duration.ofSeconds(6);

    @Inject
    Trial trial;

    @Inject
    Subscriptions subscriptions;

    @TempDir
    Path folder;

    @Test
    void no_promise_is_broken_and_nothing_grows() throws Exception {
        trial.begin(FragileDatabase.running().server(), folder);
        try (NodeProcess steady = trial.node(Map.of());
                Mischief mischief = new Mischief(trial, subscriptions, FragileDatabase.running());
                Load load = trial.load(2, 100)) {
            awaitWorkOf(steady);
            Gauges gauges = new Gauges(trial, steady);
            Disturbance.during(LENGTH, LONGEST_PEACE, trial.random(), () -> {
                mischief.strike();
                gauges.read();
            });
            trial.stop(load);
            trial.settle();
            gauges.assertFlat();
            assertThat(mischief.done()).containsOnlyKeys(Mischief.Kind.values());
            System.out.println(mischief.done());
        }
        assertThat(trial.answers(Answer.OK)).isGreaterThan(LENGTH.toSeconds());
        trial.verdict();
    }

    /** Waits until the node works, because a node that finds no database at its start ends. */
    private void awaitWorkOf(NodeProcess node) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> trial.number("select count(*) from ledger where process = " + node.pid()) > 0);
    }
}
