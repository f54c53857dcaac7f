package org.meowmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypesTest {

    @EventType(value = "order-placed", version = 3, aliases = "order-created")
    record OrderPlaced() {}

    @EventType(" ")
    record Blank() {}

    @EventType(value = "fine", aliases = "")
    record BlankAlias() {}

    @EventType(value = "fine", version = 0)
    record BeforeTheFirst() {}

    record Untyped() {}

    @Test
    void a_class_has_a_type_a_version_and_former_types() {
        assertThat(EventTypes.nameOf(OrderPlaced.class)).isEqualTo("order-placed");
        assertThat(EventTypes.versionOf(OrderPlaced.class)).isEqualTo(3);
        assertThat(EventTypes.of(OrderPlaced.class).names()).containsExactlyInAnyOrder("order-placed", "order-created");
    }

    @ParameterizedTest
    @ValueSource(classes = {Blank.class, BlankAlias.class, BeforeTheFirst.class, Untyped.class})
    void a_class_that_says_nothing_valid_of_itself_is_refused(Class<?> type) throws Exception {
        Object event = type.getDeclaredConstructor().newInstance();

        assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> NewEvent.of(event));
        assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> EventTypes.nameOf(type));
        assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> EventTypes.versionOf(type));
    }
}
