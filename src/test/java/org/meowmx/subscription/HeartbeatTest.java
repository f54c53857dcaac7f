package org.meowmx.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private final Heartbeat heartbeat = new Heartbeat();

    @Test
    void a_loop_that_does_not_come_round_is_not_beating_but_one_that_waits_for_the_database_is() {
        assertThat(heartbeat.isBeating(Duration.ZERO)).as("not expected yet").isTrue();
        heartbeat.start();
        assertThat(heartbeat.isBeating(Duration.ZERO)).isFalse();

        heartbeat.asking();
        assertThat(heartbeat.isBeating(Duration.ZERO)).isTrue();
        heartbeat.answered();
        assertThat(heartbeat.isBeating(Duration.ZERO)).isFalse();
        assertThat(heartbeat.isBeating(Duration.ofMinutes(1))).isTrue();

        heartbeat.stop();
        assertThat(heartbeat.isBeating(Duration.ZERO)).as("not meant to").isTrue();
    }
}
