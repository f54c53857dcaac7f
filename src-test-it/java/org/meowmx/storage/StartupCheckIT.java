package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.meowmx.StartupException;
import org.meowmx.server.OwnedPostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.Database;
import org.meowmx.transaction.OwnTransaction;

/**
 * Each reason to refuse the start on a real PostgreSQL, with its message. The application owns the tables here. Each test damages them
 * in the same transaction that then checks them.
 */
@MeowmxTest(beans = Sql.class, database = OwnedPostgreSqlDatabase.class)
class StartupCheckIT {

    @Inject
    StorageStartup startup;

    @Inject
    OwnTransaction own;

    @Inject
    Database database;

    @Inject
    Sql sql;

    private List<String> schemaProblems(String... before) {
        return after(startup.check()::schemaProblems, before);
    }

    private List<String> migrationProblems(String... before) {
        return after(startup.check()::migrationProblems, before);
    }

    private List<String> serverProblems(String... before) {
        return after(startup.check()::serverProblems, before);
    }

    private <T> T after(Supplier<T> check, String... before) {
        return own.run(() -> {
            List.of(before).forEach(sql::run);
            return check.get();
        });
    }

    private String schema() {
        return own.run(() -> (String) sql.value("select current_schema()"));
    }

    @Test
    void a_migrated_database_has_no_problems() {
        assertThat(serverProblems()).isEmpty();
        assertThat(schemaProblems()).isEmpty();
    }

    @Test
    void a_second_migration_finds_nothing_to_do() {
        migrate();

        assertThat(schemaProblems()).isEmpty();
    }

    private void migrate() {
        SchemaMigration.run(
                database.dataSource().orElseThrow(), Dialect.POSTGRESQL, own.run(startup.check()::schemaVersion));
    }

    @Test
    void tables_that_their_owner_created_with_the_file_can_be_migrated_later() {
        after(() -> null, "drop table meowmx_schema_history");

        migrate();

        assertThat(schemaProblems()).isEmpty();
        assertThat(own.run(() -> sql.value("select version from meowmx_schema_history where type = 'BASELINE'")))
                .isEqualTo("1");
    }

    @Test
    void a_history_of_other_migrations_is_refused_in_one_sentence() {
        after(() -> null, "update meowmx_schema_history set checksum = 1 where version = '1'");

        assertThatThrownBy(this::migrate)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("meowmx_schema_history lists other migrations than this release has")
                .hasMessageContaining("export them with that build and import them");
    }

    @Test
    void a_migration_that_fails_is_reported_with_its_cause_in_one_sentence() {
        after(() -> null, "drop table meowmx_schema_history, meowmx_log");

        assertThatThrownBy(this::migrate)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("the migration of the tables failed and was rolled back")
                .hasMessageContaining("SQLSTATE 42710")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void a_migration_by_a_role_that_does_not_own_the_tables_is_refused_in_one_sentence() {
        String role = "app" + UUID.randomUUID().toString().replace("-", "");
        assertThat(migrationProblems(
                        "create role " + role,
                        "grant usage on schema " + schema() + " to " + role,
                        "set local role " + role))
                .containsExactly("meowmx.schema.mode=migrate, but the role " + role
                        + " does not own the table meowmx_log in the schema " + schema()
                        + ". Let the owner of the tables run the migration and org/meowmx/schema/postgresql/grants.sql, "
                        + "and start the application with meowmx.schema.mode=validate.");
        assertThat(migrationProblems("drop table meowmx_log, meowmx_schema_history", "set local role " + role))
                .singleElement()
                .asString()
                .contains("the role " + role + " lacks create on schema " + schema());
        assertThat(migrationProblems("set local role " + role, "set local search_path = nowhere"))
                .singleElement()
                .asString()
                .contains("has no schema in its search_path");
        after(() -> null, "drop owned by " + role, "drop role " + role);
    }

    @Test
    void missing_tables_are_named_with_the_file() {
        assertThat(schemaProblems("drop table meowmx_log"))
                .containsExactly("meowmx_log is missing: set "
                        + "meowmx.schema.mode=migrate, or run org/meowmx/schema/postgresql/V1__event_store.sql.");
    }

    @Test
    void a_missing_column_is_named() {
        assertThat(schemaProblems("alter table meowmx_events drop column slice"))
                .singleElement()
                .asString()
                .startsWith("meowmx_events.slice is missing, but other tables of meowmx exist.");
    }

    @Test
    void an_older_and_a_newer_schema_are_refused() {
        assertThat(schemaProblems("update meowmx_log set schema_version = 0"))
                .containsExactly(
                        "The tables have schema version 0, this release needs version 1: set meowmx.schema.mode=migrate, or run "
                                + "org/meowmx/schema/postgresql/V1__event_store.sql.");
        assertThat(schemaProblems("update meowmx_log set schema_version = 2"))
                .containsExactly(
                        "The tables have schema version 2, this release supports versions up to 1: deploy the newer release of meowmx that migrated them.");
    }

    @Test
    void missing_grants_are_named_and_grants_sql_gives_them() throws IOException {
        String role = "app" + UUID.randomUUID().toString().replace("-", "");
        String inSchema = "grant usage on schema " + schema() + " to " + role;
        assertThat(schemaProblems("create role " + role, inSchema, "set local role " + role))
                .singleElement()
                .asString()
                .startsWith("The role " + role + " lacks select on meowmx_log, ")
                .contains("insert (event_id) on meowmx_events", "select on sequence meowmx_events_position_seq")
                .endsWith("run org/meowmx/schema/postgresql/grants.sql.");

        String grants = new String(
                getClass()
                        .getClassLoader()
                        .getResourceAsStream(SchemaFiles.grants(Dialect.POSTGRESQL))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(schemaProblems(grants, "grant meowmx_app to " + role, "set local role " + role))
                .isEmpty();
        assertThat(schemaProblems(
                        "reset role",
                        "revoke select on sequence meowmx_events_position_seq from meowmx_app",
                        "set local role " + role))
                .as("without it the mark would silently stay at 0")
                .containsExactly("The role " + role + " lacks select on sequence meowmx_events_position_seq: run "
                        + "org/meowmx/schema/postgresql/grants.sql.");
        after(() -> null, "drop owned by " + role, "drop role " + role);
    }

    @Test
    void a_sequence_below_the_log_or_a_checkpoint_is_refused_with_the_way_to_repair_it() {
        String event =
                "insert into meowmx_events (position, event_id, category, stream_id, version, slice, type, data, "
                        + "metadata, recorded_at) overriding system value "
                        + "values (9, gen_random_uuid(), 'a', '1', 1, 0, 'x', '{}', '{}', now())";
        assertThat(schemaProblems(event))
                .singleElement()
                .asString()
                .contains("is at 0, but the log or a checkpoint is at position 9")
                .endsWith("select setval('meowmx_events_position_seq', 9).");
        assertThat(schemaProblems("select setval('meowmx_events_position_seq', 9)"))
                .isEmpty();

        assertThat(
                        schemaProblems(
                                "insert into meowmx_checkpoints (subscription, first_slice, last_slice, position, live_after, origin, lock_version) values ('list', 0, 1023, 12, 12, gen_random_uuid(), 0)"))
                .singleElement()
                .asString()
                .contains("is at 9, but the log or a checkpoint is at position 12");
        assertThat(schemaProblems("select setval('meowmx_events_position_seq', 12)"))
                .isEmpty();
    }

    @Test
    void a_sequence_that_reserves_ahead_is_refused() {
        assertThat(schemaProblems("alter sequence meowmx_events_position_seq cache 10"))
                .singleElement()
                .asString()
                .contains("cache 1 and no cycle");
    }

    @Test
    void a_read_only_server_is_refused() {
        assertThat(serverProblems("set transaction read only"))
                .containsExactly("PostgreSQL is read-only; default_transaction_read_only must be off for jdbc/meowmx.");
    }

    @Test
    void an_old_postgresql_is_refused() {
        assertThat(serverProblems("""
                        create function current_setting(name text) returns text language sql as $$
                            select case name when 'server_version_num' then '120022' when 'server_version' then '12.22'
                                else pg_catalog.current_setting(name) end
                        $$""", "set local search_path = " + schema() + ", pg_catalog"))
                .containsExactly("PostgreSQL is 12.22; 14 or newer is required.");
    }

    @Test
    void a_replica_is_refused() {
        assertThat(serverProblems(
                        "create function pg_is_in_recovery() returns boolean language sql as 'select true'",
                        "set local search_path = " + schema() + ", pg_catalog"))
                .containsExactly("PostgreSQL is a replica in recovery; jdbc/meowmx must lead to the primary.");
    }

    @Test
    void another_engine_behind_the_protocol_is_refused_by_its_behaviour() {
        assertThat(serverProblems(
                        "create view pg_locks as select * from pg_catalog.pg_locks where locktype <> 'advisory'",
                        "set local search_path = " + schema() + ", pg_catalog"))
                .singleElement()
                .asString()
                .contains("does not show advisory locks in pg_locks");
    }

    @Test
    void settings_that_lose_data_are_warned_of() {
        assertThat(loggedAfter("set local synchronous_commit = off"))
                .contains("synchronous_commit off")
                .contains("acknowledged");
    }

    @Test
    void a_data_source_without_the_name_of_its_node_is_reported() {
        assertThat(loggedAfter("set local application_name = 'meowmx@node-7'")).isEmpty();
        assertThat(loggedAfter("set local application_name = 'PostgreSQL JDBC Driver'"))
                .contains("\"PostgreSQL JDBC Driver\"")
                .contains("set ApplicationName on the data source jdbc/meowmx");
    }

    @Test
    void a_stream_without_events_is_reported() {
        assertThat(logged(() -> assertThat(schemaProblems(
                                "insert into meowmx_streams (category, stream_id, version) values ('order', '7', 0)"))
                        .isEmpty()))
                .contains("The stream order/7 is at version 0");
    }

    @Test
    void tables_of_a_build_that_allowed_no_version_0_are_refused() {
        assertThat(schemaProblems("alter table meowmx_streams alter column version type bigint"))
                .singleElement()
                .asString()
                .contains("meowmx_stream_version of meowmx_streams.version is missing")
                .contains("export them with that build");
    }

    /** The last message of a check without problems. */
    private String loggedAfter(String sql) {
        return logged(() -> assertThat(serverProblems(sql)).isEmpty());
    }

    private String logged(Runnable check) {
        RecordingHandler log = new RecordingHandler();
        Logger logger = Logger.getLogger(PostgreSqlCheck.class.getName());
        logger.addHandler(log);
        logger.setLevel(Level.INFO);
        logger.setUseParentHandlers(false);
        try {
            check.run();
        } finally {
            logger.setLevel(null);
            logger.setUseParentHandlers(true);
            logger.removeHandler(log);
        }
        return log.last;
    }

    /** Keeps the last message. */
    private static final class RecordingHandler extends Handler {

        private String last = "";

        @Override
        public void publish(LogRecord record) {
            last = java.text.MessageFormat.format(record.getMessage(), record.getParameters());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
