package org.meowmx.rest.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final UUID LOG = UUID.fromString("87396ecb-b445-42f8-8c58-766288623f9e");

    @Test
    void a_cursor_comes_back_as_it_was_given() {
        Cursor cursor = new Cursor(LOG, 17);

        assertThat(Cursor.parse("after", cursor.toString())).isEqualTo(cursor);
        assertThat(cursor.checked(LOG, 17, () -> 17)).isEqualTo(cursor);
        assertThat(Cursor.parse("after", "17").checked(LOG, 20, () -> 20)).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "-1",
                "1.5",
                "1:2",
                ":2",
                "87396ecb-b445-42f8-8c58-766288623f9e",
                "9999999999999999999"
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Cursor.parse("after", text)).hasMessageStartingWith("after must be a position");
    }

    @Test
    void a_position_that_is_drawn_and_not_decided_is_nothing_that_lies_ahead() {
        Cursor cursor = new Cursor(LOG, 17);

        assertThat(cursor.checked(LOG, 12, () -> 17)).isEqualTo(cursor);
    }

    @Test
    void another_log_is_noticed_and_so_is_what_lies_ahead() {
        Cursor cursor = new Cursor(LOG, 17);

        assertThatThrownBy(() -> cursor.checked(UUID.randomUUID(), 20, () -> 20))
                .satisfies(thrown ->
                        assertThat(((ProblemException) thrown).problem().type()).isEqualTo(ProblemType.OTHER_LOG));
        assertThatThrownBy(() -> cursor.checked(LOG, 16, () -> 16))
                .satisfies(thrown ->
                        assertThat(((ProblemException) thrown).problem().type()).isEqualTo(ProblemType.AHEAD_OF_LOG));
    }
}
