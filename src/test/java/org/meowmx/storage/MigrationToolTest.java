package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationToolTest {

    /** Loads the library again, as in an application without Flyway. */
    private static final class WithoutFlyway extends URLClassLoader {

        WithoutFlyway() {
            super(
                    new URL[] {
                        MigrationTool.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                    },
                    ClassLoader.getPlatformClassLoader());
        }
    }

    @Test
    void flyway_is_found() {
        assertThat(MigrationTool.problems()).isEmpty();
    }

    @Test
    void without_flyway_a_sentence_says_what_to_add() throws Exception {
        try (WithoutFlyway application = new WithoutFlyway()) {
            Method problems = Class.forName(MigrationTool.class.getName(), true, application)
                    .getDeclaredMethod("problems");
            problems.setAccessible(true);

            assertThat((List<?>) problems.invoke(null))
                    .singleElement()
                    .asString()
                    .startsWith("meowmx.schema.mode is migrate, but the application does not contain Flyway. Add the "
                            + "dependency org.flywaydb:flyway-database-postgresql");
        }
    }
}
