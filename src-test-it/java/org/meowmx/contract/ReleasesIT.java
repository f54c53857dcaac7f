package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.Subscribed;
import org.meowmx.SubscriptionBusyException;
import org.meowmx.SubscriptionConflictException;
import org.meowmx.SubscriptionStatus;
import org.meowmx.Subscriptions;
import org.meowmx.UnknownSubscriptionException;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

/** What checkpoints of other releases mean to this one: a filter that asks for more, and orphans. */
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

    /** What this release asks for. */
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

    private void checkpointAsks(String types) {
        Jta.committed(() -> sql.run("update meowmx_checkpoints set types = " + types));
    }

    @Test
    void a_node_stays_away_from_a_checkpoint_whose_release_asks_for_more() {
        ship();
        checkpointAsks("chr(31) || 'order-placed' || chr(31) || 'order-shipped' || chr(31)");
        assertThatThrownBy(() -> subscriptions.catchUp("shipments")).isInstanceOf(SubscriptionBusyException.class);
        checkpointAsks("null");
        assertThatThrownBy(() -> subscriptions.catchUp("shipments")).isInstanceOf(SubscriptionBusyException.class);
        assertThat(subscriptions.status("shipments").position())
                .as("it moved nothing")
                .isZero();

        checkpointAsks("chr(31) || 'order-shipped' || chr(31)");
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
        assertThatThrownBy(() -> subscriptions.rename("old-name", "shipments"))
                .as("the list has just created it")
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
