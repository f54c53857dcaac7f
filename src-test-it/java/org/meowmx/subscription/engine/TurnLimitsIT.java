package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionRepositioned;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.ClaimTransaction;

/** PostgreSQL ends every transaction that holds a claim or the row of a node and sends no statement for too long. */
@MeowmxTest(
        beans = {TurnLimitsIT.Handler.class, Sql.class},
        config = "meowmx.subscription.list.frozen-after=PT7S",
        database = PostgreSqlDatabase.class)
class TurnLimitsIT {

    private static final StreamId STREAM = StreamId.of("test", 1L);

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    ClaimTransaction claimTransaction;

    @Inject
    SubscriptionEngine engine;

    @Inject
    Handler handler;

    @Inject
    Sql sql;

    /** Records the limits of the transactions in which it is called. */
    @ApplicationScoped
    static class Handler {

        private final List<Object> limits = new CopyOnWriteArrayList<>();

        @Inject
        Sql sql;

        List<Object> limits() {
            return limits;
        }

        void recordLimits() {
            limits.add(sql.value("show idle_in_transaction_session_timeout"));
            limits.add(sql.value("show tcp_user_timeout"));
        }

        void on(@Observes @Subscribed("list") RecordedEvent event) {
            recordLimits();
        }

        void on(@Observes SubscriptionRepositioned moved) {
            recordLimits();
        }
    }

    @Test
    void a_turn_is_limited() {
        events.append(STREAM, any(), NewEvent.of("noted", "{}"));
        subscriptions.catchUp("list");

        assertThat(handler.limits()).hasSize(2).containsOnly("7s", "7000");
    }

    @Test
    void a_turn_is_limited_whatever_digits_the_locale_has() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            a_turn_is_limited();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void the_retry_of_a_parked_event_is_limited() {
        events.append(STREAM, any(), NewEvent.of("noted", "{}"));
        claimTransaction.run(() -> sql.run("""
                insert into meowmx_parked_events (subscription, position, category, stream_id, version, parked_at)
                    values ('list', 1, 'test', '1', 1, now())"""));
        assertThat(subscriptions.retryParked("list", STREAM)).isEqualTo(1);

        assertThat(handler.limits()).hasSize(2).contains("7s");
    }

    @Test
    void a_move_with_its_callback_and_its_observers_is_limited() {
        subscriptions.replay("list", handler::recordLimits);
        subscriptions.pause("list");
        subscriptions.reposition("list", org.meowmx.subscription.ReadFrom.now(), handler::recordLimits);

        assertThat(handler.limits()).hasSize(8).contains("7s");
        assertThat(handler.limits().stream().distinct()).hasSize(2);
    }

    /** Records the limit of each transaction that changes checkpoints. */
    private void watch(String operation) {
        watch(operation, "meowmx_checkpoints");
    }

    private void watch(String operation, String table) {
        sql.asOwner("create table seen (frozen text)");
        sql.asOwner("""
                create function see() returns trigger language plpgsql as $$
                begin
                    insert into seen values (current_setting('idle_in_transaction_session_timeout'));
                    return coalesce(new, old);
                end $$""");
        sql.asOwner(
                "create trigger see before %s on %s for each row execute function see()".formatted(operation, table));
    }

    private void assertLimited() {
        assertThat(claimTransaction.run(() -> sql.value("select string_agg(distinct frozen, ', ') from seen")))
                .isEqualTo("1min");
    }

    /** It holds the claims of all segments. */
    @Test
    void a_merge_is_limited() {
        watch("delete");
        claimTransaction.run(() -> sql.run("update meowmx_checkpoints set merge_at = position, wanted_segments = 2"));

        assertThat(engine.merge.tryMerge("list")).isTrue();
        assertThat(subscriptions.status("list").segments()).hasSize(2);
        assertLimited();
    }

    @Test
    void an_operation_is_limited() {
        watch("update or delete");
        subscriptions.pause("list");
        subscriptions.resume("list");
        subscriptions.changeSegments("list", 4);

        assertLimited();
    }

    @Test
    void the_reconciliation_of_filters_is_limited() {
        claimTransaction.run(() -> sql.run("update meowmx_checkpoints set types = chr(31) || 'noted' || chr(31)"));
        watch("update");
        engine.reconciliation.reconcileAll();

        assertLimited();
    }

    /** A transaction that holds the row of a node blocks the heartbeats of peers that would delete the row. */
    @Test
    void a_heartbeat_is_limited() {
        watch("insert or update", "meowmx_nodes");
        engine.nodes.sendHeartbeat();

        assertLimited();
    }

    @Test
    void an_operation_on_an_orphan_is_limited() {
        claimTransaction.run(() -> sql.run("update meowmx_checkpoints set subscription = 'old'"));
        watch("delete");
        subscriptions.rename("old", "older");
        subscriptions.delete("older");

        assertLimited();
    }
}
