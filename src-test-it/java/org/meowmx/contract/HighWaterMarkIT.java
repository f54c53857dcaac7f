package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.EventStore;
import org.meowmx.IsolationException;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

/**
 * Promises no-skip, stable-order and no-foreign-stall: one test for each rule of the high-water mark, each an explicit
 * schedule of open transactions.
 */
@MeowmxTest(beans = Sql.class, database = PostgreSqlDatabase.class)
class HighWaterMarkIT {

    private static final String SEQUENCE = "meowmx_events_position_seq";

    @Inject
    EventStore events;

    @Inject
    Sql sql;

    private final Reader reader = new Reader();

    /** Reads like a subscription: each page begins where the last one ended. */
    private class Reader {
        private long checkpoint;
        private final List<Long> seen = new ArrayList<>();

        List<Long> reads() {
            LogPage page = events.readPage(LogQuery.all().after(checkpoint), 1_000);
            page.events().forEach(event -> seen.add(event.position()));
            checkpoint = page.readTo();
            return page.events().stream().map(RecordedEvent::position).toList();
        }
    }

    private long append(String stream) {
        return events.append(StreamId.of("test", stream), any(), NewEvent.of("noted", "{}"))
                .position();
    }

    private long appendIn(Session session, String stream) {
        return session.does(() -> append(stream));
    }

    @Test
    void a_late_committer_is_waited_for() {
        append("a");
        assertThat(reader.reads()).containsExactly(1L);
        Session late = Session.begin();
        Session later = Session.begin();
        assertThat(appendIn(late, "b")).isEqualTo(2);
        assertThat(appendIn(later, "c")).isEqualTo(3);
        later.commit();
        append("d");

        assertThat(events.highWaterMark()).isEqualTo(1);
        assertThat(reader.reads()).isEmpty();

        late.commit();
        assertThat(reader.reads()).containsExactly(2L, 3L, 4L);
        assertThat(events.highWaterMark()).isEqualTo(4);
    }

    @Test
    void the_very_first_event_is_waited_for() {
        Session late = Session.begin();
        appendIn(late, "a");
        append("b");

        assertThat(reader.reads()).isEmpty();
        late.commit();
        assertThat(reader.reads()).containsExactly(1L, 2L);
    }

    @Test
    void a_sequence_that_was_restarted_is_as_one_that_never_drew() {
        Session undone = Session.begin();
        appendIn(undone, "a");
        undone.rollback();
        sql.asOwner("alter sequence " + SEQUENCE + " restart");
        Session late = Session.begin();
        assertThat(appendIn(late, "b")).isEqualTo(1);
        append("c");

        assertThat(reader.reads()).isEmpty();
        late.commit();
        assertThat(reader.reads()).containsExactly(1L, 2L);
    }

    @Test
    void a_rollback_lets_the_mark_pass() {
        Session undone = Session.begin();
        appendIn(undone, "a");
        append("b");
        assertThat(reader.reads()).isEmpty();

        undone.rollback();
        assertThat(reader.reads()).containsExactly(2L);
        assertThat(events.highWaterMark()).isEqualTo(2);
    }

    @Test
    void a_long_transaction_that_appends_nothing_holds_nobody_back() throws SQLException {
        sql.asOwner("create table mine (id int)");
        Session foreign = Session.begin();
        foreign.does(() -> sql.run("insert into mine values (1)"));
        foreign.does(() -> sql.run("select pg_advisory_xact_lock_shared(7, 7), pg_advisory_xact_lock(9)"));
        String other = "other" + UUID.randomUUID().toString().replace("-", "");
        try (Connection admin = PostgreSqlServer.shared().connect("public")) {
            execute(admin, "create database " + other);
            try (Connection elsewhere = PostgreSqlServer.shared().connectTo(other)) {
                elsewhere.setAutoCommit(false);
                execute(elsewhere, "create table theirs (id int)");
                lockLikeAnAppendAtPosition0(elsewhere);
                append("a");
                append("b");

                assertThat(reader.reads()).containsExactly(1L, 2L);
                elsewhere.rollback();
            }
            execute(admin, "drop database " + other);
        }
        foreign.rollback();
    }

    /** The same lock numbers, taken in another database, mean nothing here. */
    private void lockLikeAnAppendAtPosition0(Connection elsewhere) throws SQLException {
        long table = Jta.committed(
                () -> sql.number("select cast(cast(cast('meowmx_events' as regclass) as oid) as bigint)"));
        execute(elsewhere, "select pg_advisory_xact_lock_shared(%d, 0)".formatted((int) table));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_prepared_transaction_that_appended_nothing_holds_nobody_back() {
        sql.asOwner("create table mine (id int)");
        String gid = prepare(() -> sql.run("insert into mine values (1)"));
        append("a");

        assertThat(reader.reads()).containsExactly(1L);
        end("rollback", gid);
    }

    @Test
    void a_prepared_transaction_that_appended_is_waited_for() {
        String gid = prepare(() -> append("a"));
        append("b");
        assertThat(reader.reads()).isEmpty();

        end("commit", gid);
        assertThat(reader.reads()).containsExactly(1L, 2L);
    }

    private String prepare(java.util.function.Supplier<?> work) {
        String gid = UUID.randomUUID().toString();
        Session session = Session.begin();
        session.does(work::get);
        session.does(() -> sql.run("prepare transaction '" + gid + "'"));
        session.rollback();
        return gid;
    }

    private static void end(String how, String gid) {
        try (Connection connection = PostgreSqlServer.shared().connect("public")) {
            execute(connection, how + " prepared '" + gid + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_append_after_a_rollback_to_a_savepoint_is_fenced_again() {
        Session late = Session.begin();
        late.does(() -> sql.run("savepoint before"));
        assertThat(appendIn(late, "a")).isEqualTo(1);
        late.does(() -> sql.run("rollback to savepoint before"));
        assertThat(appendIn(late, "b")).isEqualTo(2);
        append("c");

        assertThat(reader.reads()).isEmpty();
        late.commit();
        assertThat(reader.reads()).containsExactly(2L, 3L);
    }

    @Test
    void all_appends_of_a_transaction_share_one_fence() {
        Session bulk = Session.begin();
        for (int i = 0; i < 50; i++) {
            appendIn(bulk, "bulk" + i);
            append("between" + i);
        }
        long fences = Jta.committed(
                () -> sql.number(
                        "select count(*) from pg_locks where locktype = 'advisory' and classid = cast('meowmx_events' as regclass)"));

        assertThat(fences).isEqualTo(1);
        assertThat(reader.reads()).isEmpty();
        bulk.commit();
        assertThat(reader.reads()).hasSize(100).isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"repeatable read", "serializable"})
    void a_reader_in_a_stricter_transaction_is_refused(String isolation) {
        Session strict = Session.begin();
        strict.does(() -> sql.run("set transaction isolation level " + isolation));
        strict.does(() -> sql.number("select 1"));
        append("a");

        assertThatThrownBy(() -> strict.does(() -> events.readPage(LogQuery.all(), 10)))
                .isInstanceOfSatisfying(
                        IsolationException.class, e -> assertThat(e.isolation()).isEqualTo(isolation));
        assertThatThrownBy(() -> strict.does(() -> events.highWaterMark())).isInstanceOf(IsolationException.class);
        assertThat(strict.does(() -> events.read(StreamId.of("test", "a"))).isEmpty())
                .as("its own stream reads go on, with its own snapshot")
                .isTrue();
        strict.rollback();
    }

    @Test
    void a_mark_read_before_a_crash_means_nothing_after_it() {
        for (int i = 0; i < 5; i++) {
            append("a");
        }
        reader.reads();
        Session undone = Session.begin();
        appendIn(undone, "b");
        appendIn(undone, "b");
        undone.rollback();
        assertThat(events.highWaterMark()).isEqualTo(7);
        crashBringsTheSequenceBackTo(5);
        assertThat(events.highWaterMark()).isEqualTo(5);

        Session late = Session.begin();
        assertThat(appendIn(late, "c")).isEqualTo(6);
        append("d");
        assertThat(reader.reads()).isEmpty();
        late.commit();
        assertThat(reader.reads()).containsExactly(6L, 7L);
    }

    private void crashBringsTheSequenceBackTo(long position) {
        sql.asOwner("select setval('%s', %d)".formatted(SEQUENCE, position));
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 31) - 3, (1L << 32) - 3, (5L << 32) - 3, (1L << 40) + 7})
    void positions_beyond_32_bits_are_fenced_too(long last) {
        sql.asOwner("select setval('%s', %d)".formatted(SEQUENCE, last));
        assertThat(reader.reads()).isEmpty();
        Session late = Session.begin();
        assertThat(appendIn(late, "a")).isEqualTo(last + 1);
        for (int i = 0; i < 5; i++) {
            append("b");
        }
        assertThat(events.highWaterMark()).isEqualTo(last);
        assertThat(reader.reads()).isEmpty();

        late.commit();
        assertThat(reader.reads()).hasSize(6).startsWith(last + 1);
    }

    @Test
    void a_lock_of_the_one_number_form_is_no_fence() {
        long table = Jta.committed(
                () -> sql.number("select cast(cast(cast('meowmx_events' as regclass) as oid) as bigint)"));
        Session foreign = Session.begin();
        foreign.does(() -> sql.run("select pg_advisory_xact_lock(%d)".formatted(table << 32)));
        append("a");

        assertThat(reader.reads()).containsExactly(1L);
        foreign.rollback();
    }

    @Test
    void the_last_position_is_read_before_the_fences() throws Exception {
        makeAskingForTheLastPositionWaitForLock77();
        Session gate = Session.begin();
        gate.does(() -> sql.run("select pg_advisory_xact_lock(77)"));
        Session asking = Session.begin();
        asking.does(() -> sql.run("select set_config('search_path', current_schema() || ', pg_catalog', true)"));
        CompletableFuture<Long> mark = CompletableFuture.supplyAsync(() -> asking.does(events::highWaterMark));
        Awaitility.await()
                .until(() -> Jta.committed(() -> sql.number("select count(*) from pg_locks where not granted")) == 1);

        Session late = Session.begin();
        assertThat(appendIn(late, "a")).isEqualTo(1);
        assertThat(append("b")).isEqualTo(2);
        gate.rollback();

        assertThat(mark.get()).isZero();
        late.rollback();
        asking.rollback();
    }

    /** Affects only a session whose search path has the schema before PostgreSQL's own functions. */
    private void makeAskingForTheLastPositionWaitForLock77() {
        sql.asOwner("""
                create function pg_sequence_last_value(sequence regclass) returns bigint language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock(77);
                    return pg_catalog.pg_sequence_last_value(sequence);
                end $$""");
    }

    @Test
    void a_full_page_moves_a_reader_to_its_last_event_only() {
        for (int i = 0; i < 5; i++) {
            append("a");
        }
        LogPage page = events.readPage(LogQuery.all(), 2);

        assertThat(page.readTo()).isEqualTo(2);
        assertThat(page.highWaterMark()).isEqualTo(5);
    }

    @Test
    void sixteen_writers_with_random_delays_lose_no_event_to_a_reader() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        ConcurrentLinkedQueue<Long> committed = new ConcurrentLinkedQueue<>();
        AtomicInteger writing = new AtomicInteger(16);
        List<Long> seen = Collections.synchronizedList(reader.seen);
        AppendContract.together(17, thread -> {
            if (thread == 16) {
                while (writing.get() > 0) {
                    reader.reads();
                }
                return;
            }
            Random random = new Random(seed + thread);
            try {
                for (int i = 0; i < 60; i++) {
                    write(random, committed);
                }
            } finally {
                writing.decrementAndGet();
            }
        });
        reader.reads();

        assertThat(seen).isSorted().doesNotHaveDuplicates();
        assertThat(seen).hasSameSizeAs(committed).containsAll(committed);
    }

    /** One transaction of one to three appends, with delays between them, every fifth undone. */
    private void write(Random random, ConcurrentLinkedQueue<Long> committed) {
        boolean undone = random.nextInt(5) == 0;
        List<Long> positions = new ArrayList<>();
        Session session = Session.begin();
        for (int i = random.nextInt(3); i >= 0; i--) {
            positions.add(appendIn(session, "s" + random.nextInt()));
            LockSupport.parkNanos(random.nextInt(3_000_000));
        }
        if (undone) {
            session.rollback();
        } else {
            session.commit();
            committed.addAll(positions);
        }
    }
}
