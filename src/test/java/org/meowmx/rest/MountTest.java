package org.meowmx.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountTest {

    @Test
    void the_console_is_at_the_parent_of_the_api() {
        assertThat(Mount.root(List.of("/api/*"))).isEmpty();
        assertThat(Mount.root(List.of("/events/api/*"))).isEqualTo("/events");
        assertThat(Mount.root(List.of("/admin/events/api/*"))).isEqualTo("/admin/events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events/*", "/*", "/", "/events/api", "*.api", "/my-api/*x"})
    void another_pattern_is_refused_with_a_sentence(String pattern) {
        assertThatThrownBy(() -> Mount.root(List.of(pattern)))
                .hasMessage(
                        "web.xml must map exactly one URL pattern that ends with /api/* to the servlet org.meowmx.rest.ApiApplication, for example /events/api/*. It maps "
                                + pattern);
    }

    @Test
    void a_second_pattern_is_refused() {
        assertThatThrownBy(() -> Mount.root(List.of("/a/api/*", "/b/api/*")))
                .hasMessageEndingWith("It maps /a/api/*, /b/api/*");
    }
}
