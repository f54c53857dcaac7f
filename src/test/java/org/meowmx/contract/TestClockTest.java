package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.testkit.InMemoryEventStore;
import org.meowmx.testkit.TestClock;

class TestClockTest {

    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

    private final TestClock clock = new TestClock();

    @Test
    void it_goes_with_the_systems_clock_until_it_is_moved() {
        Instant before = Clock.systemUTC().instant();

        assertThat(clock.instant()).isBetween(before, before.plusSeconds(60));
    }

    @Test
    void it_stands_still_where_it_is_set() {
        clock.set(NOON);

        assertThat(clock.instant()).isEqualTo(NOON);
        assertThat(clock.millis()).isEqualTo(NOON.toEpochMilli());
        assertThat(clock.withZone(ZoneId.of("Asia/Kathmandu")).instant()).isEqualTo(NOON);
    }

    @Test
    void it_is_advanced_from_where_it_is() {
        clock.set(NOON);
        clock.advance(Duration.ofDays(1));
        clock.advance(Duration.ofHours(-1));

        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(23)));
    }

    @Test
    void a_store_in_memory_goes_by_it() {
        clock.set(NOON);
        var events = new InMemoryEventStore(clock);
        var noted = NewEvent.of("noted", "{}");

        assertThat(events.append(StreamId.of("order", 1L), ExpectedVersion.any(), noted)
                        .last()
                        .recordedAt())
                .isEqualTo(NOON);
    }
}
