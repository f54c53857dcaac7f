package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.projection.ProjectionSwitched;
import org.meowmx.projection.Projections;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** The steps of a switch, from its locks to its commit. */
@MeowmxTest(
        beans = {SwitchScheduleIT.Versions.class, Sql.class},
        database = PostgreSqlDatabase.class)
class SwitchScheduleIT {

    private static final StreamId ORDER = StreamId.of("order", "1");

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Projections projections;

    @Inject
    Versions versions;

    @Inject
    Sql sql;

    /** Two versions that write one table. */
    @ApplicationScoped
    static class Versions {

        private volatile Runnable duringTurn = () -> {};
        private volatile Runnable duringSwitch = () -> {};

        @Inject
        Sql sql;

        void doDuringTurn(Runnable work) {
            duringTurn = work;
        }

        void doDuringSwitch(Runnable work) {
            duringSwitch = work;
        }

        void first(@Observes @Subscribed(value = "list", category = "order") RecordedEvent event) {
            duringTurn.run();
            sql.update("insert into list (version, position) values (1, ?)", event.position());
        }

        void second(@Observes @Subscribed(value = "list", version = 2, category = "order") RecordedEvent event) {
            sql.update("insert into list (version, position) values (2, ?)", event.position());
        }

        void switched(@Observes ProjectionSwitched notification) {
            duringSwitch.run();
        }
    }

    @BeforeEach
    void table() {
        Jta.committed(() -> sql.asOwner(
                "create table if not exists list (version integer, position bigint, primary key (version, position))"));
        Jta.committed(() -> sql.run("delete from list"));
    }

    private void handled(int times) {
        for (int i = 0; i < times; i++) {
            order();
        }
        subscriptions.catchUp("list");
    }

    private void order() {
        events.append(ORDER, any(), NewEvent.of("ordered", "{}"));
    }

    private long listed(int version) {
        return Jta.committed(() -> sql.number("select count(*) from list where version = " + version));
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void of_two_operators_at_once_the_second_is_told_that_it_is_done() {
        handled(2);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        versions.doDuringSwitch(() -> {
            begun.countDown();
            awaitOpen(end);
        });
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> projections.switchTo("list", 2));
        awaitOpen(begun);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> projections.switchTo("list", 2));
        assertThat(projections.serving("list")).as("a reader does not wait").isEqualTo(1);
        end.countDown();

        first.join();
        assertThatThrownBy(second::join)
                .hasCauseInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("serves already");
        assertThat(projections.serving("list")).isEqualTo(2);
        assertThat(listed(2)).isEqualTo(2);
    }

    @Test
    void after_a_crash_between_the_locks_and_the_commit_nothing_has_changed() {
        handled(2);
        versions.doDuringSwitch(() -> {
            long process = sql.number("select pg_backend_pid()");
            sql.asOwner("select pg_terminate_backend(%d)".formatted(process));
            sql.number("select count(*) from list");
        });
        assertThatThrownBy(() -> projections.switchTo("list", 2)).isInstanceOf(RuntimeException.class);

        assertThat(projections.serving("list")).isEqualTo(1);
        assertThat(listed(2)).isZero();
        assertThat(subscriptions.status("list@2").position()).isZero();

        versions.doDuringSwitch(() -> {});
        projections.switchTo("list", 2);
        assertThat(listed(2)).isEqualTo(2);
    }

    @Test
    void a_writer_does_not_wait_for_a_switch() {
        handled(1);
        versions.doDuringSwitch(() -> CompletableFuture.runAsync(this::order)
                .orTimeout(5, TimeUnit.SECONDS)
                .join());
        projections.switchTo("list", 2);
        assertThat(subscriptions.catchUp("list@2")).isEqualTo(1);
    }

    @Test
    void a_switch_waits_for_the_turn_of_the_serving_version() {
        handled(1);
        order();
        CountDownLatch begun = new CountDownLatch(1);
        versions.doDuringTurn(() -> {
            begun.countDown();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_300));
        });
        CompletableFuture<Long> turn = CompletableFuture.supplyAsync(() -> subscriptions.catchUp("list"));
        awaitOpen(begun);

        projections.switchTo("list", 2);

        assertThat(turn.join()).isEqualTo(1);
        assertThat(listed(1)).isEqualTo(2);
        assertThat(listed(2)).isEqualTo(2);
    }

    @Test
    void a_switch_whose_observer_waits_for_readers_gives_way_to_them_and_is_repeated() {
        handled(1);
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch reading = new CountDownLatch(1);
        versions.doDuringSwitch(() -> {
            attempts.incrementAndGet();
            sql.run("lock table list in access exclusive mode");
        });
        CompletableFuture<Long> reader = CompletableFuture.supplyAsync(() -> Jta.committed(() -> {
            long seen = sql.number("select count(*) from list");
            reading.countDown();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(600));
            return seen;
        }));
        awaitOpen(reading);

        projections.switchTo("list", 2);

        assertThat(attempts.get()).isGreaterThan(1);
        assertThat(reader.join()).isEqualTo(1);
        assertThat(projections.serving("list")).isEqualTo(2);
        assertThat(listed(2)).as("rolled back attempts leave nothing").isEqualTo(1);
    }
}
