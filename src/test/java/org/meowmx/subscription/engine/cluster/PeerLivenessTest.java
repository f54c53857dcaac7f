package org.meowmx.subscription.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeerLivenessTest {

    private static final Duration SILENCE = Duration.ofNanos(30);

    private final UUID node = UUID.randomUUID();
    private final PeerLiveness liveness = new PeerLiveness();

    @Test
    void a_peer_is_alive_as_long_as_its_counter_moves() {
        liveness.observe(node, 1, 100);
        liveness.observe(node, 1, 120);
        assertThat(liveness.isAlive(node, SILENCE, 129)).isTrue();
        assertThat(liveness.isAlive(node, SILENCE, 130)).isFalse();

        liveness.observe(node, 2, 200);
        assertThat(liveness.isAlive(node, SILENCE, 229)).as("it was only late").isTrue();
    }

    @Test
    void a_peer_that_is_seen_for_the_first_time_is_alive() {
        assertThat(liveness.isAlive(node, SILENCE, 1000)).isTrue();
        liveness.observe(node, 7, 1000);
        assertThat(liveness.isAlive(node, SILENCE, 1029)).isTrue();
    }

    @Test
    void the_clock_may_be_negative_and_overflow() {
        liveness.observe(node, 1, Long.MAX_VALUE - 5);
        assertThat(liveness.isAlive(node, SILENCE, Long.MIN_VALUE + 10)).isTrue();
        assertThat(liveness.isAlive(node, SILENCE, Long.MIN_VALUE + 40)).isFalse();
    }
}
