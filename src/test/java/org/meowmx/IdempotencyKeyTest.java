package org.meowmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {

    private static final StreamId ORDER = StreamId.of("order", "42");

    /** Clients and other releases derive the same ids, so they never change. Python: uuid.uuid5(namespace, name). */
    @Test
    void an_id_is_a_uuid_of_version_5_that_never_changes() {
        UUID id = IdempotencyKey.of("8e03978e-40d5-43e8-bc93-6894a57f9324").eventId(ORDER, 0);

        assertThat(id).isEqualTo(UUID.fromString("b43b75ae-d5e0-5d36-8173-db77e6b2c4c6"));
        assertThat(id.version()).isEqualTo(5);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void key_stream_and_ordinal_distinguish_ids() {
        IdempotencyKey key = IdempotencyKey.of("key");

        assertThat(key.eventId(ORDER, 1))
                .isEqualTo(key.eventId(ORDER, 1))
                .isNotEqualTo(key.eventId(ORDER, 0))
                .isNotEqualTo(key.eventId(StreamId.of("order", "4"), 1))
                .isNotEqualTo(IdempotencyKey.of("other").eventId(ORDER, 1));
    }

    @Test
    void a_key_has_the_rules_of_a_name() {
        assertThatThrownBy(() -> IdempotencyKey.of(" "))
                .isInstanceOf(InvalidEventException.class)
                .hasMessage("idempotencyKey: must not be blank");
        assertThatThrownBy(() -> IdempotencyKey.of("key").eventId(ORDER, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
