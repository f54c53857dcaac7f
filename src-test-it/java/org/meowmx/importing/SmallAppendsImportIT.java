package org.meowmx.importing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

/** An import into a store with a small limit of events per append. */
@MeowmxTest(config = "meowmx.append.max-events=3", database = PostgreSqlDatabase.class)
class SmallAppendsImportIT {

    @Inject
    PostgresEventSourcingImport imports;

    private ImportReport importFrom(SourceDatabase seed) {
        return imports.importFrom(seed.dataSource(), seed.schema());
    }

    @Test
    void what_is_more_than_one_append_may_have_is_stored_and_compared_in_parts() {
        try (SourceDatabase seed = new SourceDatabase(SourceShape.of("meowmx"))) {
            for (int version = 1; version <= 10; version++) {
                seed.append(version, "order", 1, version, "{}");
            }

            assertThat(importFrom(seed)).isEqualTo(new ImportReport(1, 10, 10, 0, 0));
            assertThat(importFrom(seed)).isEqualTo(new ImportReport(1, 10, 0, 0, 0));
        }
    }
}
