package org.meowmx.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    @Test
    void pauses_are_by_chance_below_a_bound_that_doubles_up_to_the_longest() {
        Attempts attempts = new Attempts(9, Duration.ofMillis(50));
        Random random = new Random(1);
        long[] bounds = {10, 20, 40, 50, 50};
        for (int failures = 1; failures <= bounds.length; failures++) {
            for (int i = 0; i < 100; i++) {
                assertThat(attempts.pauseAfter(failures, random))
                        .isBetween(Duration.ZERO, Duration.ofMillis(bounds[failures - 1]));
            }
        }
        assertThat(attempts.pauseAfter(1_000, random)).isLessThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void there_is_one_attempt_at_least() {
        assertThatThrownBy(() -> Attempts.upTo(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
