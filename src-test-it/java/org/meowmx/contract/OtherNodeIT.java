package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.Engine;
import org.meowmx.server.ExistingDatabase;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.Sql;
import org.meowmx.subscription.OperationFailedException;
import org.meowmx.subscription.OperationPendingException;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.SubscriptionRepositioned;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.testkit.MeowmxTest;

/**
 * Two applications on one database, such as the server and a user's application. This node has no observer, and another node counts
 * visits in memory.
 */
@MeowmxTest(
        beans = Sql.class,
        config = {
            "meowmx.subscription.enabled=true",
            "meowmx.subscription.poll-interval=PT0.02S",
            "meowmx.subscription.heartbeat=PT0.5S",
            "meowmx.subscription.check-names=false",
            "meowmx.subscription.visits.on-failure=park",
            "meowmx.subscription.visits.max-attempts=1"
        },
        database = PostgreSqlDatabase.class)
class OtherNodeIT {

    private static final Logger LOG = Logger.getLogger("org.meowmx.subscription");

    private static final StreamId SHOP = StreamId.of("visit", "shop");
    private static final StreamId CAFE = StreamId.of("visit", "cafe");

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Sql sql;

    private @Nullable Engine other;
    private Visits visits;

    /** The read model of the other node, which counts every event. */
    @ApplicationScoped
    static class Visits {

        private final List<String> counted = new CopyOnWriteArrayList<>();
        private final Set<String> poison = new ConcurrentSkipListSet<>();
        private volatile boolean refusesMoves;

        List<String> counted() {
            return counted;
        }

        Set<String> poison() {
            return poison;
        }

        void refuseMoves() {
            refusesMoves = true;
        }

        void count(@Observes @Subscribed(value = "visits", category = "visit") RecordedEvent event) {
            String name = event.stream().id() + event.version();
            if (poison.contains(name)) {
                throw new IllegalStateException("poison " + name);
            }
            counted.add(name);
        }

        void clear(@Observes SubscriptionRepositioned moved) {
            if (refusesMoves) {
                throw new IllegalStateException("the read model is in use");
            }
            counted.clear();
        }
    }

    @BeforeEach
    void startOtherNode() {
        LOG.setLevel(Level.OFF);
        start();
    }

    private void start() {
        String schema = (String) Jta.committed(() -> sql.value("select current_schema()"));
        other = Engine.start(
                new ExistingDatabase(
                        PostgreSqlServer.shared().url(schema),
                        PostgreSqlDatabase.APPLICATION,
                        PostgreSqlDatabase.APPLICATION),
                Visits.class);
        visits = other.get(Visits.class);
    }

    @AfterEach
    void stopOtherNode() {
        stop();
        LOG.setLevel(null);
    }

    private void stop() {
        if (other != null) {
            other.close();
            other = null;
        }
    }

    private void visit(StreamId place, int times) {
        for (int i = 0; i < times; i++) {
            events.append(place, any(), NewEvent.of("visited", "{}"));
        }
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreException(UnknownSubscriptionException.class)
                .untilAsserted(assertion);
    }

    private void eventuallyCounted(String... names) {
        eventually(() -> assertThat(visits.counted()).containsExactlyInAnyOrder(names));
    }

    @Test
    void a_replay_is_carried_out_where_the_read_model_is_emptied() {
        visit(SHOP, 2);
        eventuallyCounted("shop1", "shop2");

        assertThat(subscriptions.replay("visits")).isZero();

        visit(SHOP, 1);
        eventuallyCounted("shop1", "shop2", "shop3");
        assertThat(subscriptions.status("visits").operation()).isNull();
    }

    @Test
    void an_operation_does_not_wait_for_the_retry_of_a_failed_event() {
        visit(SHOP, 1);
        eventuallyCounted("shop1");
        Jta.committed(() -> sql.run(
                "update meowmx_checkpoints set attempts = 1, retry_at = clock_timestamp() + interval '50 seconds'"));

        assertThat(subscriptions.replay("visits")).isZero();
        eventuallyCounted("shop1");
        assertThat(subscriptions.status("visits").state()).isEqualTo(State.RUNNING);
    }

    @Test
    void a_paused_subscription_is_repositioned_there_too() {
        visit(SHOP, 3);
        eventuallyCounted("shop1", "shop2", "shop3");
        assertThatThrownBy(() -> subscriptions.reposition("visits", ReadFrom.after(1)))
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("pause it");

        subscriptions.pause("visits");
        subscriptions.reposition("visits", ReadFrom.after(1));
        assertThat(subscriptions.status("visits").position()).isEqualTo(1);
        assertThat(visits.counted()).isEmpty();

        subscriptions.resume("visits");
        eventuallyCounted("shop2", "shop3");
    }

    @Test
    void a_callback_cannot_run_on_another_node() {
        visit(SHOP, 1);
        eventuallyCounted("shop1");

        assertThatThrownBy(() -> subscriptions.replay("visits", () -> {}))
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("other nodes");
        assertThat(visits.counted()).containsExactly("shop1");
    }

    @Test
    void the_failure_of_an_observer_there_is_reported_here_and_nothing_is_changed() {
        visit(SHOP, 2);
        eventuallyCounted("shop1", "shop2");
        visits.refuseMoves();

        assertThatThrownBy(() -> subscriptions.replay("visits"))
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining("the read model is in use");

        visit(SHOP, 1);
        eventuallyCounted("shop1", "shop2", "shop3");
    }

    @Test
    void parked_events_are_retried_there() {
        visits.poison().add("cafe1");
        visit(CAFE, 2);
        visit(SHOP, 1);
        eventuallyCounted("shop1");
        eventually(() -> assertThat(subscriptions.parked("visits")).hasSize(1));

        assertThatThrownBy(() -> subscriptions.retryParked("visits", CAFE))
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining("poison cafe1");
        assertThat(subscriptions.parked("visits")).hasSize(1);

        visits.poison().clear();
        assertThat(subscriptions.retryParked("visits", CAFE)).isEqualTo(2);
        assertThat(visits.counted()).containsExactly("shop1", "cafe1", "cafe2");
        assertThat(subscriptions.parked("visits")).isEmpty();
    }

    @Test
    void one_parked_event_is_skipped_there() {
        visits.poison().add("cafe1");
        visit(CAFE, 3);
        eventually(
                () -> assertThat(subscriptions.parked("visits")).first().satisfies(parked -> assertThat(parked.events())
                        .isEqualTo(3)));

        assertThat(subscriptions.skipParked("visits", CAFE)).isEqualTo(2);
        assertThat(visits.counted()).containsExactly("cafe2", "cafe3");
    }

    @Test
    void parked_events_are_discarded_here_because_no_observer_is_called() {
        visits.poison().add("cafe1");
        visit(CAFE, 1);
        eventually(() -> assertThat(subscriptions.parked("visits")).hasSize(1));

        long discarded = Awaitility.await("the end of the turn that parked it")
                .ignoreException(SubscriptionBusyException.class)
                .until(() -> subscriptions.discardParked("visits", CAFE), count -> true);
        assertThat(discarded).isEqualTo(1);
        assertThat(visits.counted()).isEmpty();
    }

    @Test
    void without_a_node_that_has_the_observers_nothing_is_requested() {
        visit(SHOP, 1);
        eventuallyCounted("shop1");
        stop();

        assertThatThrownBy(() -> subscriptions.replay("visits"))
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("no running node");
        assertThat(subscriptions.status("visits").operation()).isNull();
        assertThat(subscriptions.status("visits").position()).isEqualTo(1);
    }

    /** A node that is registered but never polls. */
    @Test
    void an_operation_that_nobody_carries_out_stays_requested_and_stops_every_turn() {
        visit(SHOP, 1);
        eventuallyCounted("shop1");
        Jta.committed(
                () -> sql.run("update meowmx_checkpoints set subscription = 'silent' where subscription = 'visits'"));
        Jta.committed(() -> sql.run("""
                insert into meowmx_nodes (instance, name, release, filters, started_at, seen_at, beat)
                select gen_random_uuid(), 'silent', '1', jsonb_build_object('silent', filters -> 'visits'), now(), now(), 0
                from meowmx_nodes"""));

        assertThatThrownBy(() -> subscriptions.replay("silent")).isInstanceOf(OperationPendingException.class);
        assertThat(subscriptions.status("silent").operation()).isEqualTo("replay");
    }

    @Test
    void a_checkpoint_that_disappears_is_created_again_but_handles_nothing_until_it_is_resumed() {
        visit(SHOP, 2);
        eventuallyCounted("shop1", "shop2");

        Jta.committed(() -> sql.run("delete from meowmx_checkpoints"));
        eventually(() -> assertThat(subscriptions.status("visits").state()).isEqualTo(State.PAUSED));
        assertThat(subscriptions.status("visits").segments().get(0).lastFailure())
                .contains("disappeared");
        visit(SHOP, 1);
        assertThat(subscriptions.await("visits", 3, Duration.ofSeconds(1))).isFalse();
        assertThat(visits.counted()).hasSize(2);

        subscriptions.resume("visits");
        eventually(() -> assertThat(visits.counted()).hasSize(5));
        assertThat(subscriptions.status("visits").segments().get(0).lastFailure())
                .isNull();
    }

    @Test
    void an_older_release_does_not_create_a_subscription_again_that_was_renamed() {
        visit(SHOP, 2);
        eventuallyCounted("shop1", "shop2");
        stop();
        subscriptions.rename("visits", "visitors");

        start();
        visit(SHOP, 1);
        eventually(() -> assertThat(subscriptions.status("visits").state()).isEqualTo(State.REMOVED));
        assertThat(subscriptions.list())
                .filteredOn(status -> status.name().equals("visits"))
                .hasSize(1);
        assertThat(subscriptions.status("visitors").position()).isEqualTo(2);
        assertThat(visits.counted()).isEmpty();

        subscriptions.resume("visits");
        eventuallyCounted("shop1", "shop2", "shop3");
        assertThat(subscriptions.status("visits").state()).isEqualTo(State.RUNNING);

        Jta.committed(() -> sql.run("delete from meowmx_checkpoints where subscription = 'visits'"));
        eventually(() -> assertThat(subscriptions.status("visits").state())
                .as("lost after it was resumed, it is like any other lost one")
                .isEqualTo(State.PAUSED));
    }

    @Test
    void an_older_release_does_not_create_a_subscription_again_that_was_deleted() {
        visit(SHOP, 1);
        eventuallyCounted("shop1");
        stop();
        subscriptions.delete("visits");
        assertThatThrownBy(() -> subscriptions.status("visits")).isInstanceOf(UnknownSubscriptionException.class);

        start();
        eventually(() -> assertThat(subscriptions.status("visits").state()).isEqualTo(State.REMOVED));
        assertThat(visits.counted()).isEmpty();
    }

    @Test
    void renaming_back_takes_the_name_from_the_list_of_removed_ones() {
        visit(SHOP, 1);
        eventuallyCounted("shop1");
        stop();
        subscriptions.rename("visits", "visitors");
        subscriptions.rename("visitors", "visits");

        start();
        visit(SHOP, 1);
        eventuallyCounted("shop2");
    }
}
