package org.meowmx.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.ExecutedStatement;
import org.meowmx.server.Sql;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** Many parked streams are listed in pages. */
@MeowmxTest(
        beans = {ParkedPagesIT.Database.class, ParkedPagesIT.Reader.class, PlansIT.Database.class, Sql.class},
        config = {"meowmx.subscription.enabled=false", "meowmx.subscription.notify=false"},
        database = CountingDatabase.class)
class ParkedPagesIT {

    private static final int STREAMS = 1_500;

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

    /** Parks streams directly: two events each, the first with a failure of 5,000 characters. */
    @ApplicationScoped
    static class Database {

        @Inject
        Sql sql;

        @Transactional
        void park() {
            sql.run("""
                    insert into meowmx_parked_events
                        (subscription, position, category, stream_id, version, failure, parked_at)
                    select 'reader', n, 'order', cast(n %% %1$d as text), (n - 1) / %1$d + 1,
                           case when n <= %1$d then 'no stock' || chr(10) || repeat('x', 5000) end, now()
                    from generate_series(1, 2 * %1$d) as n""".formatted(STREAMS));
            sql.asOwner("analyze meowmx_parked_events");
        }
    }

    @BeforeEach
    void park() {
        database.park();
    }

    @Test
    void pages_follow_each_other_and_have_the_first_line_of_each_failure() {
        List<ParkedStream> first = subscriptions.parked("reader", 0, 100);
        List<ParkedStream> second = subscriptions.parked("reader", first.get(99).firstPosition(), 100);

        assertThat(first).hasSize(100).allMatch(stream -> stream.failure().equals("no stock") && stream.events() == 2);
        assertThat(second).hasSize(100);
        assertThat(second.get(0).firstPosition()).isEqualTo(first.get(99).firstPosition() + 1);
        assertThat(subscriptions.parked("reader", STREAMS - 10, 100))
                .as("second events do not count as streams")
                .hasSize(10);
        assertThat(subscriptions.status("reader").parkedStreams()).isEqualTo(STREAMS);
    }

    @Test
    void one_stream_has_the_whole_failure() {
        assertThat(subscriptions.parked("reader", StreamId.of("order", 7L)))
                .hasValueSatisfying(stream -> assertThat(stream.failure()).hasSizeGreaterThan(5_000));
        assertThat(subscriptions.parked("reader", StreamId.of("order", "nobody")))
                .isEmpty();
    }

    @Test
    void a_page_is_read_along_the_key() {
        CountingDataSource.executed().clear();
        subscriptions.parked("reader", 0, 100);
        ExecutedStatement page = CountingDataSource.executed().stream()
                .filter(statement -> statement.sql().contains("earlier"))
                .findFirst()
                .orElseThrow();

        assertThat(plans.plan(page)).contains("meowmx_parked_events_pkey").doesNotContain("Sort");
    }

    @Test
    void a_limit_out_of_range_is_refused() {
        assertThatThrownBy(() -> subscriptions.parked("reader", 0, 1_001))
                .hasMessage("limit must be 1 to 1000, was 1001");
    }
}
