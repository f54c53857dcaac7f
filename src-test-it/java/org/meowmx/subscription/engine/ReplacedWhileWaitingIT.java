package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.server.WatchedConnection;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.ClaimTransaction;
import org.postgresql.ds.PGSimpleDataSource;

/** The checkpoints for which a replay waits are replaced, and the new ones move before the replay locks them. */
@MeowmxTest(
        beans = {ReplacedWhileWaitingIT.Handler.class, Sql.class},
        database = ReplacedWhileWaitingIT.Database.class)
class ReplacedWhileWaitingIT {

    private static final StreamId STREAM = StreamId.of("test", 1L);

    /** Runs before the second of two statements that lock all checkpoints of a subscription. */
    private static final AtomicReference<Runnable> BETWEEN = new AtomicReference<>(() -> {});

    private static final AtomicInteger LOCKS = new AtomicInteger();

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    ClaimTransaction claimTransaction;

    @Inject
    Sql sql;

    @ApplicationScoped
    static class Handler {

        private final AtomicInteger handled = new AtomicInteger();

        void on(@Observes @Subscribed("list") RecordedEvent event) {
            handled.incrementAndGet();
        }

        int handled() {
            return handled.get();
        }
    }

    @Inject
    Handler handler;

    /** A database whose locks are counted. */
    public static class Database extends PostgreSqlDatabase {

        @Override
        protected Class<?> provider() {
            return LockCounting.class;
        }
    }

    /** Its data source. */
    public static class LockCounting extends PGSimpleDataSource {

        private static final long serialVersionUID = 1L;

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return WatchedConnection.of(super.getConnection(user, password), (step, execution) -> {
                if (step.sql().endsWith("order by first_slice for update") && LOCKS.incrementAndGet() == 2) {
                    BETWEEN.get().run();
                }
                return execution.run();
            });
        }
    }

    private void move() {
        claimTransaction.run(() ->
                sql.run("update meowmx_checkpoints set position = 2, live_after = 2, lock_version = lock_version + 1"));
    }

    /** Replaces checkpoints as a node does that changes segments, and commits when the other work waits for it. */
    private void replaceCheckpointsWhile(Runnable other) {
        claimTransaction.run(() -> {
            sql.run("create temporary table kept on commit drop as select * from meowmx_checkpoints");
            sql.run("delete from meowmx_checkpoints");
            sql.run("insert into meowmx_checkpoints select * from kept");
            other.run();
            Awaitility.await()
                    .pollInSameThread()
                    .until(() -> sql.number("select count(*) from pg_locks where not granted") > 0);
            return true;
        });
    }

    @Test
    void a_replay_moves_the_new_ones_from_wherever_they_are() {
        events.append(STREAM, any(), Collections.nCopies(2, NewEvent.of("noted", "{}")));
        BETWEEN.set(this::move);

        AtomicReference<CompletableFuture<Long>> replay = new AtomicReference<>();
        replaceCheckpointsWhile(() -> replay.set(CompletableFuture.supplyAsync(() -> subscriptions.replay("list"))));
        replay.get().join();

        assertThat(LOCKS).hasValue(2);
        assertThat(subscriptions.catchUp("list")).isEqualTo(2);
        assertThat(handler.handled()).isEqualTo(2);
    }
}
