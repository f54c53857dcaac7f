package org.meowmx.rest.mount;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RootFilterTest {

    private static final String BASE = "http://localhost/shop/events/api/";

    @Test
    void the_root_comes_before_the_path_and_nothing_else_changes() {
        assertThat(RootFilter.rooted(BASE, "/streams/a%2Fb/%2E%2E", "at=2026-01-31T12:00:00%2B01:00&x"))
                .isEqualTo(BASE + "org.meowmx/streams/a%2Fb/%2E%2E?at=2026-01-31T12:00:00%2B01:00&x");
    }

    @Test
    void a_path_without_a_slash_and_an_empty_path_are_understood() {
        assertThat(RootFilter.rooted(BASE, "status", null)).isEqualTo(BASE + "org.meowmx/status");
        assertThat(RootFilter.rooted(BASE, "/", null)).isEqualTo(BASE + "org.meowmx/");
        assertThat(RootFilter.rooted(BASE, "", "")).isEqualTo(BASE + "org.meowmx/?");
    }
}
