package org.meowmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meowmx.testkit.TestClock;

class EventIdsTest {

    private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    private static final Instant TIME = Instant.parse("2022-02-22T19:22:22Z");

    private final TestClock clock = new TestClock();
    private final EventIds ids = new EventIds(clock);

    @Test
    void a_named_id_is_that_of_the_standards_example() {
        assertThat(EventIds.named(DNS, "www.example.com"))
                .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    }

    @Test
    void a_named_id_has_version_5_and_the_standards_variant() {
        for (int i = 0; i < 1_000; i++) {
            UUID id = EventIds.named(DNS, "name " + i);
            assertThat(id.version()).isEqualTo(5);
            assertThat(id.variant()).isEqualTo(2);
        }
    }

    /** The time of the example in RFC 9562, appendix A.6. */
    @Test
    void a_generated_id_begins_with_the_time_and_has_version_7() {
        for (int i = 0; i < 1_000; i++) {
            UUID id = new EventIds(Clock.fixed(TIME, ZoneOffset.UTC)).next();
            assertThat(id.toString()).startsWith("017f22e2-79b0-7");
            assertThat(id.variant()).isEqualTo(2);
        }
    }

    @Test
    void generated_ids_grow_also_when_the_clock_goes_back() {
        List<UUID> generated = new ArrayList<>();
        for (long step : new long[] {0, 1, 0, -5_000, 0, 1, 10_000}) {
            clock.set(TIME.plusMillis(step));
            IntStream.range(0, 5_000).forEach(i -> generated.add(ids.next()));
        }

        assertThat(generated.stream().map(UUID::toString).toList()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void two_generators_do_not_share_ids() {
        EventIds other = new EventIds(clock);
        clock.set(TIME);
        List<UUID> generated = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            generated.add(ids.next());
            generated.add(other.next());
        }

        assertThat(new HashSet<>(generated)).hasSize(20_000);
    }
}
