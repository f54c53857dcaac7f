package org.meowmx.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HolderTextTest {

    @Test
    void a_session_is_named_with_its_age() {
        assertThat(HolderText.of(null, 4711, "meowmx@a", Instant.now().minusSeconds(90)))
                .matches("process 4711 of 'meowmx@a' for 9\\d s");
        assertThat(HolderText.of(null, 4711, "meowmx@a", null)).isEqualTo("process 4711 of 'meowmx@a'");
    }

    @Test
    void an_age_is_never_negative_though_the_clock_of_the_database_is_ahead() {
        assertThat(HolderText.of("gid-1", null, "", Instant.now().plusSeconds(3600)))
                .isEqualTo("prepared transaction gid-1 for 0 s");
    }
}
