package org.meowmx.statements;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.RecordedEvent;
import org.meowmx.monitoring.SubscriptionsReady;
import org.meowmx.server.ExecutedStatement;
import org.meowmx.server.Sql;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** The cost of the status of many subscriptions, which must not depend on their lag. */
@MeowmxTest(
        beans = {StatusCostIT.Database.class, StatusCostIT.Reader.class, Sql.class},
        config = {"meowmx.subscription.enabled=false", "meowmx.subscription.notify=false"},
        database = CountingDatabase.class)
class StatusCostIT {

    private static final int EVENTS = 300_000;

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    @Readiness
    SubscriptionsReady ready;

    @Inject
    Database database;

    /** A subscription to every event. */
    @ApplicationScoped
    static class Reader {

        void see(@Observes @Subscribed("reader") RecordedEvent event) {}
    }

    /** Fills the tables directly. */
    @ApplicationScoped
    static class Database {

        @Inject
        Sql sql;

        @Transactional
        void fill() {
            sql.run("""
                    insert into meowmx_events
                        (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
                    select gen_random_uuid(), 'order', cast(n as text), 1, n %% 1024, 'noted', '{}', '{}', now()
                    from generate_series(1, %d) as n""".formatted(EVENTS));
            sql.asOwner("analyze meowmx_events");
        }

        /** Each of these subscriptions requests a category of which the log has no event. */
        @Transactional
        void subscriptions(int count, long position) {
            sql.run("""
                    insert into meowmx_checkpoints
                        (subscription, first_slice, last_slice, position, live_after, origin, category, lock_version)
                    select 'other-' || n, 0, 1023, %d, %d, gen_random_uuid(), 'never', 0
                    from generate_series(1, %d) as n""".formatted(position, position, count));
        }

        @Transactional
        void move(long position) {
            sql.run("update meowmx_checkpoints set position = %d, live_after = %d".formatted(position, position));
        }

        @Transactional
        void park(int streams) {
            sql.run("""
                    insert into meowmx_parked_events (subscription, position, category, stream_id, version, parked_at)
                    select 'other-1', n, 'never', cast(n %% %d as text), n, now()
                    from generate_series(1, %d) as n""".formatted(streams, 5 * streams));
        }
    }

    @BeforeEach
    void fill() {
        database.fill();
    }

    private static List<String> statementsOf(Runnable work) {
        CountingDataSource.executed().clear();
        work.run();
        return CountingDataSource.executed().stream()
                .map(ExecutedStatement::sql)
                .toList();
    }

    private static Duration fastest(Runnable work) {
        Duration fastest = Duration.ofDays(1);
        for (int i = 0; i < 5; i++) {
            long began = System.nanoTime();
            work.run();
            Duration duration = Duration.ofNanos(System.nanoTime() - began);
            fastest = duration.compareTo(fastest) < 0 ? duration : fastest;
        }
        return fastest;
    }

    /** Reads a new list: an operation of this node ends the time for which a list is shared. */
    private List<SubscriptionStatus> listAnew() {
        subscriptions.pause("reader");
        return subscriptions.list();
    }

    @Test
    void readiness_reads_no_event() {
        database.subscriptions(1_000, 0);

        List<String> statements = statementsOf(ready::call);

        assertThat(statements).hasSizeLessThan(15);
        assertThat(statements.stream().filter(sql -> sql.contains("from meowmx_events")))
                .allMatch(sql -> sql.contains("max(position)"));
    }

    @Test
    void readiness_leaves_orphans_out() {
        database.subscriptions(3, 0);

        assertThat(ready.call().getData().orElseThrow()).containsOnlyKeys("reader");
    }

    @Test
    void a_thousand_subscriptions_cost_as_many_statements_as_one() {
        int one = statementsOf(this::listAnew).size();
        database.subscriptions(1_000, EVENTS);

        assertThat(statementsOf(this::listAnew)).hasSizeLessThanOrEqualTo(one + 2);
        Duration fastest = fastest(this::listAnew);
        System.out.println("1,000 idle subscriptions listed in " + fastest);
        assertThat(fastest).as("100 ms, and some for a busy machine").isLessThan(Duration.ofMillis(400));
    }

    @Test
    void a_subscription_that_is_far_from_the_end_costs_no_more_than_one_that_is_near() {
        database.subscriptions(200, EVENTS - 5_000);
        Duration near = fastest(this::listAnew);
        database.move(0);
        Duration far = fastest(this::listAnew);

        System.out.println("200 subscriptions near the end listed in " + near + ", far from it in " + far);
        assertThat(far).isLessThan(near.multipliedBy(3).plusMillis(50));
        assertThat(subscriptions.status("other-1").lagEvents())
                .as("more than it counts")
                .isEqualTo(SubscriptionStatus.MAX_COUNTED);
    }

    @Test
    void events_that_a_subscription_requests_are_counted_near_the_end() {
        database.subscriptions(1, EVENTS - 10);
        subscriptions.pause("reader");
        subscriptions.reposition("reader", ReadFrom.after(EVENTS - 10));

        assertThat(subscriptions.status("other-1").lagEvents()).isZero();
        assertThat(subscriptions.status("reader").lagEvents()).isEqualTo(10);
    }

    @Test
    void parked_streams_are_counted_for_all_subscriptions_at_once() {
        database.subscriptions(2, EVENTS);
        database.park(30);

        assertThat(listAnew()).extracting(SubscriptionStatus::parkedStreams).containsExactly(30L, 0L, 0L);
    }

    @Test
    void a_list_is_shared_for_a_moment_and_read_anew_after_an_operation_of_this_node() {
        listAnew();

        assertThat(statementsOf(subscriptions::list)).isEmpty();
        subscriptions.resume("reader");
        assertThat(subscriptions.list()).extracting(SubscriptionStatus::state).containsExactly(State.RUNNING);
    }
}
