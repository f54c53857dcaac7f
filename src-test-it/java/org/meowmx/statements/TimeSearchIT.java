package org.meowmx.statements;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meowmx.RecordedEvent;
import org.meowmx.server.ExecutedStatement;
import org.meowmx.server.Sql;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** The position of a time is found without reading the log from its beginning. */
@MeowmxTest(
        beans = {TimeSearchIT.Database.class, TimeSearchIT.Reader.class, PlansIT.Database.class, Sql.class},
        config = {"meowmx.subscription.enabled=false", "meowmx.subscription.notify=false"},
        database = CountingDatabase.class)
class TimeSearchIT {

    private static final int EVENTS = 200_000;
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    @Inject
    Subscriptions subscriptions;

    @Inject
    Database database;

    @Inject
    PlansIT.Database plans;

    /** A subscription to every event. */
    @ApplicationScoped
    static class Reader {

        void see(@Observes @Subscribed("reader") RecordedEvent event) {}
    }

    /** One event per second; every tenth is recorded up to five seconds late, and one third of the positions have none. */
    @ApplicationScoped
    static class Database {

        @Inject
        Sql sql;

        @Transactional
        void fill() {
            sql.run("""
                    insert into meowmx_events
                        (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
                    select gen_random_uuid(), 'order', cast(n as text), 1, 0, 'noted', '{}', '{}',
                           timestamptz '2026-01-01 00:00:00Z'
                               + (n + case when n %% 10 = 0 then n %% 6 else 0 end) * interval '1 second'
                    from generate_series(1, %d) as n""".formatted(EVENTS));
            sql.asOwner("delete from meowmx_events where position between 60001 and 120000 or position % 7 = 0");
            sql.asOwner("analyze meowmx_events");
        }

        @Transactional
        long expected(Instant time) {
            return sql.number("select coalesce(min(position) - 1, %d) from meowmx_events where recorded_at >= '%s'"
                    .formatted(EVENTS, time));
        }
    }

    private long positionOf(Instant time) {
        subscriptions.reposition("reader", ReadFrom.time(time));
        return subscriptions.status("reader").position();
    }

    @Test
    void a_time_is_found_exactly_and_few_events_are_read() {
        database.fill();
        subscriptions.pause("reader");

        for (int second :
                List.of(-5, 0, 1, 59_990, 60_000, 60_001, 90_000, 120_000, 120_001, 150_000, 199_990, 300_000)) {
            Instant time = BEGINNING.plusSeconds(second);
            CountingDataSource.executed().clear();
            assertThat(positionOf(time)).as("%d s", second).isEqualTo(database.expected(time));
            List<ExecutedStatement> executed = CountingDataSource.executed().stream()
                    .filter(statement -> statement.sql().contains("recorded_at")
                            && !statement.sql().contains("coalesce(min"))
                    .toList();
            long rows = executed.stream().mapToLong(plans::rowsOfLog).sum();
            assertThat(rows).as("rows for %d s", second).isLessThan(45_000);
        }
    }
}
