package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.NodeStatus;
import org.meowmx.subscription.OperationPendingException;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.testkit.MeowmxTest;

/** Checkpoints of other releases: a filter that requests more types, and orphans. */
@MeowmxTest(
        beans = {ReleasesIT.Shipments.class, Sql.class},
        database = PostgreSqlDatabase.class)
class ReleasesIT {

    private static final StreamId ORDER = StreamId.of("order", 1L);

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Shipments shipments;

    @Inject
    Sql sql;

    /** The observers of this release. */
    @ApplicationScoped
    static class Shipments {

        private final List<OrderEvent> seen = new CopyOnWriteArrayList<>();

        List<OrderEvent> seen() {
            return seen;
        }

        void on(@Observes @Subscribed("shipments") OrderEvent.Shipped shipped) {
            seen.add(shipped);
        }
    }

    private void ship() {
        events.append(ORDER, any(), NewEvent.of(new OrderEvent.Shipped(Instant.EPOCH)));
    }

    /** Registers another node that never sends a heartbeat. */
    private void anotherNodeAsks(String filter) {
        Jta.committed(() -> sql.run("""
                insert into meowmx_nodes (instance, name, release, filters, started_at, seen_at, beat)
                    values (gen_random_uuid(), 'other', '2.0', '{"shipments": %s}', now(), now(), 0)""".formatted(filter)));
    }

    private void otherNodesLeave() {
        Jta.committed(() -> sql.run("delete from meowmx_nodes where name = 'other'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"types\": \"\\u001forder-placed\\u001forder-shipped\\u001f\"}",
                "{\"types\": \"\\u001forder-placed\\u001f\"}",
                "{}"
            })
    void a_node_stays_away_while_a_living_one_of_another_release_asks_for_more(String filter) {
        ship();
        anotherNodeAsks(filter);
        assertThatThrownBy(() -> subscriptions.catchUp("shipments")).isInstanceOf(SubscriptionBusyException.class);
        assertThat(subscriptions.status("shipments").position())
                .as("it moved nothing")
                .isZero();

        otherNodesLeave();
        assertThat(subscriptions.catchUp("shipments"))
                .as("it takes over when it is alone")
                .isEqualTo(1);
    }

    @Test
    void parked_events_are_not_handled_while_a_living_node_of_another_release_asks_for_more() {
        ship();
        subscriptions.catchUp("shipments");
        anotherNodeAsks("{}");
        Jta.committed(() -> sql.run("""
                insert into meowmx_parked_events
                    (subscription, position, category, stream_id, version, failure, parked_at)
                    values ('shipments', 1, 'order', '1', 1, 'why', now())"""));

        assertThatThrownBy(() -> subscriptions.retryParked("shipments", ORDER))
                .as("only the other node can do it")
                .isInstanceOf(OperationPendingException.class);
        assertThat(subscriptions.parked("shipments")).as("none was dropped").hasSize(1);

        otherNodesLeave();
        subscriptions.catchUp("shipments");
        assertThat(subscriptions.parked("shipments"))
                .as("the request is carried out by the node that is left")
                .isEmpty();
    }

    @Test
    void a_node_works_on_while_a_living_one_asks_for_less() {
        ship();
        anotherNodeAsks("{\"category\": \"order\", \"types\": \"\\u001forder-shipped\\u001f\"}");
        assertThat(subscriptions.catchUp("shipments")).isEqualTo(1);
    }

    @Test
    void nodes_are_listed() {
        anotherNodeAsks("{}");
        assertThat(subscriptions.nodes())
                .extracting(NodeStatus::name, NodeStatus::release, NodeStatus::alive)
                .containsExactly(tuple("other", "2.0", true));
    }

    @Test
    void what_another_living_node_declares_is_no_orphan() {
        Jta.committed(() -> sql.run("update meowmx_checkpoints set subscription = 'elsewhere'"));
        Jta.committed(() -> sql.run("""
                insert into meowmx_nodes (instance, name, release, filters, started_at, seen_at, beat)
                    values (gen_random_uuid(), 'other', '2.0', '{"elsewhere": {}}', now(), now(), 0)"""));

        assertThat(subscriptions.status("elsewhere").declared()).isTrue();
        assertThatThrownBy(() -> subscriptions.delete("elsewhere")).isInstanceOf(SubscriptionConflictException.class);
        assertThatThrownBy(() -> subscriptions.rename("elsewhere", "shipments"))
                .isInstanceOf(SubscriptionConflictException.class);

        otherNodesLeave();
        assertThat(subscriptions.status("elsewhere").declared()).isFalse();
        subscriptions.delete("elsewhere");
    }

    @Test
    void what_another_node_declares_can_be_waited_for() {
        ship();
        subscriptions.catchUp("shipments");
        Jta.committed(() -> sql.run("update meowmx_checkpoints set subscription = 'elsewhere'"));

        assertThat(subscriptions.await("elsewhere", 1, Duration.ofSeconds(20))).isTrue();
        assertThatThrownBy(() -> subscriptions.await("nowhere", 1, Duration.ofSeconds(20)))
                .isInstanceOf(UnknownSubscriptionException.class);
    }

    @Test
    void a_subscription_without_checkpoint_has_read_nothing() {
        Jta.committed(() -> sql.run("delete from meowmx_checkpoints"));
        assertThat(subscriptions.await("shipments", 0, Duration.ofMillis(20))).isFalse();
    }

    @Test
    void a_paused_subscription_gives_way_to_the_orphan_that_takes_its_name() {
        ship();
        Jta.committed(() -> sql.run("""
                insert into meowmx_checkpoints
                        (subscription, first_slice, last_slice, position, live_after, origin, types, lock_version)
                    values ('old-name', 0, 511, 1, 1, gen_random_uuid(), chr(31) || 'order-placed' || chr(31), 0),
                           ('old-name', 512, 1023, 1, 1, gen_random_uuid(), chr(31) || 'order-placed' || chr(31), 0)"""));
        assertThatThrownBy(() -> subscriptions.rename("old-name", "shipments")).hasMessageContaining("pause it");

        subscriptions.pause("shipments");
        subscriptions.rename("old-name", "shipments");

        assertThat(subscriptions.status("shipments").state()).isEqualTo(SubscriptionStatus.State.PAUSED);
        assertThat(subscriptions.status("shipments").segments()).hasSize(2);
        assertThat(subscriptions.status("shipments").position())
                .as("its position is the orphan's")
                .isEqualTo(1);
        ship();
        assertThat(subscriptions.status("shipments").lagEvents())
                .as("its filter is its own at once")
                .isEqualTo(1);
        assertThat(subscriptions.catchUp("shipments")).isEqualTo(1);
    }

    @Test
    void an_orphan_is_listed_and_can_be_renamed_or_deleted() {
        ship();
        subscriptions.catchUp("shipments");
        Jta.committed(() -> sql.run("update meowmx_checkpoints set subscription = 'old-name'"));
        assertThat(subscriptions.list())
                .filteredOn(status -> !status.declared())
                .extracting(SubscriptionStatus::name)
                .containsExactly("old-name");
        assertThatThrownBy(() -> subscriptions.catchUp("shipments"))
                .as("what another release has renamed is not begun anew by itself")
                .isInstanceOf(UnknownSubscriptionException.class);
        Jta.committed(() -> sql.run("""
                insert into meowmx_checkpoints
                        (subscription, first_slice, last_slice, position, live_after, origin, lock_version)
                    values ('shipments', 0, 1023, 0, 0, gen_random_uuid(), 0)"""));
        assertThatThrownBy(() -> subscriptions.rename("old-name", "shipments"))
                .isInstanceOf(SubscriptionConflictException.class);
        assertThatThrownBy(() -> subscriptions.delete("shipments")).isInstanceOf(SubscriptionConflictException.class);

        Jta.committed(() -> sql.run("delete from meowmx_checkpoints where subscription = 'shipments'"));
        Jta.committed(() -> sql.run("""
                insert into meowmx_parked_events
                    (subscription, position, category, stream_id, version, failure, parked_at)
                    values ('old-name', 1, 'order', '1', 1, 'why', now())"""));
        subscriptions.rename("old-name", "shipments");
        assertThat(subscriptions.catchUp("shipments"))
                .as("the position came along")
                .isZero();
        assertThat(subscriptions.retryParked("shipments", ORDER))
                .as("and so did what was parked")
                .isEqualTo(1);

        Jta.committed(() -> sql.run("update meowmx_checkpoints set subscription = 'old-name'"));
        subscriptions.delete("old-name");
        assertThatThrownBy(() -> subscriptions.status("old-name")).isInstanceOf(UnknownSubscriptionException.class);
    }
}
