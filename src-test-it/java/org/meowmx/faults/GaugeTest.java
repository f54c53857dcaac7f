package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GaugeTest {

    private static Gauge gauge(int slack, double... values) {
        Gauge gauge = new Gauge("threads", slack);
        for (double value : values) {
            gauge.read(value);
        }
        return gauge;
    }

    @Test
    void what_stays_within_its_slack_is_flat() {
        assertThat(gauge(2, 1, 5, 40, 41, 39, 90, 46, 45).isFlat()).isTrue();
    }

    @Test
    void what_goes_on_growing_is_not() {
        assertThat(gauge(2, 10, 20, 30, 40, 50, 60, 70, 80).isFlat()).isFalse();
    }

    @Test
    void growth_while_it_warms_up_does_not_count() {
        assertThat(gauge(0, 0, 10, 70, 70, 70, 70, 70, 70).isFlat()).isTrue();
    }
}
