package org.meowmx.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoalescedTest {

    private int runs;
    private int requestsDuringRun;
    private final Coalesced coalesced = new Coalesced(this::task);

    private void task() {
        runs++;
        for (; requestsDuringRun > 0; requestsDuringRun--) {
            coalesced.run();
        }
    }

    @Test
    void each_request_while_the_task_is_idle_is_a_run() {
        coalesced.run();
        coalesced.run();

        assertThat(runs).isEqualTo(2);
    }

    @Test
    void requests_during_a_run_share_one_further_run() {
        requestsDuringRun = 3;

        coalesced.run();

        assertThat(runs).isEqualTo(2);
    }
}
