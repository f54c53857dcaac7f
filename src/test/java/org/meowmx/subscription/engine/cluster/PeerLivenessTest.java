package org.meowmx.subscription.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeerLivenessTest {

    private static final Duration SILENCE = Duration.ofNanos(30);

    private final UUID node = UUID.randomUUID();
    private final PeerLiveness pulses = new PeerLiveness();

    @Test
    void an_instance_lives_as_long_as_it_counts_on() {
        pulses.see(node, 1, 100);
        pulses.see(node, 1, 120);
        assertThat(pulses.isAlive(node, SILENCE, 129)).isTrue();
        assertThat(pulses.isAlive(node, SILENCE, 130)).isFalse();

        pulses.see(node, 2, 200);
        assertThat(pulses.isAlive(node, SILENCE, 229)).as("it was only late").isTrue();
    }

    @Test
    void an_instance_never_seen_before_is_given_time() {
        assertThat(pulses.isAlive(node, SILENCE, 1000)).isTrue();
        pulses.see(node, 7, 1000);
        assertThat(pulses.isAlive(node, SILENCE, 1029)).isTrue();
    }

    @Test
    void the_clock_may_be_negative_and_overflow() {
        pulses.see(node, 1, Long.MAX_VALUE - 5);
        assertThat(pulses.isAlive(node, SILENCE, Long.MIN_VALUE + 10)).isTrue();
        assertThat(pulses.isAlive(node, SILENCE, Long.MIN_VALUE + 40)).isFalse();
    }
}
