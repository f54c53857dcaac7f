package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionWidened;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.ClaimTransaction;

/** A new release makes its filter the one that counts, while a turn of an older one is still running. */
@MeowmxTest(
        beans = {FilterReconciliationIT.Handler.class, Sql.class},
        config = "meowmx.subscription.list.renamed-from=names",
        database = PostgreSqlDatabase.class)
class FilterReconciliationIT {

    @Inject
    FilterReconciliation adoption;

    @Inject
    SubscriptionRegistry catalog;

    @Inject
    Checkpoints checkpoints;

    @Inject
    SubscriptionControl control;

    @Inject
    Failures failures;

    @Inject
    Turn turn;

    @Inject
    ClaimTransaction transactions;

    @Inject
    Subscriptions subscriptions;

    @Inject
    EventStore events;

    @Inject
    Handler handler;

    @Inject
    Sql sql;

    @EventType("noted")
    record Noted(String text) {}

    @EventType("also-noted")
    record AlsoNoted(String text) {}

    /** Handles when it may. */
    @ApplicationScoped
    static class Handler {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final List<SubscriptionWidened> extended = new CopyOnWriteArrayList<>();
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        void on(@Observes @Subscribed("list") Noted noted) throws InterruptedException {
            entered.countDown();
            assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
            seen.add(noted.text());
        }

        void on(@Observes @Subscribed("list") AlsoNoted noted) {
            seen.add(noted.text());
        }

        List<String> seen() {
            return seen;
        }

        void on(@Observes SubscriptionWidened notification) {
            extended.add(notification);
        }

        List<SubscriptionWidened> extended() {
            return extended;
        }

        CountDownLatch entered() {
            return entered;
        }

        CountDownLatch goOn() {
            return goOn;
        }
    }

    /** Makes a node known that asks for more than this one. */
    private void newerNodeComes() {
        transactions.run(() -> sql.run("""
                insert into meowmx_nodes (instance, name, release, filters, started_at, seen_at, beat)
                    values (gen_random_uuid(), 'newer', '2.0', '{"list": {}}', now(), now(), 0)"""));
    }

    @Test
    void an_adoption_waits_for_the_turn_at_hand_and_keeps_its_position() throws Exception {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new Noted("a")));
        CompletableFuture<Long> turn = CompletableFuture.supplyAsync(() -> subscriptions.catchUp("list"));
        assertThat(handler.entered().await(20, TimeUnit.SECONDS)).isTrue();
        newerNodeComes();
        CompletableFuture<Void> adopted = CompletableFuture.runAsync(() -> adoption.adopt("list"));
        Awaitility.await()
                .until(() -> transactions.run(() -> sql.number("select count(*) from pg_locks where not granted")) > 0);
        handler.goOn().countDown();

        assertThat(turn.get()).isEqualTo(1);
        adopted.get();
        assertThat(handler.extended()).as("this node asks for nothing new").isEmpty();
        assertThat(transactions.run(() ->
                        sql.number("select count(*) from meowmx_checkpoints where types is null and position = 1")))
                .as("the adoption sees where the turn has left the checkpoint")
                .isEqualTo(1);
        assertThat(handler.seen()).containsExactly("a");
    }

    private void storedFilterIs(String types) {
        transactions.run(() -> sql.run("update meowmx_checkpoints set types = " + types));
    }

    private Turn.Outcome takeTurn() {
        return turn.take(Turn.Order.whole(
                catalog.subscription("list"), catalog.settings("list"), new Checkpoint.Key("list", (short) 0)));
    }

    @Test
    void nobody_moves_a_checkpoint_that_is_read_under_another_filter() {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new AlsoNoted("a")));
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new AlsoNoted("b")));
        RecordedEvent second = events.read(StreamId.of("test", 1L)).last().orElseThrow();
        TurnFailure failure = new TurnFailure(second, true, new IllegalStateException("poison"));
        transactions.run(() -> sql.run("update meowmx_checkpoints set position = 1"));

        storedFilterIs("null");
        assertThat(takeTurn()).as("a newer release asks for more").isEqualTo(Turn.Outcome.BUSY);
        assertThat(note(failure)).isEmpty();

        storedFilterIs("chr(31) || 'noted' || chr(31)");
        assertThat(takeTurn()).as("its own has not been adopted yet").isEqualTo(Turn.Outcome.BUSY);
        assertThat(note(failure)).isEmpty();

        adoption.adoptAll();
        assertThat(note(failure)).isPresent();
        assertThat(takeTurn().handled()).as("it waits before it tries again").isZero();
        transactions.run(() -> sql.run("update meowmx_checkpoints set retry_at = null"));
        assertThat(takeTurn().handled()).isEqualTo(1);
    }

    @Test
    void what_has_failed_is_forgotten_with_the_filter_that_asked_for_it() {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new AlsoNoted("a")));
        transactions.run(() -> sql.run("""
                update meowmx_checkpoints
                set types = chr(31) || 'dropped' || chr(31), attempts = 9, last_failure = 'why',
                    retry_at = now() + interval '1 hour'"""));

        adoption.adoptAll();

        assertThat(subscriptions.status("list").state()).isEqualTo(SubscriptionStatus.State.RUNNING);
        assertThat(takeTurn().handled()).isEqualTo(1);
    }

    private Optional<Object> note(TurnFailure failure) {
        return failures.note(
                catalog.subscription("list"), catalog.settings("list"), new Checkpoint.Key("list", (short) 0), failure);
    }

    @Test
    void a_failure_is_noted_only_of_the_event_that_is_next() {
        RecordedEvent first = events.append(StreamId.of("test", 1L), any(), NewEvent.of(new AlsoNoted("a")))
                .last();
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new AlsoNoted("b")));
        TurnFailure failure = new TurnFailure(first, true, new IllegalStateException("poison"));
        transactions.run(() -> sql.run("update meowmx_checkpoints set position = 1"));

        assertThat(note(failure)).as("another node has got past it").isEmpty();
    }

    @Test
    void two_nodes_that_create_a_subscription_in_different_segments_do_not_overlap() throws Exception {
        transactions.run(() -> sql.run("delete from meowmx_checkpoints"));
        List<CompletableFuture<Void>> other = new ArrayList<>();
        transactions.run(() -> {
            checkpoints.create(catalog.subscription("list"), inSegments(4));
            other.add(CompletableFuture.runAsync(() -> transactions.run(() -> {
                checkpoints.create(catalog.subscription("list"), inSegments(3));
                return "done";
            })));
            Awaitility.await()
                    .until(() ->
                            transactions.run(() -> sql.number("select count(*) from pg_locks where not granted")) > 0);
            return "done";
        });
        other.get(0).get();

        assertThat(subscriptions.status("list").segments())
                .extracting(SubscriptionStatus.Segment::firstSlice)
                .containsExactly(0, 256, 512, 768);
    }

    private SubscriptionSettings inSegments(int count) {
        SubscriptionSettings configured = catalog.settings("list");
        return new SubscriptionSettings(
                new SubscriptionSettings.Creation(count, ReadFrom.beginning(), null),
                configured.batchSize(),
                configured.failures(),
                configured.limits());
    }

    @Test
    void a_subscription_without_checkpoint_takes_the_place_of_the_one_it_was_renamed_from() {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new AlsoNoted("a")));
        transactions.run(() -> sql.run("""
                update meowmx_checkpoints
                set subscription = 'names', position = 1, paused = true, merge_at = 5, wanted_segments = 3"""));
        transactions.run(() -> sql.run("""
                insert into meowmx_parked_events (subscription, position, category, stream_id, version, parked_at)
                    values ('names', 1, 'test', '1', 1, now())"""));

        control.ensure("list");
        control.ensure("list");

        assertThat(subscriptions.list()).singleElement().satisfies(status -> {
            assertThat(status.name()).isEqualTo("list");
            assertThat(status.position()).isEqualTo(1);
            assertThat(status.state()).as("the pause came along").isEqualTo(SubscriptionStatus.State.PAUSED);
            assertThat(status.wantedSegments()).as("so did the wish").isEqualTo(3);
            assertThat(status.parkedStreams()).isEqualTo(1);
        });
    }

    @Test
    void what_this_node_newly_asks_for_is_told_with_the_position_from_which_on_it_counts() {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new Noted("a")));
        handler.goOn().countDown();
        subscriptions.catchUp("list");
        transactions.run(() -> sql.run("update meowmx_checkpoints set types = chr(31) || 'noted' || chr(31)"));

        adoption.adoptAll();
        assertThat(handler.extended()).containsExactly(new SubscriptionWidened("list", 1));
        adoption.adoptAll();
        assertThat(handler.extended()).as("the same again is nothing new").hasSize(1);
    }
}
