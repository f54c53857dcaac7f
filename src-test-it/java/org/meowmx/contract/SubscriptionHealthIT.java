package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.monitoring.LoopAlive;
import org.meowmx.monitoring.StoreStarted;
import org.meowmx.monitoring.SubscriptionsReady;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.SqlState;

/** Promise honest-health: health names the cause that holds a subscription back. */
@MeowmxTest(
        beans = {SubscriptionHealthIT.Handler.class, Sql.class},
        config = {
            "meowmx.subscription.enabled=true",
            "meowmx.subscription.poll-interval=PT0.05S",
            "meowmx.subscription.transaction-timeout=PT1S"
        },
        database = PostgreSqlDatabase.class)
class SubscriptionHealthIT {

    private static final Logger LOG = Logger.getLogger("org.meowmx.subscription");

    @Inject
    EventStore events;

    @Inject
    Sql sql;

    @Inject
    Handler handler;

    @Inject
    @Readiness
    SubscriptionsReady ready;

    @Inject
    Subscriptions subscriptions;

    @Inject
    @Startup
    StoreStarted started;

    @Inject
    @Liveness
    LoopAlive alive;

    /** A handler whose behaviour the test sets. */
    @ApplicationScoped
    static class Handler {

        private volatile Runnable work = () -> {};

        void does(Runnable work) {
            this.work = work;
        }

        void on(@Observes @Subscribed("list") RecordedEvent event) {
            work.run();
        }
    }

    private Map<String, Object> health() {
        HealthCheckResponse response = ready.call();
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        return response.getData().orElseThrow();
    }

    private void append() {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of("noted", "{}"));
    }

    @Test
    void a_node_that_runs_has_started_and_is_alive() {
        assertThat(started.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(alive.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(health().get("list").toString()).startsWith("running at position 0; everything is read");
    }

    /** For example, an operator rewrites the table. Probes and consoles do not wait for the end. */
    @Test
    void a_locked_table_is_reported_within_seconds() {
        Session operator = Session.begin();
        try {
            operator.does(() -> sql.run("lock table meowmx_checkpoints in access exclusive mode"));

            HealthCheckResponse response = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> ready.call());
            assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
            assertThat(response.getData().orElseThrow().get("problem").toString())
                    .contains("The database cannot be read", "SQLSTATE 57014");
            assertThatThrownBy(() -> assertTimeoutPreemptively(Duration.ofSeconds(30), subscriptions::list))
                    .matches(SqlState::isUnavailable, "answered with 503");
        } finally {
            operator.rollback();
        }
        assertThat(health().get("list").toString()).startsWith("running");
    }

    @Test
    void a_failing_subscription_says_its_root_cause() {
        LOG.setLevel(Level.OFF);
        handler.does(() -> {
            throw new IllegalArgumentException(new IllegalStateException("no stock"));
        });
        append();

        Awaitility.await().untilAsserted(() -> assertThat(health().get("list").toString())
                .startsWith("failing at position 0: java.lang.IllegalStateException: no stock (wrapped in ")
                .contains("failed attempts: ", "events to read: at most 1"));
        LOG.setLevel(null);
    }

    @Test
    void a_failing_statement_is_named_by_its_sqlstate_and_not_by_its_values() {
        LOG.setLevel(Level.OFF);
        handler.does(() -> sql.value("select cast('card 4711' as integer)"));
        append();

        Awaitility.await().untilAsserted(() -> assertThat(health().get("list").toString())
                .startsWith("failing at position 0: the database refused a statement (SQLSTATE 22P02, ")
                .doesNotContain("4711"));
        LOG.setLevel(null);
    }

    @Test
    void a_turn_that_outlives_its_limit_is_named() {
        AtomicBoolean seen = new AtomicBoolean();
        handler.does(() -> Awaitility.await().atMost(Duration.ofSeconds(30)).untilTrue(seen));
        append();

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        health().getOrDefault("overdue", "").toString())
                .startsWith("a turn of 'list' has lasted "));
        seen.set(true);
    }

    @Test
    void whoever_holds_a_claim_for_long_is_named_by_process_and_application() {
        Session tool = Session.begin();
        long pid = tool.does(() -> {
            sql.run("select from meowmx_checkpoints for update");
            return sql.number("select pg_backend_pid()");
        });

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        health().getOrDefault("list.heldBy", "").toString())
                .startsWith("process " + pid + " of 's"));
        tool.rollback();
        assertThat(health()).doesNotContainKey("list.heldBy");
    }

    @Test
    void a_tool_that_another_role_runs_is_named_too() throws SQLException {
        String schema = (String) sql.value("select current_schema()");
        try (Connection tool = PostgreSqlServer.shared().connect(schema)) {
            tool.setAutoCommit(false);
            tool.createStatement().execute("select from meowmx_checkpoints for update");

            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            health().getOrDefault("list.heldBy", "").toString())
                    .matches("process \\d+ of '" + schema + "'.*"));
        }
    }

    @Test
    void a_subscription_that_waits_for_the_mark_says_so_and_counts_what_waits() {
        Session open = Session.begin();
        open.does(() -> events.append(StreamId.of("other", 1L), any(), NewEvent.of("noted", "{}")));
        append();

        Awaitility.await().untilAsserted(() -> {
            SubscriptionStatus status = subscriptions.status("list");
            assertThat(status.state()).isEqualTo(SubscriptionStatus.State.HELD_BACK);
            assertThat(status.lagEvents()).isEqualTo(1);
        });
        assertThat(health().get("list").toString()).contains("events to read: at most ");

        open.rollback();
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(subscriptions.status("list").state()).isEqualTo(SubscriptionStatus.State.RUNNING));
    }

    @Test
    void a_prepared_transaction_that_holds_a_claim_is_named_by_its_global_id() {
        Session session = Session.begin();
        session.does(() -> sql.run("select from meowmx_checkpoints for update"));
        session.does(() -> sql.run("prepare transaction 'a claim'"));
        session.rollback();

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        health().getOrDefault("list.heldBy", "").toString())
                .startsWith("prepared transaction a claim for "));
    }
}
