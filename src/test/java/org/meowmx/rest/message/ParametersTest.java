package org.meowmx.rest.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ParametersTest {

    /** A server decodes a plus in a query as a space. */
    @Test
    void a_plus_that_was_not_encoded_is_understood() {
        assertThat(Parameters.time("at", "2026-01-31T12:00:00 02:00")).isEqualTo(Instant.parse("2026-01-31T10:00:00Z"));
        assertThat(Parameters.time("at", "2026-01-31T12:00:00+02:00")).isEqualTo(Instant.parse("2026-01-31T10:00:00Z"));
        assertThat(Parameters.time("at", "2026-01-31T12:00:00.5 02:00"))
                .isEqualTo(Instant.parse("2026-01-31T10:00:00.5Z"));
    }

    @Test
    void no_other_space_is_understood() {
        assertThatThrownBy(() -> Parameters.time("at", "2026-01-31 12:00")).hasMessageStartingWith("at must be a time");
        assertThatThrownBy(() -> Parameters.time("at", "2026-01-31T12:00:00 "))
                .hasMessageStartingWith("at must be a time");
        assertThatThrownBy(() -> Parameters.plainTime("time", "2026-01-31T12:00:00 02:00"))
                .hasMessageStartingWith("time must be a time");
    }
}
