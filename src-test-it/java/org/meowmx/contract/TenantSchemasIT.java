package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.Engine;
import org.meowmx.server.ExistingDatabase;
import org.meowmx.server.InstalledPostgreSql;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

/** Runs the commands of docs/multi-tenancy.md for two tenants, with PostgreSQL's own tools and one node per tenant. */
@EnabledIf("org.meowmx.server.InstalledPostgreSql#isInstalled")
@MeowmxTest(database = PostgreSqlDatabase.class)
class TenantSchemasIT {

    private static final String ACME = "acme";
    private static final String GLOBEX = "globex";
    private static final StreamId STREAM = StreamId.of("note", 1);

    private final List<String> commands = commands();
    private final InstalledPostgreSql postgreSql = InstalledPostgreSql.start();

    private static List<String> commands() {
        try {
            return Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                    .matcher(Files.readString(Path.of("docs/multi-tenancy.md")))
                    .results()
                    .map(block -> block.group(1))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(String tenant, String script) {
        String schema = Path.of("src/main/resources/org/meowmx/schema/postgresql")
                .toAbsolutePath()
                .toString();
        postgreSql.shell(
                Map.of("DB", postgreSql.connection(), "SCHEMA", schema),
                script.replaceFirst("SCHEMA=.*", "").replace(ACME, tenant));
    }

    private ExistingDatabase databaseOf(String tenant) {
        return new ExistingDatabase(postgreSql.database().url(), tenant, "secret");
    }

    private List<String> append(String tenant) {
        try (Engine node = Engine.start(databaseOf(tenant))) {
            EventStore events = node.get(EventStore.class);
            events.append(STREAM, ExpectedVersion.any(), NewEvent.of("noted", "\"" + tenant + "\""));
            return events.scan(LogQuery.all()).map(RecordedEvent::data).toList();
        }
    }

    @BeforeEach
    void createTenants() {
        run(ACME, commands.get(0));
        run(GLOBEX, commands.get(0));
    }

    @AfterEach
    void stop() {
        postgreSql.close();
    }

    @Test
    void tenants_in_one_database_have_logs_of_their_own_and_are_restored_alone() {
        assertThat(append(ACME)).containsExactly("\"acme\"");
        assertThat(append(GLOBEX)).containsExactly("\"globex\"");
        assertThatThrownBy(() ->
                        postgreSql.server().executeIn("meowmx", "set role acme; select from globex.meowmx_events"))
                .hasStackTraceContaining("permission denied for schema globex");

        run(ACME, commands.get(1));

        assertThat(append(ACME)).containsExactly("\"acme\"", "\"acme\"");
        assertThat(postgreSql.server().numberIn("meowmx", "select count(*) from globex.meowmx_events"))
                .isEqualTo(1);
    }
}
