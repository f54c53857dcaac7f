package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = ClockContract.Handlers.class,
        config = {
            ClockContract.ENABLED,
            ClockContract.FAST,
            ClockContract.DELAY,
            ClockContract.LONGEST,
            ClockContract.PARK,
            ClockContract.ATTEMPTS
        })
class ClockOnH2Test extends ClockContract {

    /** On PostgreSQL it is the database's clock that says when. */
    @Test
    void events_are_recorded_at_the_time_of_the_clock() {
        Instant time = Instant.parse("2031-12-31T23:59:59.123456Z");
        clock.set(time);

        assertThat(events.append(StreamId.of("order", 1L), any(), NewEvent.of("noted", "{}"))
                        .last()
                        .recordedAt())
                .isEqualTo(time);
    }
}
