package org.meowmx.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ControlCharacterFilterTest {

    @Test
    void a_control_character_in_the_path_is_named() {
        assertThat(ControlCharacterFilter.problem("streams/note/a\nb", Stream.of()))
                .hasValueSatisfying(problem -> assertThat(problem.detail())
                        .isEqualTo("The path contains the control character U+000A, which is not allowed"));
    }

    @Test
    void in_the_query_only_the_null_character_is_refused() {
        assertThat(ControlCharacterFilter.problem("events", Stream.of("a", "b\0")))
                .hasValueSatisfying(problem -> assertThat(problem.detail())
                        .isEqualTo("The query contains the control character U+0000, which is not allowed"));
        assertThat(ControlCharacterFilter.problem("streams/ä/1", Stream.of("a\nb")))
                .isEmpty();
    }
}
