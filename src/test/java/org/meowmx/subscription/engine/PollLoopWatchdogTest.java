package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollLoopWatchdogTest {

    private static final Duration NONE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final PollLoopWatchdog heartbeat = new PollLoopWatchdog();

    @Test
    void a_loop_that_does_not_come_round_is_not_beating() {
        heartbeat.start();

        assertThat(heartbeat.isBeating(LONG, NONE)).isTrue();
        assertThat(heartbeat.isBeating(NONE, LONG)).isFalse();
    }

    @Test
    void a_loop_that_waits_for_the_database_may_take_longer() {
        heartbeat.start();
        heartbeat.asking();
        assertThat(heartbeat.isBeating(NONE, LONG)).isTrue();
        assertThat(heartbeat.isBeating(LONG, NONE)).isFalse();

        heartbeat.answered();
        assertThat(heartbeat.isBeating(NONE, LONG)).isFalse();
    }

    @Test
    void a_loop_that_is_not_meant_to_come_round_is_missed_by_nobody() {
        assertThat(heartbeat.isBeating(NONE, NONE)).as("before its start").isTrue();
        heartbeat.start();
        heartbeat.stop();
        assertThat(heartbeat.isBeating(NONE, NONE)).as("after its end").isTrue();
    }
}
