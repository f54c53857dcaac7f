package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The intervals at which a node moves checkpoints past events that their segments do not request. */
class IdleCheckpointsTest {

    @Test
    void they_are_moved_once_a_minute() {
        assertThat(IdleCheckpoints.isTimely(Duration.ofSeconds(59), () -> false))
                .isFalse();
        assertThat(IdleCheckpoints.isTimely(Duration.ofMinutes(1), () -> false)).isTrue();
    }

    @Test
    void those_that_are_far_from_the_end_of_the_log_are_moved_once_a_second() {
        assertThat(IdleCheckpoints.isTimely(Duration.ofSeconds(1), () -> true)).isTrue();
        assertThat(IdleCheckpoints.isTimely(Duration.ofMillis(999), () -> fail("nothing is searched for")))
                .isFalse();
    }
}
