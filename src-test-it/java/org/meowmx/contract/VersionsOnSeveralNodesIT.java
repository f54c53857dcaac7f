package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.projection.ProjectionSwitched;
import org.meowmx.projection.Projections;
import org.meowmx.server.Engine;
import org.meowmx.server.ExistingDatabase;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.Sql;
import org.meowmx.subscription.LiveOnly;
import org.meowmx.subscription.OperationFailedException;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.testkit.MeowmxTest;

/**
 * Rolling deployments: nodes that declare version 1, both versions, or version 2, in any order. This node declares none, like the
 * server of an operator.
 */
@MeowmxTest(
        beans = Sql.class,
        config = {
            "meowmx.subscription.enabled=true",
            "meowmx.subscription.poll-interval=PT0.02S",
            "meowmx.subscription.heartbeat=PT0.5S",
            "meowmx.subscription.check-names=false"
        },
        database = PostgreSqlDatabase.class)
class VersionsOnSeveralNodesIT {

    private static final Logger LOG = Logger.getLogger("org.meowmx.subscription");
    private static final StreamId ORDER = StreamId.of("order", "1");

    /** Sessions that wait for the row of a projection. */
    private static final String WAITING = """
            select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query like '%meowmx_projections%'""";

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Projections projections;

    @Inject
    Sql sql;

    private final List<Engine> nodes = new CopyOnWriteArrayList<>();

    /** The handling of an event that both releases share. */
    abstract static class Release {

        @Inject
        Sql sql;

        void handle(int version, RecordedEvent event) {
            sql.update("insert into list (version, position) values (?, ?)", version, event.position());
        }

        void effect(RecordedEvent event) {
            sql.update("insert into effects (position) values (?)", event.position());
        }
    }

    /** The observers of version 1. */
    @ApplicationScoped
    static class First extends Release {

        void list(@Observes @Subscribed(value = "list", category = "order") RecordedEvent event) {
            handle(1, event);
        }

        void mail(@Observes @Subscribed(value = "list", category = "order") @LiveOnly RecordedEvent event) {
            effect(event);
        }
    }

    /** The observers of version 2. */
    @ApplicationScoped
    static class Second extends Release {

        void list(@Observes @Subscribed(value = "list", version = 2, category = "order") RecordedEvent event) {
            handle(2, event);
        }

        void mail(
                @Observes @Subscribed(value = "list", version = 2, category = "order") @LiveOnly RecordedEvent event) {
            effect(event);
        }
    }

    /** Refuses every switch. */
    @ApplicationScoped
    static class Refusing {

        void refuse(@Observes ProjectionSwitched notification) {
            throw new IllegalStateException("the view is in use");
        }
    }

    @BeforeEach
    void tables() {
        LOG.setLevel(Level.OFF);
        Jta.committed(() -> sql.asOwner("""
                create table if not exists list (version integer, position bigint, primary key (version, position));
                create table if not exists effects (position bigint primary key)"""));
        Jta.committed(() -> sql.run("delete from list; delete from effects"));
    }

    @AfterEach
    void stopAll() {
        nodes.forEach(Engine::close);
        LOG.setLevel(null);
    }

    private Engine start(Class<?>... releases) {
        String schema = (String) Jta.committed(() -> sql.value("select current_schema()"));
        List<Class<?>> beans = new ArrayList<>(List.of(releases));
        beans.add(Sql.class);
        Engine node = Engine.start(
                new ExistingDatabase(
                        PostgreSqlServer.shared().url(schema),
                        PostgreSqlDatabase.APPLICATION,
                        PostgreSqlDatabase.APPLICATION),
                beans.toArray(Class<?>[]::new));
        nodes.add(node);
        return node;
    }

    private void stop(Engine node) {
        nodes.remove(node);
        node.close();
    }

    private void order(int times) {
        for (int i = 0; i < times; i++) {
            events.append(ORDER, any(), NewEvent.of("ordered", "{}"));
        }
    }

    private long listed(int version) {
        return Jta.committed(() -> sql.number("select count(*) from list where version = " + version));
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreException(UnknownSubscriptionException.class)
                .untilAsserted(assertion);
    }

    private void eventuallyListed(int version, int times) {
        eventually(() -> assertThat(listed(version)).isEqualTo(times));
    }

    private void assertEffects(int times) {
        assertThat(Jta.<Long>committed(() -> sql.number("select count(*) from effects")))
                .isEqualTo(times);
    }

    @Test
    void a_release_with_both_versions_follows_one_with_version_1_and_is_followed_by_one_with_version_2() {
        Engine old = start(First.class);
        order(2);
        eventuallyListed(1, 2);

        Engine both = start(First.class, Second.class);
        order(1);
        eventuallyListed(1, 3);
        eventuallyListed(2, 3);
        projections.switchTo("list", 2);
        order(2);
        eventuallyListed(2, 5);
        eventuallyListed(1, 5);

        stop(old);
        Engine latest = start(Second.class);
        stop(both);
        order(1);
        eventuallyListed(2, 6);
        assertThat(projections.retire("list", 1)).contains("Version 2 serves");
        assertEffects(6);

        Engine again = start(First.class);
        eventually(() ->
                assertThat(subscriptions.status("list").state()).as("retired").isEqualTo(State.REMOVED));
        order(1);
        eventuallyListed(2, 7);
        assertThat(listed(1)).isEqualTo(5);
        assertEffects(7);
        assertThat(again.get(Projections.class).serving("list")).isEqualTo(2);
        assertThat(latest.get(Subscriptions.class).names()).containsExactly("list@2");
    }

    @Test
    void after_a_roll_back_of_the_release_version_1_waits_until_an_operator_switches_back() {
        Engine both = start(First.class, Second.class);
        order(2);
        eventuallyListed(2, 2);
        projections.switchTo("list", 2);
        order(1);
        eventuallyListed(2, 3);
        eventuallyListed(1, 3);

        stop(both);
        start(First.class);
        order(2);
        assertThat(subscriptions.await("list", 5, Duration.ofSeconds(1))).isFalse();
        assertThat(listed(1)).as("version 2 serves, and no node runs it").isEqualTo(3);

        projections.switchTo("list", 1);
        eventuallyListed(1, 5);
        assertEffects(5);
    }

    @Test
    void a_release_with_version_2_alone_may_follow_one_with_version_1_alone() {
        Engine old = start(First.class);
        order(3);
        eventuallyListed(1, 3);
        stop(old);

        start(Second.class);
        eventuallyListed(2, 3);
        assertThat(projections.serving("list")).isEqualTo(1);
        order(1);
        projections.switchTo("list", 2);
        eventuallyListed(2, 4);
        assertEffects(4);
        projections.retire("list", 1);
    }

    @Test
    void a_version_without_a_former_one_serves_at_once() {
        start(Second.class);
        order(1);
        eventuallyListed(2, 1);
        assertThat(projections.serving("list")).isEqualTo(2);
        assertEffects(1);
    }

    /** What the transaction of a node has done that is about to create a version on an empty database. */
    private Session creating(int version) {
        String subscription = version == 1 ? "list" : "list@" + version;
        Session creation = Session.begin();
        creation.does(() -> sql.run(
                "insert into meowmx_projections (projection, serving, switched_at) values ('list', %d, current_timestamp)"
                        .formatted(version)));
        creation.does(() -> sql.run("""
                insert into meowmx_checkpoints (subscription, first_slice, last_slice, position, live_after, origin, category, lock_version)
                values ('%s', 0, 1023, 0, 0, gen_random_uuid(), 'order', 0)""".formatted(subscription)));
        if (version == 1) {
            // version 1 alone needs no row
            creation.does(() -> sql.run("delete from meowmx_projections"));
        }
        return creation;
    }

    private CompletableFuture<Engine> startWaiting(Class<?> release) {
        CompletableFuture<Engine> starting = CompletableFuture.supplyAsync(() -> start(release));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Jta.<Long>committed(() -> sql.number(WAITING)) > 0);
        assertThat(starting).isNotDone();
        return starting;
    }

    @Test
    void the_node_that_creates_the_first_version_waits_for_one_that_creates_the_second() {
        Session second = creating(2);
        CompletableFuture<Engine> first = startWaiting(First.class);
        second.commit();
        first.join();

        assertThat(projections.serving("list")).isEqualTo(2);
        order(1);
        assertThat(subscriptions.await("list", 1, Duration.ofMillis(200))).isFalse();
        assertThat(listed(1)).as("version 2 serves, and no node runs it").isZero();
        start(Second.class);
        eventuallyListed(2, 1);
        eventuallyListed(1, 1);
        assertEffects(1);
    }

    @Test
    void the_node_that_creates_the_second_version_waits_for_one_that_creates_the_first() {
        Session first = creating(1);
        CompletableFuture<Engine> second = startWaiting(Second.class);
        first.commit();
        second.join();

        assertThat(projections.serving("list")).isEqualTo(1);
        order(1);
        start(First.class);
        eventuallyListed(1, 1);
        eventuallyListed(2, 1);
        assertEffects(1);
    }

    @Test
    void two_nodes_that_create_a_version_each_at_the_same_moment_agree_which_one_serves() {
        CompletableFuture<Engine> first = CompletableFuture.supplyAsync(() -> start(First.class));
        start(Second.class);
        first.join();

        int serving = projections.serving("list");
        order(2);
        eventuallyListed(1, 2);
        eventuallyListed(2, 2);
        assertThat(projections.serving("list")).isEqualTo(serving);
        assertEffects(2);
    }

    @Test
    void two_nodes_with_both_versions_handle_each_event_once() {
        start(First.class, Second.class);
        start(First.class, Second.class);
        order(20);
        eventuallyListed(1, 20);
        eventuallyListed(2, 20);
        projections.switchTo("list", 2);
        order(20);
        eventuallyListed(1, 40);
        assertEffects(40);
    }

    @Test
    void what_forbids_the_switch_on_the_other_node_is_reported_here() {
        start(First.class, Second.class);
        order(1);
        eventuallyListed(2, 1);
        subscriptions.pause("list");

        assertThatThrownBy(() -> projections.switchTo("list", 2))
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining("'list' is paused");

        projections.switchEvenIfFailing("list", 2);
        assertThat(projections.serving("list")).isEqualTo(2);
    }

    @Test
    void the_failure_of_an_observer_of_the_switch_on_the_other_node_is_reported_here() {
        start(First.class, Second.class, Refusing.class);
        order(1);
        eventuallyListed(2, 1);

        assertThatThrownBy(() -> projections.switchTo("list", 2))
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining("the view is in use");
        assertThat(projections.serving("list")).isEqualTo(1);
        assertThat(subscriptions.status("list@2").operation()).isNull();
        order(1);
        eventuallyListed(2, 2);
    }

    @Test
    void without_a_node_that_declares_the_version_it_cannot_take_over() {
        Engine both = start(First.class, Second.class);
        order(1);
        eventuallyListed(2, 1);
        stop(both);

        assertThatThrownBy(() -> projections.switchTo("list", 2))
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("no running node");
    }

    @Test
    void a_renamed_projection_keeps_its_versions_and_the_one_that_serves() {
        Engine both = start(First.class, Second.class);
        order(1);
        eventuallyListed(2, 1);
        projections.switchTo("list", 2);
        stop(both);

        assertThatThrownBy(() -> subscriptions.delete("list@2"))
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("serves readers");
        assertThatThrownBy(() -> subscriptions.rename("list@2", "parcels")).hasMessageContaining("followed by '@2'");
        assertThatThrownBy(() -> subscriptions.rename("list", "parcels@2")).hasMessageContaining("without '@'");

        subscriptions.rename("list@2", "parcels@2");
        assertThat(projections.serving("parcels")).isEqualTo(2);
        assertThat(subscriptions.status("parcels@2").version().isServing()).isTrue();
        assertThat(subscriptions.status("parcels").version().serving()).isEqualTo(2);
    }
}
