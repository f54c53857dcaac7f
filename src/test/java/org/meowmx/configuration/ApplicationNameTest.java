package org.meowmx.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApplicationNameTest {

    @Test
    void a_war_alone_has_its_plain_name() {
        assertThat(ApplicationName.of("shop", "shop")).isEqualTo("shop");
    }

    @Test
    void modules_of_an_ear_have_different_names() {
        assertThat(ApplicationName.of("shop", "orders")).isEqualTo("shop/orders");
        assertThat(ApplicationName.of("shop", "visits")).isEqualTo("shop/visits");
    }

    @Test
    void outside_of_a_server_there_is_no_name() {
        ApplicationName name = new ApplicationName();

        assertThat(name.get()).isEmpty();
        assertThat(name.qualified("meowmx-store")).isEqualTo("meowmx-store");
    }
}
