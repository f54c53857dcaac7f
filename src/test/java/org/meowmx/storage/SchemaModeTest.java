package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.OwnTransaction;

/** The effect of the schema modes on a database without tables. The mode validate is tested on a server. */
class SchemaModeTest {

    @Nested
    @MeowmxTest(config = "meowmx.schema.mode=none", database = EmptyH2Database.class)
    class None {

        @Inject
        StorageStartup startup;

        @Inject
        OwnTransaction own;

        @Test
        void starts_without_looking() {
            assertThat(own.run(startup.check()::schemaProblems))
                    .containsExactly("The tables of meowmx are missing: set meowmx.schema.mode=migrate, or run "
                            + "org/meowmx/schema/h2/V1__event_store.sql.");
        }
    }

    @Nested
    @MeowmxTest(config = "meowmx.schema.mode=migrate", database = EmptyH2Database.class)
    class Migrate {

        @Inject
        StorageStartup startup;

        @Inject
        OwnTransaction own;

        @Test
        void creates_what_is_missing() {
            assertThat(own.run(startup.check()::schemaProblems)).isEmpty();
        }
    }
}
