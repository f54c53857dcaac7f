package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meowmx.EventBindingException;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.EventTypes;
import org.meowmx.InvalidEventException;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;

/** Events as objects: records, times, unknown fields, unknown types. */
abstract class TypedEventContract {

    private static final StreamId STREAM = StreamId.of("order", 1L);

    @Inject
    EventStore events;

    /** A record with fields of many types. */
    @EventType("much-noted")
    record Much(
            String text,
            BigDecimal amount,
            long number,
            Instant at,
            LocalDate day,
            OffsetDateTime zoned,
            Duration took,
            Optional<String> maybe,
            List<Map<String, Integer>> nested) {}

    record Untyped(String customer) {}

    private RecordedEvent append(NewEvent event) {
        events.append(STREAM, any(), event);
        return events.read(STREAM).last().orElseThrow();
    }

    @Test
    void a_record_comes_back_equal_and_is_plain_json_in_between() {
        Much much = new Much(
                "ünï \"🐈\" \\ \u2028",
                new BigDecimal("12.50"),
                Long.MAX_VALUE,
                Instant.parse("2024-02-29T23:59:59.123456789Z"),
                LocalDate.of(2024, 2, 29),
                OffsetDateTime.parse("2024-02-29T23:59:59+05:45"),
                Duration.ofMillis(1500),
                Optional.of("yes"),
                List.of(Map.of("a", 1), Map.of()));

        RecordedEvent recorded = append(NewEvent.of(much));

        assertThat(recorded.type()).isEqualTo("much-noted");
        assertThat(recorded.as(Much.class)).isEqualTo(much);
        assertThat(recorded.data())
                .contains("2024-02-29T23:59:59.123456789Z", "\"2024-02-29\"", "+05:45", "\"PT1.5S\"", "12.50")
                .doesNotContain("class");
    }

    @Test
    void a_sealed_family_is_read_as_one() {
        OrderEvent placed = new OrderEvent.Placed("ann", new BigDecimal("12.50"));
        OrderEvent shipped = new OrderEvent.Shipped(Instant.EPOCH);
        events.append(STREAM, any(), NewEvent.of(placed), NewEvent.of(shipped));

        assertThat(events.read(STREAM).as(OrderEvent.class)).containsExactly(placed, shipped);
        assertThat(events.read(STREAM).first().orElseThrow().is(OrderEvent.Placed.class))
                .isTrue();
        assertThat(events.read(STREAM).first().orElseThrow().is(OrderEvent.Shipped.class))
                .isFalse();
        assertThat(EventTypes.of(OrderEvent.class).names()).containsExactlyInAnyOrder("order-placed", "order-shipped");
    }

    @Test
    void unknown_fields_are_ignored_and_missing_ones_are_null() {
        RecordedEvent recorded =
                append(NewEvent.of("order-placed", "{\"customer\": \"ann\", \"colour\": {\"x\": [1]}}"));

        assertThat(recorded.as(OrderEvent.class)).isEqualTo(new OrderEvent.Placed("ann", null));
    }

    @Test
    void an_unknown_type_is_readable_as_json() {
        RecordedEvent recorded = append(NewEvent.of("order-forgotten", "{\"customer\": \"ann\"}"));

        assertThat((Object) recorded.as(Map.class)).isEqualTo(Map.of("customer", "ann"));
        assertThat(recorded.as(Untyped.class)).isEqualTo(new Untyped("ann"));
        assertThatThrownBy(() -> recorded.as(OrderEvent.class))
                .isInstanceOfSatisfying(EventBindingException.class, e -> {
                    assertThat(e.event()).isEqualTo(recorded);
                    assertThat(e.target()).isEqualTo(OrderEvent.class);
                });
    }

    @Test
    void data_that_does_not_fit_is_named_but_not_quoted() {
        RecordedEvent recorded = append(NewEvent.of("order-placed", "{\"total\": \"secret-canary\"}"));

        assertThatThrownBy(() -> recorded.as(OrderEvent.class))
                .isInstanceOf(EventBindingException.class)
                .hasMessageContaining("order-placed order/1 v1")
                .hasMessageContaining("total")
                .satisfies(e -> {
                    for (Throwable t = e; t != null; t = t.getCause()) {
                        assertThat(t.toString()).doesNotContain("secret-canary");
                    }
                });
        assertThat(recorded.toString()).doesNotContain("secret-canary");
    }

    @Test
    void a_class_without_a_type_cannot_be_appended() {
        assertThatThrownBy(() -> NewEvent.of(new Untyped("ann")))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(Untyped.class.getName())
                .hasMessageContaining("@EventType");
    }

    @Test
    void json_of_every_kind_can_be_data() {
        for (String json : List.of("1", "\"text\"", "null", "true", "[1]", "{}")) {
            assertThat(append(NewEvent.of("noted", json)).data()).isEqualTo(json);
        }
    }
}
