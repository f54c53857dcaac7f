package org.meowmx.contract;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.meowmx.AppendResult;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventStore;
import org.meowmx.EventsAppended;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogGrowth;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.OutcomeUnknownException;
import org.meowmx.transaction.OwnTransaction;

/** Appends that share transactions keep every promise of an append that runs alone. */
class GroupCommitIT {

    /** The number of transactions that have appended. PostgreSQL stores in each row the transaction that wrote it. */
    private static final String TRANSACTIONS = "select count(distinct cast(xmin as text)) from meowmx_events";

    private static final String LAST_POSITION =
            "select coalesce(pg_sequence_last_value('meowmx_events_position_seq'), 0)";

    private static NewEvent event(int number) {
        return NewEvent.of("noted", "{\"number\": " + number + "}");
    }

    /** Repeats work in many threads. */
    private static void load(int threads, int times, Work work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                running.add(pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < times; i++) {
                        work.run(number, i);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get(120, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private interface Work {
        void run(int thread, int time) throws Exception;
    }

    @Nested
    @MeowmxTest(
            beans = {Sql.class, GrowthObserver.class},
            config = {"meowmx.subscription.enabled=false", "meowmx.subscription.notify=false"},
            database = PostgreSqlDatabase.class)
    class WithoutObservers {

        @Inject
        EventStore events;

        @Inject
        OwnTransaction own;

        @Inject
        Sql sql;

        @Inject
        GrowthObserver growth;

        private long number(String query) {
            return own.run(() -> sql.number(query));
        }

        /** Reads in the next transaction, on another connection, because the append must be committed before the answer. */
        @Test
        void many_appends_share_few_transactions_and_each_caller_gets_its_own_result() throws Exception {
            growth.added().clear();
            load(48, 10, (thread, time) -> {
                int content = thread * 1_000 + time;
                AppendResult result = events.append(StreamId.of("own", content), noStream(), event(content));
                assertThat(result.stream()).isEqualTo(StreamId.of("own", content));
                assertThat(result.version()).isEqualTo(1);
                RecordedEvent stored = events.read(result.stream()).events().get(0);
                assertThat(stored.data().replace(" ", "")).isEqualTo("{\"number\":" + content + "}");
                assertThat(stored.position()).isEqualTo(result.position());
                assertThat(stored.id()).isEqualTo(result.last().id());
            });
            assertThat(number("select count(*) from meowmx_events")).isEqualTo(480);
            assertThat(number(TRANSACTIONS))
                    .as("alone, each append has its own")
                    .isLessThan(480);
            assertThat(growth.added())
                    .as("each append is reported once, after its commit")
                    .hasSize(480);
        }

        /** Conflicts, repeats and sixty-four writers: each answer is equal to the stored events. */
        @Test
        void under_conflicts_and_repeats_every_answer_is_true() throws Exception {
            ConcurrentLinkedQueue<AppendResult> stored = new ConcurrentLinkedQueue<>();
            AtomicInteger conflicts = new AtomicInteger();
            AtomicInteger repeats = new AtomicInteger();
            load(64, 12, (thread, time) -> {
                Random random = new Random(thread * 100L + time);
                StreamId stream = StreamId.of("shared", random.nextInt(40));
                NewEvent event = event(thread).withId(UUID.randomUUID());
                long version = events.read(stream).version();
                ExpectedVersion expected = random.nextBoolean() ? any() : exactly(version);
                try {
                    AppendResult result = events.append(stream, expected, event);
                    assertThat(result.repeated()).isFalse();
                    assertThat(result.last().id()).isEqualTo(event.id());
                    stored.add(result);
                    if (random.nextInt(10) == 0) {
                        AppendResult repeat = events.append(stream, expected, event);
                        assertThat(repeat.repeated()).isTrue();
                        assertThat(repeat.position()).isEqualTo(result.position());
                        repeats.incrementAndGet();
                    }
                } catch (WrongExpectedVersionException e) {
                    assertThat(e.stream()).isEqualTo(stream);
                    assertThat(e.actual()).isGreaterThan(version);
                    conflicts.incrementAndGet();
                }
            });
            List<RecordedEvent> log = events.scan(LogQuery.category("shared")).toList();
            assertThat(log)
                    .extracting(RecordedEvent::position, RecordedEvent::id)
                    .containsExactlyInAnyOrderElementsOf(stored.stream()
                            .map(result -> org.assertj.core.groups.Tuple.tuple(
                                    result.position(), result.last().id()))
                            .toList());
            log.stream().collect(groupingBy(RecordedEvent::stream)).forEach((stream, ofStream) -> assertThat(ofStream)
                    .extracting(RecordedEvent::version)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, ofStream.size()).boxed().toList()));
            assertThat(conflicts).hasPositiveValue();
            assertThat(repeats).hasPositiveValue();
        }

        @Test
        void writers_of_one_stream_that_expect_nothing_are_stored_together_in_their_order() throws Exception {
            StreamId hot = StreamId.of("hot", 1L);
            ConcurrentLinkedQueue<Long> versions = new ConcurrentLinkedQueue<>();
            load(24, 20, (thread, time) -> {
                AppendResult result = events.append(hot, any(), event(thread), event(thread));
                assertThat(result.events()).extracting(RecordedEvent::version).satisfies(two -> assertThat(two.get(1))
                        .isEqualTo(two.get(0) + 1));
                result.events().forEach(one -> versions.add(one.version()));
            });
            List<Long> sorted = new ArrayList<>(versions);
            Collections.sort(sorted);
            assertThat(sorted)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 960).boxed().toList());
        }

        /** A leader that is called back must not wait for its own lane. */
        @Test
        void an_observer_of_the_growth_of_the_log_may_append() throws Exception {
            growth.appendsTo(StreamId.of("observed", 1L));
            try {
                load(
                        40,
                        3,
                        (thread, time) ->
                                events.append(StreamId.of("grown", thread * 100L + time), noStream(), event(1)));
            } finally {
                growth.appendsTo(null);
            }
            assertThat(events.scan(LogQuery.category("grown")).count()).isEqualTo(120);
            assertThat(events.read(StreamId.of("observed", 1L)).version()).isPositive();
        }

        @Test
        void a_known_id_refuses_its_own_append_only() throws Exception {
            UUID known = UUID.randomUUID();
            events.append(StreamId.of("known", 1L), any(), event(1).withId(known));
            AtomicInteger refused = new AtomicInteger();
            load(40, 5, (thread, time) -> {
                StreamId stream = StreamId.of("mixed", thread * 100L + time);
                if (thread == 0) {
                    assertThatThrownBy(() -> events.append(stream, any(), event(1).withId(known)))
                            .isInstanceOfSatisfying(EventIdConflictException.class, e -> assertThat(e.eventId())
                                    .isEqualTo(known));
                    refused.incrementAndGet();
                } else {
                    events.append(stream, noStream(), event(1));
                }
            });
            assertThat(refused).hasValue(5);
            assertThat(number("select count(*) from meowmx_streams where category = 'mixed'"))
                    .isEqualTo(39 * 5);
            assertThat(number(TRANSACTIONS))
                    .as("alone, each append has its own")
                    .isLessThan(39 * 5);
        }

        @Test
        void a_stream_that_a_foreign_transaction_holds_stops_nobody_else() throws Exception {
            StreamId held = StreamId.of("held", 1L);
            events.append(held, any(), event(0));
            Session holder = Session.begin();
            holder.does(() -> events.append(held, any(), event(1)));

            ExecutorService waiting = Executors.newFixedThreadPool(3);
            List<Future<AppendResult>> waiters = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiters.add(waiting.submit(() -> events.append(held, any(), event(2))));
            }
            load(
                    40,
                    6,
                    (thread, time) -> events.append(StreamId.of("free", thread * 100L + time), noStream(), event(1)));

            assertThat(waiters).noneMatch(Future::isDone);
            holder.commit();
            for (Future<AppendResult> one : waiters) {
                assertThat(one.get(20, TimeUnit.SECONDS).version()).isBetween(3L, 5L);
            }
            waiting.shutdown();
        }

        @Test
        void a_batch_that_the_database_refuses_fails_alone() throws Exception {
            Jta.committed(() -> sql.asOwner("""
                    create function refuse() returns trigger language plpgsql
                        as $$ begin raise exception 'refused' using errcode = '23514'; end $$;
                    create trigger refuse before insert on meowmx_events for each row
                        when (new.type = 'refused') execute function refuse()"""));
            AtomicInteger refused = new AtomicInteger();
            load(40, 6, (thread, time) -> {
                StreamId stream = StreamId.of("mixed", thread * 100L + time);
                if (thread == 0) {
                    assertThatThrownBy(() -> events.append(stream, noStream(), NewEvent.of("refused", "{}")))
                            .hasStackTraceContaining("refused");
                    refused.incrementAndGet();
                } else {
                    events.append(stream, noStream(), event(1));
                }
            });
            assertThat(refused).hasValue(6);
            assertThat(number("select count(*) from meowmx_events")).isEqualTo(39 * 6);
            assertThat(number("select count(*) from meowmx_streams")).isEqualTo(39 * 6);
        }

        @Test
        void a_commit_without_an_answer_is_reported_to_every_member_and_never_repeated() throws Exception {
            Jta.committed(() -> sql.asOwner("""
                    create function fail() returns trigger language plpgsql
                        as $$ begin raise exception 'at commit' using errcode = '57P01'; end $$;
                    create constraint trigger fail after insert on meowmx_events
                        deferrable initially deferred for each row execute function fail()"""));
            long drawn = number(LAST_POSITION);
            ConcurrentLinkedQueue<Throwable> answers = new ConcurrentLinkedQueue<>();
            load(40, 3, (thread, time) -> {
                try {
                    events.append(StreamId.of("lost", thread * 100L + time), any(), event(1));
                } catch (RuntimeException e) {
                    answers.add(e);
                }
            });
            assertThat(answers).hasSize(120).allMatch(OutcomeUnknownException.class::isInstance);
            assertThat(answers.stream()
                            .collect(groupingBy(System::identityHashCode, counting()))
                            .values())
                    .as("each caller has an exception of its own")
                    .containsOnly(1L);
            assertThat(number(LAST_POSITION) - drawn)
                    .as("each event was inserted once")
                    .isEqualTo(120);
        }

        @Test
        void a_callers_transaction_is_its_own() {
            Session session = Session.begin();
            session.does(() -> events.append(StreamId.of("mine", 1L), any(), event(1)));
            session.does(() -> events.append(StreamId.of("mine", 2L), any(), event(1)));
            session.rollback();

            assertThat(number("select count(*) from meowmx_events")).isZero();
        }
    }

    /** Counts the notifications after commits. */
    @ApplicationScoped
    static class GrowthObserver {

        private final ConcurrentLinkedQueue<LogGrowth.Added> added = new ConcurrentLinkedQueue<>();
        private volatile StreamId appended;

        @Inject
        EventStore events;

        ConcurrentLinkedQueue<LogGrowth.Added> added() {
            return added;
        }

        void grown(@Observes LogGrowth growth) {
            added.addAll(growth.streams());
            StreamId target = appended;
            if (target != null
                    && growth.streams().stream().noneMatch(one -> one.stream().equals(target))) {
                events.append(target, any(), event(0));
            }
        }

        /** Lets the observer append to a stream; null for none. */
        void appendsTo(StreamId stream) {
            appended = stream;
        }
    }

    /** An application that sees every append in its transaction. */
    @ApplicationScoped
    static class AppendObserver {

        void appended(@Observes EventsAppended appended) {}
    }

    abstract static class Alone {

        @Inject
        EventStore events;

        @Inject
        OwnTransaction own;

        @Inject
        Sql sql;

        @Test
        void each_append_has_a_transaction_of_its_own() throws Exception {
            prepare();
            load(
                    40,
                    3,
                    (thread, time) -> events.append(StreamId.of("own", thread * 100L + time), noStream(), event(1)));

            assertThat(own.run(() -> sql.number(TRANSACTIONS))).isEqualTo(120);
        }

        void prepare() {}
    }

    @Nested
    @MeowmxTest(
            beans = {Sql.class, AppendObserver.class},
            config = {"meowmx.subscription.enabled=false", "meowmx.subscription.notify=false"},
            database = PostgreSqlDatabase.class)
    class WithAnObserverOfAppends extends Alone {}

    @Nested
    @MeowmxTest(
            beans = Sql.class,
            config = {
                "meowmx.append.group-commit=false",
                "meowmx.subscription.enabled=false",
                "meowmx.subscription.notify=false"
            },
            database = PostgreSqlDatabase.class)
    class SwitchedOff extends Alone {}
}
