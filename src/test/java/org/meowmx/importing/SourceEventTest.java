package org.meowmx.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;

class SourceEventTest {

    private static final StreamId STREAM = StreamId.of("ORDER", "zoë");

    @Test
    void its_id_never_changes() {
        assertThat(event(1, 17).id()).isEqualTo(UUID.fromString("82c30074-128d-5a2c-a9c7-992943750722"));
    }

    @Test
    void its_id_does_not_depend_on_the_sources_own_number() {
        assertThat(event(1, 18).id()).isEqualTo(event(1, 17).id());
        assertThat(event(2, 17).id()).isNotEqualTo(event(1, 17).id());
    }

    @Test
    void it_becomes_an_event_of_the_same_type_data_and_time() {
        Instant time = Instant.parse("2024-02-29T12:00:00Z");
        NewEvent event = SourceEvent.of(new SourceEvent.Place("5", 17), STREAM, 1, "OrderPlaced", "{}", time)
                .event();

        assertThat(event)
                .isEqualTo(NewEvent.of("OrderPlaced", "{}")
                        .withId(event(1, 17).id())
                        .withRecordedAt(time));
    }

    @Test
    void without_a_time_it_is_recorded_now() {
        assertThat(event(1, 17).event().recordedAt()).isNull();
    }

    private static SourceEvent event(long version, long number) {
        return SourceEvent.of(new SourceEvent.Place("5", number), STREAM, version, "OrderPlaced", "{}", null);
    }
}
