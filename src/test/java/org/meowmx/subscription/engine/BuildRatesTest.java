package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The rate at which a version of a projection is built. */
class BuildRatesTest {

    private long now = 5;

    private final BuildRates rates = new BuildRates(() -> now);

    private Double after(Duration passed, double position) {
        now += passed.toNanos();
        return rates.at("list@2", position);
    }

    @Test
    void a_single_look_says_nothing() {
        assertThat(rates.at("list@2", 100)).isNull();
        assertThat(after(Duration.ofMillis(500), 200)).isNull();
    }

    @Test
    void the_rate_is_that_of_the_last_minute() {
        rates.at("list@2", 0);
        assertThat(after(Duration.ofSeconds(2), 200)).isEqualTo(100.0);
        assertThat(after(Duration.ofSeconds(30), 200)).isEqualTo(6.25);
        assertThat(after(Duration.ofSeconds(61), 200)).isZero();
    }

    @Test
    void a_version_that_is_moved_back_begins_anew() {
        rates.at("list@2", 1_000);
        assertThat(after(Duration.ofSeconds(2), 0)).isNull();
        assertThat(after(Duration.ofSeconds(2), 100)).isEqualTo(50.0);
    }

    @Test
    void each_subscription_has_its_own_rate() {
        rates.at("list@2", 0);
        assertThat(after(Duration.ofSeconds(1), 10)).isEqualTo(10.0);
        assertThat(rates.at("other@2", 7)).isNull();
    }
}
