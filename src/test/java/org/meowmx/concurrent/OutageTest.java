package org.meowmx.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meowmx.CapturedLog;

class OutageTest {

    private final Outage outage =
            new Outage(System.getLogger(OutageTest.class.getName()), "It failed", "It works again");

    @Test
    void each_outage_is_one_warning_and_one_line_when_it_ends() {
        try (CapturedLog logged = new CapturedLog(OutageTest.class)) {
            outage.worked();
            assertThat(logged.lines()).isEmpty();

            for (int i = 0; i < 2; i++) {
                outage.failed(new IllegalStateException("why"));
                outage.failed(new IllegalStateException("again"));
                outage.worked();
                outage.worked();
            }

            assertThat(logged.lines())
                    .containsExactly(
                            "WARNING It failed",
                            "INFO It works again, after 0 s",
                            "WARNING It failed",
                            "INFO It works again, after 0 s");
            assertThat(logged.records().get(0).getThrown()).hasMessage("why");
        }
    }
}
