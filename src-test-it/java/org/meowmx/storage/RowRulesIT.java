package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.OwnTransaction;

/** The rows that the tables refuse from any writer, because readers could not continue after them or would see them out of order. */
@MeowmxTest(beans = Sql.class, database = PostgreSqlDatabase.class)
class RowRulesIT {

    private static final String CHECK_VIOLATION = "23514";

    private static final String EVENT = """
            insert into meowmx_events (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
            values (gen_random_uuid(), 'test', '1', %s, %s, 'noted', '{}', '%s', now())""";

    @Inject
    EventStore events;

    @Inject
    OwnTransaction own;

    @Inject
    Sql sql;

    private Object insert(String version, String slice, String metadata) {
        return own.run(() -> sql.run(EVENT.formatted(version, slice, metadata)));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, {}", "9223372036854775807, 1023, '{\"correlationId\": \"a\"}'"})
    void an_event_is_stored(String version, String slice, String metadata) {
        insert(version, slice, metadata);

        assertThat(own.run(() -> sql.number("select version from meowmx_events")))
                .isEqualTo(Long.parseLong(version));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, {}",
        "-1, 0, {}",
        "1, -1, {}",
        "1, 1024, {}",
        "1, 0, []",
        "1, 0, null",
        "1, 0, 1",
        "1, 0, '\"a\"'"
    })
    void an_event_is_refused(String version, String slice, String metadata) {
        assertThatThrownBy(() -> insert(version, slice, metadata))
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(CHECK_VIOLATION));
    }

    @ParameterizedTest
    @CsvSource({"-1", "-9223372036854775808"})
    void a_stream_is_refused(String version) {
        String stream = "insert into meowmx_streams (category, stream_id, version) values ('test', '1', %s)";

        assertThatThrownBy(() -> own.run(() -> sql.run(stream.formatted(version))))
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(CHECK_VIOLATION));
    }

    @Test
    void a_stream_cannot_be_moved_below_version_0() {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of("noted", "{}"));

        assertThatThrownBy(() -> own.run(() -> sql.run("update meowmx_streams set version = -1")))
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(CHECK_VIOLATION));
    }

    @Test
    void events_of_one_append_whose_positions_do_not_ascend_are_refused() {
        sql.asOwner("alter sequence meowmx_events_position_seq increment by -1 restart with 100");
        StreamId stream = StreamId.of("test", 1L);

        assertThatThrownBy(() -> events.append(stream, any(), NewEvent.of("first", "{}"), NewEvent.of("second", "{}")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The events of one append must have ascending positions, but PostgreSQL assigned [100, 99]");
        assertThat(events.read(stream).events()).isEmpty();
    }

    @Test
    void no_rule_is_read_anew_for_each_append() {
        assertThat(own.<Object>run(() -> sql.value("""
                        select string_agg(conname, ', ') from pg_constraint
                        where contype = 'c'
                          and conrelid in (cast('meowmx_events' as regclass), cast('meowmx_streams' as regclass))""")))
                .as("checks of a table, where those of a domain are kept by the session")
                .isNull();
    }
}
