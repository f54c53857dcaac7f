package org.meowmx.statements;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.server.ExecutedStatement;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** The plan of an idle node's single query, on a log of some size. */
@MeowmxTest(
        beans = {PlansIT.Database.class, PlansIT.Readers.class, Sql.class},
        config = {"meowmx.subscription.enabled=true", "meowmx.subscription.poll-interval=PT0.05S"},
        database = CountingDatabase.class)
class TickPlanIT {

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    PlansIT.Database database;

    @Test
    void a_poll_reads_the_new_events_by_an_index() {
        database.fill();
        long last = events.highWaterMark();
        subscriptions.names().forEach(name -> assertThat(subscriptions.await(name, last, Duration.ofSeconds(60)))
                .isTrue());

        CountingDataSource.executed().clear();
        ExecutedStatement tick = Awaitility.await()
                .until(TickPlanIT::ticks, ticks -> !ticks.isEmpty())
                .get(0);

        assertThat(database.plan(tick))
                .contains("meowmx_events_pkey")
                .doesNotContain("Seq Scan on meowmx_events")
                .doesNotContain("Sort");
    }

    private static List<ExecutedStatement> ticks() {
        return CountingDataSource.executed().stream()
                .filter(statement -> statement.sql().contains("checkpoint.paused"))
                .toList();
    }
}
