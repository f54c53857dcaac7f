package org.meowmx.faults;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.meowmx.server.FragilePostgreSql;
import org.meowmx.server.Signal;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscriptions;

/** Causes one fault after the other, in random order. Each fault ends before the next one begins. */
final class Mischief implements AutoCloseable {

    /** The kinds of faults. */
    enum Kind {
        BACKEND_TERMINATED,
        LISTENER_TERMINATED,
        NODE_KILLED,
        NODE_FROZEN,
        POSTGRESQL_KILLED,
        FOREIGN_TRANSACTION,
        SEGMENTS_CHANGED,
        MOVED_BACK
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Longer than a frozen node may keep its claims. */
    private static final Duration WHILE = Duration.ofSeconds(3);

    private static final int BACK = 2_000;
    private static final int MOST_SEGMENTS = 8;

    private final Trial trial;
    private final Subscriptions subscriptions;
    private final FragilePostgreSql postgreSql;
    private final Map<Kind, Integer> done = new EnumMap<>(Kind.class);
    private final Deque<Kind> next = new ArrayDeque<>();
    private NodeProcess victim;

    Mischief(Trial trial, Subscriptions subscriptions, FragilePostgreSql postgreSql) {
        this.trial = trial;
        this.subscriptions = subscriptions;
        this.postgreSql = postgreSql;
        this.victim = trial.node(Map.of());
    }

    /** The number of faults of each kind. */
    Map<Kind, Integer> done() {
        return done;
    }

    void strike() throws SQLException {
        Kind kind = next();
        switch (kind) {
            case BACKEND_TERMINATED -> terminate("true");
            case LISTENER_TERMINATED -> terminate("query like 'listen meowmx%'");
            case NODE_KILLED -> killNode();
            case NODE_FROZEN -> freezeNode();
            case POSTGRESQL_KILLED -> killPostgreSql();
            case FOREIGN_TRANSACTION -> holdForeignTransaction();
            case SEGMENTS_CHANGED -> changeSegments();
            case MOVED_BACK -> moveBack();
        }
        done.merge(kind, 1, Integer::sum);
    }

    /** The next kind. All kinds occur once in random order before one is repeated. */
    private Kind next() {
        if (next.isEmpty()) {
            List<Kind> all = Arrays.asList(Kind.values());
            Collections.shuffle(all, trial.random());
            next.addAll(all);
        }
        return next.pop();
    }

    private void terminate(String which) throws SQLException {
        trial.execute("""
                select pg_terminate_backend(pid) from (
                    select pid from pg_stat_activity
                    where application_name = current_schema() and pid <> pg_backend_pid() and %s
                    order by pid offset %d limit 1) victim""".formatted(which, trial.random().nextInt(3)));
    }

    private void killNode() {
        victim.kill();
        victim = trial.node(Map.of());
    }

    private void freezeNode() {
        if (!victim.isAlive()) {
            // a node that finds no database at its start ends
            victim = trial.node(Map.of());
        }
        victim.freeze();
        LockSupport.parkNanos(WHILE.toNanos());
        victim.thaw();
    }

    private void killPostgreSql() {
        postgreSql.end(trial.random().nextBoolean() ? Signal.KILL : Signal.QUIT);
        postgreSql.startAgain();
    }

    private void holdForeignTransaction() throws SQLException {
        try (Connection connection = trial.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");
            LockSupport.parkNanos(WHILE.toNanos());
            connection.rollback();
        }
    }

    private void changeSegments() {
        int segments = 1 + trial.random().nextInt(MOST_SEGMENTS);
        insist(() -> subscriptions.changeSegments(Readers.SHARED, segments));
    }

    private void moveBack() {
        insist(() -> subscriptions.pause(Readers.WHOLE));
        insist(() -> {
            long position = subscriptions.status(Readers.WHOLE).position();
            subscriptions.reposition(Readers.WHOLE, ReadFrom.after(Math.max(0, position - BACK)));
        });
        insist(() -> subscriptions.resume(Readers.WHOLE));
    }

    /** Repeats an operation, like an operator after a lost connection. */
    private static void insist(Runnable action) {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            action.run();
            return true;
        });
    }

    @Override
    public void close() throws IOException {
        victim.close();
    }
}
