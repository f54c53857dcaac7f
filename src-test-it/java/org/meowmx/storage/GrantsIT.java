package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.EventStore;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.OwnTransaction;

/**
 * Promise append-only: the privileges of {@code grants.sql} are sufficient, are the only ones, and do not allow changes
 * of stored events.
 */
@MeowmxTest(beans = Sql.class, database = PostgreSqlDatabase.class)
class GrantsIT {

    private static final String GRANTED = """
            select privilege from (
                select 'revoke ' || privilege_type || ' on ' || table_name || ' from meowmx_app' as privilege
                from information_schema.role_table_grants
                where grantee = 'meowmx_app' and table_schema = current_schema()
                union all
                select 'revoke ' || privilege_type || ' (' || column_name || ') on ' || table_name || ' from meowmx_app'
                from information_schema.role_column_grants
                where grantee = 'meowmx_app' and table_schema = current_schema()
                  and (table_name, privilege_type) in (('meowmx_events', 'INSERT'), ('meowmx_streams', 'UPDATE'))
                union all
                select 'revoke select on sequence meowmx_events_position_seq from meowmx_app'
                where has_sequence_privilege('meowmx_app', 'meowmx_events_position_seq', 'select')) as granted
            order by privilege""";

    @Inject
    EventStore events;

    @Inject
    StorageStartup startup;

    @Inject
    OwnTransaction own;

    @Inject
    Sql sql;

    private List<RecordedEvent> log() {
        return events.scan(LogQuery.all()).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update meowmx_events set data = '{}'",
                "update meowmx_events set recorded_at = now()",
                "delete from meowmx_events",
                "truncate meowmx_events",
                "select 1 from meowmx_events for update",
                "lock table meowmx_events in share mode",
                "drop table meowmx_events",
                "alter table meowmx_events add column more text",
                "create rule no_more as on insert to meowmx_events do instead nothing",
                "create trigger change before insert on meowmx_events execute function suppress_redundant_updates_trigger()",
                "insert into meowmx_events (position, event_id, category, stream_id, version, slice, type, data, metadata, recorded_at) overriding system value values (99, gen_random_uuid(), 'test', '1', 2, 0, 'forged', '{}', '{}', now())",
                "copy meowmx_events from program 'true'",
                "select nextval('meowmx_events_position_seq')",
                "select setval('meowmx_events_position_seq', 99)",
                "alter sequence meowmx_events_position_seq restart",
                "delete from meowmx_streams",
                "truncate meowmx_streams",
                "update meowmx_streams set stream_id = 'another'",
                "update meowmx_log set log_id = gen_random_uuid()",
                "insert into meowmx_log (id, schema_version) values (1, 9)",
                "create table mine (id int)"
            })
    void the_application_cannot(String statement) {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of("noted", "{}"));
        List<RecordedEvent> before = log();

        assertThatThrownBy(() -> own.run(() -> sql.run(statement)))
                .rootCause()
                .hasMessageMatching("(?s)ERROR: (permission denied|must be owner).*");
        assertThat(log()).isEqualTo(before);
    }

    @Test
    void its_role_has_no_other_powers() {
        assertThat(own.<Object>run(() -> sql.value("""
                        select cast(rolsuper as text) || rolcreaterole || rolcreatedb || rolreplication || rolbypassrls
                        from pg_roles where rolname = current_user"""))).isEqualTo("falsefalsefalsefalsefalse");
        assertThat(own.<Object>run(() -> sql.value("""
                        select string_agg(cast(roleid as regrole) || '', ', ') from pg_auth_members
                        where member = cast(cast(current_user as regrole) as oid)"""))).isEqualTo("meowmx_app");
    }

    @Test
    void each_grant_is_needed_and_looked_for_at_the_start() {
        List<?> revocations = own.run(() -> sql.list(GRANTED));
        assertThat(revocations).hasSizeGreaterThan(30);
        assertThat(own.run(startup.check()::schemaProblems)).isEmpty();

        for (Object revocation : revocations) {
            sql.asOwner((String) revocation);
            assertThat(own.run(startup.check()::schemaProblems))
                    .as("after %s", revocation)
                    .singleElement()
                    .asString()
                    .startsWith("The role " + PostgreSqlDatabase.APPLICATION + " lacks ")
                    .endsWith("run org/meowmx/schema/postgresql/grants.sql.");
            sql.asOwner(((String) revocation).replace("revoke", "grant").replace(" from ", " to "));
        }
    }
}
