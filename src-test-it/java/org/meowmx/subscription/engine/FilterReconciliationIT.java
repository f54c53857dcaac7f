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
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.ClaimTransaction;

/** A new release changes the filter of a checkpoint while a turn of an older release is still running. */
@MeowmxTest(
        beans = {FilterReconciliationIT.Handler.class, Sql.class},
        config = "meowmx.subscription.list.renamed-from=names",
        database = PostgreSqlDatabase.class)
class FilterReconciliationIT {

    @Inject
    SubscriptionEngine engine;

    @Inject
    ClaimTransaction claimTransaction;

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

    /** Handles an event when the test allows it. */
    @ApplicationScoped
    static class Handler {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final List<SubscriptionWidened> widened = new CopyOnWriteArrayList<>();
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
            widened.add(notification);
        }

        List<SubscriptionWidened> widened() {
            return widened;
        }

        CountDownLatch entered() {
            return entered;
        }

        CountDownLatch goOn() {
            return goOn;
        }
    }

    /** Registers a node that requests more than this one. */
    private void registerNewerNode() {
        claimTransaction.run(() -> sql.run("""
                insert into meowmx_nodes (instance, name, release, filters, started_at, seen_at, beat)
                    values (gen_random_uuid(), 'newer', '2.0', '{"list": {}}', now(), now(), 0)"""));
    }

    @Test
    void a_reconciliation_waits_for_the_running_turn_and_keeps_its_position() throws Exception {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new Noted("a")));
        CompletableFuture<Long> turn = CompletableFuture.supplyAsync(() -> subscriptions.catchUp("list"));
        assertThat(handler.entered().await(20, TimeUnit.SECONDS)).isTrue();
        registerNewerNode();
        CompletableFuture<Void> reconciled = CompletableFuture.runAsync(() -> engine.reconciliation.reconcile("list"));
        Awaitility.await()
                .until(() ->
                        claimTransaction.run(() -> sql.number("select count(*) from pg_locks where not granted")) > 0);
        handler.goOn().countDown();

        assertThat(turn.get()).isEqualTo(1);
        reconciled.get();
        assertThat(handler.widened()).as("this node requests nothing new").isEmpty();
        assertThat(claimTransaction.run(() ->
                        sql.number("select count(*) from meowmx_checkpoints where types is null and position = 1")))
                .as("the reconciliation sees the position to which the turn has moved the checkpoint")
                .isEqualTo(1);
        assertThat(handler.seen()).containsExactly("a");
    }

    private void storedFilterIs(String types) {
        claimTransaction.run(() -> sql.run("update meowmx_checkpoints set types = " + types));
    }

    private DeclaredSegment segment() {
        return DeclaredSegment.of(engine.registry, new Checkpoint.Key("list", (short) 0));
    }

    private TurnResult takeTurn() {
        return engine.turn.take(TurnRequest.of(segment()));
    }

    @Test
    void nobody_moves_a_checkpoint_that_has_another_filter() {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new AlsoNoted("a")));
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new AlsoNoted("b")));
        RecordedEvent second = events.read(StreamId.of("test", 1L)).last().orElseThrow();
        TurnFailure failure = new TurnFailure(second, true, new IllegalStateException("poison"));
        claimTransaction.run(() -> sql.run("update meowmx_checkpoints set position = 1, live_after = 1"));

        storedFilterIs("null");
        assertThat(takeTurn()).as("a newer release requests more").isEqualTo(TurnResult.BUSY);
        assertThat(record(failure)).isEmpty();

        storedFilterIs("chr(31) || 'noted' || chr(31)");
        assertThat(takeTurn()).as("its own filter is not reconciled yet").isEqualTo(TurnResult.BUSY);
        assertThat(record(failure)).isEmpty();

        engine.reconciliation.reconcileAll();
        assertThat(record(failure)).isPresent();
        assertThat(takeTurn().handled()).as("its retry is not due yet").isZero();
        claimTransaction.run(() -> sql.run("update meowmx_checkpoints set retry_at = null"));
        assertThat(takeTurn().handled()).isEqualTo(1);
    }

    @Test
    void a_change_of_the_filter_clears_a_failure() {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new AlsoNoted("a")));
        claimTransaction.run(() -> sql.run("""
                update meowmx_checkpoints
                set types = chr(31) || 'dropped' || chr(31), attempts = 9, last_failure = 'why',
                    retry_at = now() + interval '1 hour'"""));

        engine.reconciliation.reconcileAll();

        assertThat(subscriptions.status("list").state()).isEqualTo(SubscriptionStatus.State.RUNNING);
        assertThat(takeTurn().handled()).isEqualTo(1);
    }

    private Optional<RecordedFailure> record(TurnFailure failure) {
        return engine.failures.recordFailure(segment(), failure);
    }

    @Test
    void a_failure_is_recorded_only_for_the_next_event() {
        RecordedEvent first = events.append(StreamId.of("test", 1L), any(), NewEvent.of(new AlsoNoted("a")))
                .last();
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new AlsoNoted("b")));
        TurnFailure failure = new TurnFailure(first, true, new IllegalStateException("poison"));
        claimTransaction.run(() -> sql.run("update meowmx_checkpoints set position = 1, live_after = 1"));

        assertThat(record(failure)).as("another node has handled the event").isEmpty();
    }

    @Test
    void two_nodes_that_create_a_subscription_in_different_segments_do_not_overlap() throws Exception {
        claimTransaction.run(() -> sql.run("delete from meowmx_checkpoints"));
        List<CompletableFuture<Void>> other = new ArrayList<>();
        claimTransaction.run(() -> {
            engine.checkpoints.create(
                    engine.registry.subscription("list"), inSegments(4).creation(), false);
            other.add(CompletableFuture.runAsync(() -> claimTransaction.run(() -> {
                engine.checkpoints.create(
                        engine.registry.subscription("list"), inSegments(3).creation(), false);
                return "done";
            })));
            Awaitility.await()
                    .until(() ->
                            claimTransaction.run(() -> sql.number("select count(*) from pg_locks where not granted"))
                                    > 0);
            return "done";
        });
        other.get(0).get();

        assertThat(subscriptions.status("list").segments())
                .extracting(SubscriptionStatus.Segment::firstSlice)
                .containsExactly(0, 256, 512, 768);
    }

    private SubscriptionSettings inSegments(int count) {
        SubscriptionSettings configured = engine.registry.settings("list");
        return new SubscriptionSettings(
                new SubscriptionSettings.Creation(count, ReadFrom.beginning(), null),
                configured.batchSize(),
                configured.failures(),
                configured.derivedIds(),
                configured.limits());
    }

    @Test
    void a_subscription_without_checkpoint_takes_over_that_of_the_one_it_was_renamed_from() {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new AlsoNoted("a")));
        claimTransaction.run(() -> sql.run("""
                update meowmx_checkpoints
                set subscription = 'names', position = 1, live_after = 1, paused = true, merge_at = 5, wanted_segments = 3"""));
        claimTransaction.run(() -> sql.run("""
                insert into meowmx_parked_events (subscription, position, category, stream_id, version, parked_at)
                    values ('names', 1, 'test', '1', 1, now())"""));

        engine.creation.createIfAbsent("list");
        engine.creation.createIfAbsent("list");

        assertThat(subscriptions.list()).singleElement().satisfies(status -> {
            assertThat(status.name()).isEqualTo("list");
            assertThat(status.position()).isEqualTo(1);
            assertThat(status.state()).as("the pause is kept").isEqualTo(SubscriptionStatus.State.PAUSED);
            assertThat(status.wantedSegments()).as("so is the scheduled merge").isEqualTo(3);
            assertThat(status.parkedStreams()).isEqualTo(1);
        });
    }

    @Test
    void a_wider_filter_is_notified_with_the_position_from_which_it_applies() {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new Noted("a")));
        handler.goOn().countDown();
        subscriptions.catchUp("list");
        claimTransaction.run(() -> sql.run("update meowmx_checkpoints set types = chr(31) || 'noted' || chr(31)"));

        engine.reconciliation.reconcileAll();
        assertThat(handler.widened()).containsExactly(new SubscriptionWidened("list", 1));
        engine.reconciliation.reconcileAll();
        assertThat(handler.widened()).as("reconciling again changes nothing").hasSize(1);
    }
}
