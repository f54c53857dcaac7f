package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;
import static org.meowmx.ExpectedVersion.streamExists;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.contract.Session;
import org.meowmx.serialization.SerializedEvent;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.storage.Decision.Verdict;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;
import org.meowmx.transaction.SqlState;

/** An append to many streams in one message: its decisions, locks, order and fence. */
@MeowmxTest(
        beans = Sql.class,
        config = {"meowmx.subscription.enabled=false", "meowmx.subscription.notify=false"},
        database = PostgreSqlDatabase.class)
class GroupStatementIT {

    private static final StreamId A = StreamId.of("test", "a");
    private static final StreamId B = StreamId.of("test", "b");
    private static final StreamId C = StreamId.of("test", "c");

    private static final String FENCES = """
            select count(*) from pg_locks where locktype = 'advisory' and classid = cast('meowmx_events' as regclass)
              and database = (select oid from pg_database where datname = current_database())""";

    private static final String WAITING = """
            select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()""";

    @Inject
    EventStore events;

    @Inject
    OwnTransaction own;

    @Inject
    CurrentTransaction current;

    @Inject
    Sql sql;

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    private Log log;

    @BeforeEach
    void createLog() {
        log = new PostgreSqlLog(em, current.registry());
    }

    private static Batch.Event event(UUID given) {
        NewEvent written = NewEvent.of("noted", "{}");
        return new Batch.Event(
                given == null ? UUID.randomUUID() : given,
                given == null ? written : written.withId(given),
                new SerializedEvent("noted", "{}", "{}"),
                Metadata.none(),
                false);
    }

    private static Batch batch(StreamId stream, ExpectedVersion expected, int size) {
        return new Batch(
                stream,
                expected,
                IntStream.range(0, size).mapToObj(number -> event(null)).toList());
    }

    private static BatchGroup group(Batch... batches) {
        return BatchGroup.oneAfterTheOther(List.of(batches));
    }

    private List<Decision> appendAll(BatchGroup group) {
        return own.run(() -> log.appendAll(group));
    }

    private List<Decision> appendFree(BatchGroup group) {
        return own.run(() -> log.appendEachIfFree(group));
    }

    private long version(StreamId stream) {
        return events.read(stream).version();
    }

    private long fences() {
        return own.run(() -> sql.number(FENCES));
    }

    /** Returns when one session waits for a lock. */
    private void awaitWaiting() {
        await().until(() -> own.run(() -> sql.number(WAITING)) == 1);
    }

    @Test
    void each_batch_is_decided_on_its_own() {
        UUID known = UUID.randomUUID();
        events.append(A, any(), NewEvent.of("noted", "{}").withId(known), NewEvent.of("noted", "{}"));
        events.append(B, any(), NewEvent.of("noted", "{}"));
        StreamId missing = StreamId.of("test", "missing");

        List<Decision> decisions = appendFree(group(
                batch(A, noStream(), 1),
                batch(B, exactly(1), 2),
                batch(C, noStream(), 3),
                batch(StreamId.of("test", "d"), any(), 1),
                batch(missing, streamExists(), 1),
                batch(StreamId.of("test", "e"), exactly(4), 1),
                new Batch(StreamId.of("test", "f"), any(), List.of(event(known)))));

        assertThat(decisions)
                .extracting(Decision::verdict)
                .containsExactly(
                        Verdict.WRONG_VERSION,
                        Verdict.WRITTEN,
                        Verdict.WRITTEN,
                        Verdict.WRITTEN,
                        Verdict.NOT_FREE,
                        Verdict.NOT_FREE,
                        Verdict.KNOWN_ID);
        assertThat(decisions.get(0).version()).isEqualTo(2);
        assertThat(decisions.get(6).version()).as("no row was created in vain").isEqualTo(-1);
        assertThat(decisions.get(1).places()).extracting(Place::version).containsExactly(2L, 3L);
        assertThat(version(B)).isEqualTo(3);
        assertThat(version(C)).isEqualTo(3);
        assertThat(events.read(missing).isEmpty()).isTrue();
        assertThat(own.run(() -> sql.number("select count(*) from meowmx_streams where version = 0")))
                .as("a stream whose batch was refused for a known id is not created")
                .isZero();
    }

    @Test
    void all_or_nothing_writes_nothing_and_raises_no_fence_if_one_batch_is_refused() {
        events.append(A, any(), NewEvent.of("noted", "{}"));

        Session session = Session.begin();
        List<Decision> decisions =
                session.does(() -> log.appendAll(group(batch(A, exactly(7), 1), batch(B, any(), 2))));

        assertThat(decisions).extracting(Decision::verdict).containsExactly(Verdict.WRONG_VERSION, Verdict.POSSIBLE);
        assertThat(fences()).isZero();
        session.rollback();
        assertThat(version(A)).isEqualTo(1);
        assertThat(version(B)).isZero();
    }

    @Test
    void the_events_of_several_streams_enter_the_log_in_the_order_of_the_group() {
        Batch a = batch(A, any(), 3);
        Batch b = batch(B, any(), 2);
        BatchGroup group = BatchGroup.inOrder(List.of(b, a), List.of(1, 0, 1, 0, 1));

        List<Decision> decisions = appendAll(group);

        List<UUID> inLog = events.readPage(org.meowmx.LogQuery.all(), 10).events().stream()
                .map(RecordedEvent::id)
                .toList();
        assertThat(inLog)
                .containsExactly(
                        a.events().get(0).id(),
                        b.events().get(0).id(),
                        a.events().get(1).id(),
                        b.events().get(1).id(),
                        a.events().get(2).id());
        assertThat(decisions.get(0).places()).extracting(Place::version).containsExactly(1L, 2L);
        assertThat(decisions.get(1).places()).extracting(Place::version).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_stream_that_is_not_free_is_left_out_and_the_others_are_written_at_once() {
        events.append(A, any(), NewEvent.of("noted", "{}"));
        Session holder = Session.begin();
        holder.does(() -> events.append(A, any(), NewEvent.of("noted", "{}")));

        List<Decision> decisions = appendFree(group(batch(A, any(), 1), batch(B, any(), 1), batch(C, noStream(), 1)));

        assertThat(decisions)
                .extracting(Decision::verdict)
                .containsExactly(Verdict.NOT_FREE, Verdict.WRITTEN, Verdict.WRITTEN);
        holder.commit();
        assertThat(version(A)).isEqualTo(2);
    }

    @Test
    void all_or_nothing_waits_without_a_fence_and_decides_by_what_the_other_has_committed() throws Exception {
        events.append(A, any(), NewEvent.of("noted", "{}"));
        Session holder = Session.begin();
        holder.does(() -> events.append(A, any(), NewEvent.of("noted", "{}")));

        Future<List<Decision>> waiting = CompletableFuture.supplyAsync(
                () -> appendAll(group(batch(B, any(), 1), batch(A, exactly(2), 1), batch(C, any(), 1))));
        awaitWaiting();
        assertThat(fences()).as("only the holder's, which has appended").isEqualTo(1);
        holder.commit();

        assertThat(waiting.get(10, TimeUnit.SECONDS))
                .extracting(Decision::verdict)
                .containsOnly(Verdict.WRITTEN);
        assertThat(version(A)).isEqualTo(3);
    }

    /** In one statement the look-up would not see the row that the other one commits while the insertion waits for it. */
    @Test
    void any_version_is_appended_to_a_stream_that_another_transaction_was_creating() throws Exception {
        Session creator = Session.begin();
        creator.does(() -> events.append(A, noStream(), NewEvent.of("noted", "{}")));

        Future<List<Decision>> waiting =
                CompletableFuture.supplyAsync(() -> appendAll(group(batch(A, any(), 1), batch(B, any(), 1))));
        awaitWaiting();
        creator.commit();

        assertThat(waiting.get(10, TimeUnit.SECONDS))
                .extracting(Decision::verdict)
                .containsOnly(Verdict.WRITTEN);
        assertThat(version(A)).isEqualTo(2);
    }

    @Test
    void a_repeat_that_another_transaction_was_storing_is_known_after_the_wait() throws Exception {
        UUID id = UUID.randomUUID();
        events.append(A, any(), NewEvent.of("noted", "{}"));
        Session other = Session.begin();
        other.does(() -> events.append(A, any(), NewEvent.of("noted", "{}").withId(id)));

        Batch repeat = new Batch(A, any(), List.of(event(id)));
        Future<List<Decision>> waiting =
                CompletableFuture.supplyAsync(() -> appendAll(group(repeat, batch(B, any(), 1))));
        awaitWaiting();
        other.commit();

        assertThat(waiting.get(10, TimeUnit.SECONDS))
                .extracting(Decision::verdict)
                .containsExactly(Verdict.KNOWN_ID, Verdict.POSSIBLE);
    }

    @Test
    void a_group_waits_only_briefly_for_a_stream_that_another_transaction_creates() {
        Session creator = Session.begin();
        creator.does(() -> events.append(A, noStream(), NewEvent.of("noted", "{}")));

        long began = System.nanoTime();
        assertThatThrownBy(() -> appendFree(group(batch(A, any(), 1), batch(B, any(), 1))))
                .satisfies(e -> assertThat(SqlState.contention(e)).contains("55P03"));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        creator.commit();
        assertThat(own.run(() -> sql.value("show lock_timeout")))
                .as("the limit is gone with the transaction")
                .isEqualTo("0");
    }

    @Test
    void with_row_level_security_callers_do_not_share_transactions() {
        assertThat(own.run(log::hasRowSecurity)).isFalse();

        own.run(() -> sql.asOwner("alter table meowmx_events enable row level security"));
        assertThat(own.run(log::hasRowSecurity)).isTrue();
    }

    /**
     * PostgreSQL counts the sequential scans of the current transaction. A join of many targets with the streams would become a hash
     * join over all of them. The fewer streams there are, the cheaper it looks, so this number is harder than a larger one.
     */
    @Test
    void streams_and_events_are_looked_up_one_by_one_however_many_there_are() {
        int streams = Integer.getInteger("plans.streams", 200_000);
        own.run(() -> sql.asOwner("""
                insert into meowmx_streams (category, stream_id, version)
                select 'plan', cast(n as text), 1 from generate_series(1, %d) as n;
                insert into meowmx_events (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
                select gen_random_uuid(), 'plan', cast(n as text), 1, 0, 'noted', '{}', '{}', now() from generate_series(1, %d) as n;
                analyze meowmx_streams, meowmx_events""".formatted(streams, streams / 4)));

        for (String plan : List.of("force_custom_plan", "force_generic_plan")) {
            for (int size : List.of(1, 1_000, 10_000)) {
                assertThat(scans(plan, planned(size, "old"), true))
                        .as(plan + " " + size)
                        .isZero();
                assertThat(scans(plan, planned(size, "free"), false))
                        .as(plan + " " + size)
                        .isZero();
            }
        }
    }

    /** Half of the streams exist; every batch gives an id. */
    private static BatchGroup planned(int size, String prefix) {
        return BatchGroup.oneAfterTheOther(IntStream.range(0, size)
                .mapToObj(number -> new Batch(
                        StreamId.of("plan", (number % 2 == 0 ? "" : prefix + UUID.randomUUID()) + (number + 1)),
                        any(),
                        List.of(event(UUID.randomUUID()))))
                .toList());
    }

    private long scans(String plan, BatchGroup group, boolean all) {
        Session session = Session.begin();
        session.does(() -> sql.run("set local plan_cache_mode = " + plan));
        List<Decision> decisions = session.does(() -> all ? log.appendAll(group) : log.appendEachIfFree(group));
        assertThat(decisions).allMatch(decision -> decision.is(Verdict.WRITTEN));
        long scans = session.does(() -> sql.number("""
                select sum(seq_scan) from pg_stat_xact_user_tables
                where relname in ('meowmx_streams', 'meowmx_events') and schemaname = current_schema()"""));
        session.rollback();
        return scans;
    }

    /** Streams whose order differs between UTF-16 and code points, and between the database's collation and both. */
    private static final List<String> IDS = List.of("a", "B", "ä", "Z", "\uFF21", "\uD83D\uDE00", "z9", "z10");

    @Test
    void a_race_of_groups_and_single_appends_ends_without_deadlock_gap_or_inversion() throws Exception {
        AtomicInteger written = new AtomicInteger();
        AtomicInteger events = new AtomicInteger();
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.getLong("race.seconds", 5)).toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(10);
        try {
            List<Future<?>> racing = new ArrayList<>();
            for (int thread = 0; thread < 10; thread++) {
                Random random = new Random(thread);
                racing.add(threads.submit(() -> {
                    for (int period = 0; System.nanoTime() < end; period++) {
                        List<Decision> decisions = race(random, period / 20);
                        decisions.stream()
                                .filter(one -> one.is(Verdict.WRITTEN))
                                .forEach(one -> {
                                    written.incrementAndGet();
                                    events.addAndGet(one.places().size());
                                });
                    }
                    return null;
                }));
            }
            for (Future<?> one : racing) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(written.get()).as("batches").isGreaterThan(100);
        assertThat(own.run(() -> sql.number("select count(*) from meowmx_events")))
                .isEqualTo(events.get());
        assertThat(own.run(() -> sql.list("""
                select category, stream_id from meowmx_streams s
                where version <> (select count(*) from meowmx_events e where e.category = s.category and e.stream_id = s.stream_id)
                   or version <> (select max(version) from meowmx_events e where e.category = s.category and e.stream_id = s.stream_id)""")))
                .as("streams that differ from their events")
                .isEmpty();
        assertThat(own.run(() -> sql.number("""
                select count(*) from (
                    select version, lag(version) over (partition by category, stream_id order by position) as before
                    from meowmx_events) as step
                where version <> coalesce(before, 0) + 1""")))
                .as("events that are out of their stream's order")
                .isZero();
    }

    /** Some streams of this period, which exist or not, in any order. A group that may not wait can fail, but not by a deadlock. */
    private List<Decision> race(Random random, int period) {
        List<StreamId> streams = new ArrayList<>();
        IDS.forEach(id -> streams.add(StreamId.of("race", id + period)));
        Collections.shuffle(streams, random);
        List<Batch> batches = streams.subList(0, 1 + random.nextInt(streams.size())).stream()
                .map(stream -> batch(stream, expectation(random), 1 + random.nextInt(3)))
                .toList();
        if (batches.size() == 1) {
            return own.run(() -> log.append(batches.get(0)))
                    .map(places -> List.of(Decision.written(0, places)))
                    .orElse(List.of());
        }
        BatchGroup group = BatchGroup.oneAfterTheOther(batches);
        try {
            return random.nextBoolean() ? appendAll(group) : appendFree(group);
        } catch (RuntimeException e) {
            assertThat(SqlState.contention(e)).contains("55P03");
            return List.of();
        }
    }

    private static ExpectedVersion expectation(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> noStream();
            case 1 -> exactly(1 + random.nextInt(4));
            case 2 -> streamExists();
            default -> any();
        };
    }
}
