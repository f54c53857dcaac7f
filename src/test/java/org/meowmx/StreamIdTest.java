package org.meowmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamIdTest {

    @Test
    void ids_are_text_uuids_or_numbers() {
        UUID uuid = UUID.fromString("0190b6c0-0000-7000-8000-000000000001");

        assertThat(StreamId.of("order", uuid)).isEqualTo(StreamId.of("order", uuid.toString()));
        assertThat(StreamId.of("order", Long.MIN_VALUE).id()).isEqualTo("-9223372036854775808");
        assertThat(StreamId.of("order", "a/b %..\u202E")).hasToString("order/a/b %..\u202E");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u2003", "a\nb", "a\u0000", "\u0085", "\ud800", "x\udc00"})
    void blank_names_control_characters_and_lone_surrogates_are_refused(String name) {
        assertThatThrownBy(() -> StreamId.of(name, "1"))
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.field()).isEqualTo("category"));
        assertThatThrownBy(() -> StreamId.of("order", name))
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.field()).isEqualTo("id"));
        assertThatThrownBy(() -> NewEvent.of(name, "{}"))
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.field()).isEqualTo("type"));
    }

    @Test
    void names_have_255_characters_at_most() {
        assertThat(StreamId.of("x".repeat(255), "y".repeat(255)).id()).hasSize(255);
        assertThatThrownBy(() -> StreamId.of("x".repeat(300), "1"))
                .hasMessage("category: has 300 characters, 255 are allowed");
    }

    /** From an independent CRC-32C; the first is the check value of the algorithm, 0xE3069283. */
    @ParameterizedTest
    @CsvSource({"123456789, 643", "a, 816", "order-1, 108", "ünï, 342"})
    void the_slice_is_the_low_bits_of_the_crc_32c(String id, int slice) {
        assertThat(StreamId.of("order", id).slice()).isEqualTo(slice);
        assertThat(StreamId.of("another", id).slice())
                .as("the category does not count")
                .isEqualTo(slice);
    }

    @Test
    void slices_are_used_evenly() {
        int[] counts = new int[16];
        IntStream.range(0, 16_000).forEach(i -> counts[StreamId.of("order", i).slice() / 64]++);

        assertThat(IntStream.of(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(800, 1_200));
    }
}
