package org.meowmx.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryLocationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vfs:/content/shop.ear/lib/meowmx.jar",
                "file:/apps/expanded/shop.ear/lib/meowmx.jar",
                "jar:file:/apps/shop.ear!/lib/meowmx.jar"
            })
    void the_lib_folder_of_an_ear_is_refused(String location) {
        assertThat(LibraryLocation.problems(location))
                .singleElement()
                .asString()
                .contains(location, "to WEB-INF/lib of the one WAR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vfs:/content/shop.ear/visits.war/WEB-INF/lib/meowmx.jar",
                "file:/apps/expanded/shop.ear/visits.war/WEB-INF/lib/meowmx.jar",
                "file:/apps/expanded/shop.ear/web/visits.war/WEB-INF/lib/meowmx.jar",
                "jar:file:/apps/shop.ear!/visits.war!/WEB-INF/lib/meowmx.jar"
            })
    void the_web_module_of_an_ear_is_known(String location) {
        assertThat(LibraryLocation.webModule(location)).contains("visits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vfs:/content/shop.war/WEB-INF/lib/meowmx.jar",
                "file:/workarea/.cache/WEB-INF/lib/meowmx.jar",
                "vfs:/content/shop.ear/lib/meowmx.jar"
            })
    void outside_of_an_ear_no_web_module_is_known(String location) {
        assertThat(LibraryLocation.webModule(location)).isEmpty();
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
