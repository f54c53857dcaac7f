package org.meowmx.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LibraryLocationTest {

    @Test
    void the_lib_folder_of_an_ear_is_refused() {
        assertThat(LibraryLocation.problems("vfs:/content/shop.ear/lib/meowmx.jar/"))
                .singleElement()
                .asString()
                .contains("vfs:/content/shop.ear/lib/meowmx.jar/", "to WEB-INF/lib of the one WAR");
    }

    @Test
    void a_web_module_is_accepted() {
        assertThat(LibraryLocation.problems("file:/apps/shop.ear/visits.war/WEB-INF/lib/meowmx.jar"))
                .isEmpty();
        assertThat(LibraryLocation.problems("file:/apps/shop.war/WEB-INF/classes/"))
                .isEmpty();
        assertThat(LibraryLocation.problems(LibraryLocation.current())).isEmpty();
    }
}
