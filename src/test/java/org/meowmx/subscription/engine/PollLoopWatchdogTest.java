package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollLoopWatchdogTest {

    private static final Duration NONE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final PollLoopWatchdog watchdog = new PollLoopWatchdog();

    @Test
    void a_loop_that_does_not_query_again_is_not_healthy() {
        watchdog.start();

        assertThat(watchdog.isHealthy(LONG, NONE)).isTrue();
        assertThat(watchdog.isHealthy(NONE, LONG)).isFalse();
    }

    @Test
    void a_loop_that_waits_for_the_database_may_take_longer() {
        watchdog.start();

        boolean healthy = watchdog.duringQuery(() -> {
            assertThat(watchdog.isHealthy(LONG, NONE)).isFalse();
            return watchdog.isHealthy(NONE, LONG);
        });

        assertThat(healthy).isTrue();
        assertThat(watchdog.isHealthy(NONE, LONG)).as("after the query").isFalse();
    }

    @Test
    void a_loop_that_is_not_meant_to_run_is_healthy() {
        assertThat(watchdog.isHealthy(NONE, NONE)).as("before its start").isTrue();

        watchdog.start();
        watchdog.stop();
        assertThat(watchdog.isHealthy(NONE, NONE)).as("after its end").isTrue();
    }
}
