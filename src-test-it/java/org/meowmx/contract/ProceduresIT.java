package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.Engine;
import org.meowmx.server.InstalledPostgreSql;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.subscription.Subscribed;
import org.meowmx.testkit.MeowmxTest;

/** Runs the commands of docs/operations.md, exactly as printed, with PostgreSQL's own tools. */
@EnabledIf("org.meowmx.server.InstalledPostgreSql#isInstalled")
@MeowmxTest(
        config = {
            "meowmx.subscription.enabled=true",
            "meowmx.subscription.check-names=false",
            "meowmx.subscription.poll-interval=PT0.1S"
        },
        database = PostgreSqlDatabase.class)
class ProceduresIT {

    private static final Path PAGE = Path.of("docs/operations.md");
    private static final String SCHEMA = Path.of("src/main/resources/org/meowmx/schema/postgresql")
            .toAbsolutePath()
            .toString();
    private static final String TABLES = """
            psql -d "$OLD" -q -v ON_ERROR_STOP=1 -f "$SCHEMA/V1__event_store.sql" -f "$SCHEMA/grants.sql\"""";
    private static final StreamId STREAM = StreamId.of("order", 1);
    private static final Duration SOON = Duration.ofSeconds(30);

    private InstalledPostgreSql old;

    /** The subscription of a node. */
    @ApplicationScoped
    static class Reader {

        private final List<Long> versions = new CopyOnWriteArrayList<>();

        List<Long> versions() {
            return versions;
        }

        void read(@Observes @Subscribed("reader") RecordedEvent event) {
            versions.add(event.version());
        }
    }

    /** A block of commands below a heading of the page; the first one has the number 0. */
    private static String commands(String heading, int number) {
        try {
            String page = Files.readString(PAGE);
            String section =
                    page.substring(page.indexOf("\n### " + heading + "\n") + 1).split("\n##", 2)[0];
            List<String> blocks = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                    .matcher(section)
                    .results()
                    .map((MatchResult block) -> block.group(1))
                    .toList();
            return blocks.get(number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(InstalledPostgreSql target, String script) {
        run(target, script, Map.of());
    }

    private void run(InstalledPostgreSql target, String script, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("OLD", old.connection());
        variables.put("NEW", target.connection());
        variables.put("SCHEMA", SCHEMA);
        target.shell(variables, script);
    }

    @BeforeEach
    void start() {
        old = InstalledPostgreSql.start();
        run(old, TABLES);
    }

    @AfterEach
    void stop() {
        old.close();
    }

    /** Runs a node that appends and reads events; returns the versions that its subscription has read. */
    private static List<Long> append(InstalledPostgreSql server, int count) {
        try (Engine node = Engine.start(server.database(), Reader.class)) {
            EventStore events = node.get(EventStore.class);
            for (int number = 0; number < count; number++) {
                events.append(STREAM, ExpectedVersion.any(), NewEvent.of("noted", "1"));
            }
            Reader reader = node.get(Reader.class);
            Awaitility.await().atMost(SOON).until(() -> reader.versions().size() == count);
            return List.copyOf(reader.versions());
        }
    }

    private static Object logId(InstalledPostgreSql server) {
        return server.server().textsIn("meowmx", "select log_id from meowmx_log");
    }

    private static long sequence(InstalledPostgreSql server) {
        return server.server().numberIn("meowmx", "select last_value from meowmx_events_position_seq");
    }

    /** The subscription continues where it was, and the next events get higher positions. */
    private void verifyMoved(InstalledPostgreSql target) {
        assertThat(logId(target)).isEqualTo(logId(old));
        assertThat(append(target, 2)).containsExactly(4L, 5L);
        assertThat(target.server().numberIn("meowmx", "select count(*) from meowmx_events where position > 3"))
                .isEqualTo(2);
    }

    @Test
    void dump_and_restore() {
        append(old, 3);
        try (InstalledPostgreSql target = InstalledPostgreSql.start()) {
            run(target, "psql -d \"$NEW\" -c 'create role meowmx_app nologin'");
            run(target, commands("Dump and restore", 0));
            verifyMoved(target);
        }
    }

    @Test
    void restore_of_the_data_into_the_tables_of_the_dump() {
        append(old, 3);
        try (InstalledPostgreSql target = InstalledPostgreSql.start()) {
            run(target, "psql -d \"$NEW\" -c 'create role meowmx_app nologin'");
            run(target, commands("Restore the data only", 0));
            verifyMoved(target);
        }
    }

    @Test
    void restore_of_the_data_into_the_tables_of_the_library() {
        append(old, 3);
        try (InstalledPostgreSql target = InstalledPostgreSql.start()) {
            String documented = commands("Restore the data only", 1);
            assertThat(documented).contains("delete from meowmx_log");
            assertThatThrownBy(() -> run(target, documented.replaceAll("(?m)^psql.*delete from.*$", "")))
                    .hasMessageContaining("meowmx_log_pkey");

            run(target, documented.replaceAll("(?m)^psql.*V1__event_store.*$", ""));
            verifyMoved(target);
        }
    }

    @Test
    void logical_switch_over() {
        append(old, 2);
        try (InstalledPostgreSql target = InstalledPostgreSql.start()) {
            run(target, "psql -d \"$NEW\" -c 'create role meowmx_app nologin'");
            run(target, commands("Logical switch-over", 0));
            append(old, 1);
            run(target, commands("Logical switch-over", 1));
            verifyMoved(target);
        }
    }

    @Test
    void failover_without_lost_events() {
        try (InstalledPostgreSql target = InstalledPostgreSql.standbyOf(old)) {
            append(old, 3);
            Object logId = logId(old);
            old.stop();
            run(target, commands("Failover without lost events", 0));

            assertThat(logId(target)).isEqualTo(logId);
            assertThat(append(target, 2)).containsExactly(4L, 5L);
        }
    }

    @Test
    void failover_with_lost_events() {
        try (InstalledPostgreSql target = InstalledPostgreSql.standbyOf(old)) {
            append(old, 3);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> target.server().numberIn("meowmx", "select count(*) from meowmx_events") == 3);
            target.stop();
            append(old, 40);
            long highest = sequence(old);
            old.stop();
            target.startAgain();
            run(target, commands("Failover with lost events", 0));

            assertThat(append(target, 2))
                    .as("versions continue, positions are new")
                    .containsExactly(4L, 5L);
            assertThat(target.server().numberIn("meowmx", "select min(position) from meowmx_events where version > 3"))
                    .isGreaterThan(highest);
        }
    }

    @Test
    void restore_to_a_point_in_time() {
        append(old, 1);
        run(old, commands("Restore to a point in time", 0));
        append(old, 2);
        String time = old.server().textsIn("meowmx", "select clock_timestamp()").get(0);
        append(old, 40);
        Object logId = logId(old);
        long highest = sequence(old);
        old.server().textsIn("meowmx", "select pg_switch_wal()");
        old.stop();

        run(
                old,
                commands("Restore to a point in time", 1),
                Map.of("TIME", time, "ARCHIVE", old.archive().toString()));
        old.moveTo("data");
        run(old, commands("Failover with lost events", 0).replaceAll(".*pg_promote.*", ""));

        assertThat(logId(old)).isEqualTo(logId);
        assertThat(append(old, 2)).containsExactly(4L, 5L);
        assertThat(sequence(old)).isGreaterThan(highest);
    }
}
