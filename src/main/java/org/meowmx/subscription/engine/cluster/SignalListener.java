package org.meowmx.subscription.engine.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.meowmx.concurrent.Outage;
import org.meowmx.subscription.engine.declaration.Backoff;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens for the signals of other nodes on a connection of its own, for some seconds in each run.
 *
 * <p>If the application cannot see the driver's classes, or a pooler gives the listener's session to others, it stops, and only polling
 * finds the events of other nodes. If the poll loop of this node gets no thread, no connection or no answer, the listener releases its
 * own thread and connection, because polling is more important than early wake-ups. It listens again when the loop works and a pause is
 * over. If this repeats, the pause grows.
 */
public final class SignalListener implements Runnable {

    private static final Logger LOG = System.getLogger(SignalListener.class.getName());

    /**
     * A server that is stopped by its own command, not by a signal, waits for running tasks before it notifies the
     * application. Open Liberty waits up to 30 seconds.
     */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(3);

    /** The pause of the listener if the poll loop lacks a thread or a connection. */
    private static final Backoff BREAK = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));

    /** After this time without a break, the next one is short again. */
    private static final Duration CALM = Duration.ofMinutes(1);

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), LONGEST_RUN);
    private static final int CHECK_MILLIS = 200;

    private final DataSource dataSource;
    private final String channel;
    private final Signals signals;
    private final Loop loop;
    private final Outage outage = new Outage(
            LOG,
            "The connection that listens for other nodes was lost. It will be opened again; meanwhile polling finds the events of other nodes",
            "The connection that listens for other nodes is open again");

    private final Semaphore listening = new Semaphore(1);
    private Deadline breakEnd = Deadline.after(Duration.ZERO);
    private Deadline calm = Deadline.after(Duration.ZERO);
    private int breaks;
    private int failures;
    private boolean checked;
    private boolean useless;

    public SignalListener(DataSource dataSource, String channel, Signals signals, Loop loop) {
        this.dataSource = dataSource;
        this.channel = channel;
        this.signals = signals;
        this.loop = loop;
    }

    /**
     * The poll loop that is woken.
     *
     * @param wake makes it poll
     * @param starved whether it is so late that it probably lacks a thread, a connection or an answer of the database
     * @param querying whether its query has begun and not ended
     * @param stopped whether it has ended
     */
    public record Loop(Runnable wake, BooleanSupplier starved, BooleanSupplier querying, BooleanSupplier stopped) {

        boolean isReceptive() {
            return !stopped.getAsBoolean() && !starved.getAsBoolean();
        }
    }

    /** A time of the monotonic clock. */
    private record Deadline(long nanos) {

        static Deadline after(Duration time) {
            return new Deadline(System.nanoTime() + time.toNanos());
        }

        boolean isOver() {
            return System.nanoTime() - nanos >= 0;
        }
    }

    /** Listens for some seconds. The caller repeats it after a short pause. Never throws. */
    @Override
    public void run() {
        if (useless || !loop.isReceptive() || !breakEnd.isOver() || !listening.tryAcquire()) {
            return;
        }
        try {
            Deadline end = Deadline.after(LONGEST_RUN);
            while (loop.isReceptive() && !useless && !end.isOver()) {
                listenUntil(end);
            }
        } catch (LinkageError e) {
            useless = true;
            LOG.log(
                    Level.WARNING,
                    "The listener for other nodes failed, because the application cannot see the classes of the PostgreSQL driver. "
                            + "It is off until the next start, and only polling finds the events of other nodes. "
                            + "For immediate wake-ups, make the driver visible to the application",
                    e);
        } finally {
            listening.release();
        }
        if (loop.starved().getAsBoolean() && !loop.stopped().getAsBoolean()) {
            takeBreak();
        }
    }

    private void takeBreak() {
        breaks = calm.isOver() ? 1 : breaks + 1;
        Duration pause = BREAK.after(breaks, ThreadLocalRandom.current());
        breakEnd = Deadline.after(pause);
        calm = Deadline.after(pause.plus(CALM));
        String cause = loop.querying().getAsBoolean()
                ? "The poll loop waits for a connection from the pool or for the answer of the database"
                : "The poll loop gets no thread from the executor";
        String remedy = loop.querying().getAsBoolean()
                ? "If PostgreSQL answers others meanwhile, enlarge the connection pool, or set meowmx.subscription.notify=false"
                : "Enlarge the executor, or set meowmx.subscription.notify=false";
        LOG.log(
                breaks == 1 ? Level.WARNING : Level.DEBUG,
                "{0}, so the listener for other nodes releases its own connection. It listens again when the poll loop works, in {1} at the earliest. {2}",
                cause,
                pause,
                remedy);
    }

    private void listenUntil(Deadline end) {
        try (Connection connection = dataSource.getConnection()) {
            PGConnection postgreSql = connection.unwrap(PGConnection.class);
            if (!checked) {
                useless = signals.switchOffIfShared(connection);
                checked = true;
            }
            if (useless) {
                return;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen " + channel);
            }
            failures = 0;
            outage.worked();
            // signals that were sent while this node did not listen are lost
            loop.wake().run();
            listen(postgreSql, end);
            try (Statement statement = connection.createStatement()) {
                statement.execute("unlisten " + channel);
            }
        } catch (SQLException | RuntimeException e) {
            failures++;
            checked = false;
            outage.failed(e);
            pause(end);
        }
    }

    private void listen(PGConnection connection, Deadline end) throws SQLException {
        while (loop.isReceptive() && !end.isOver()) {
            PGNotification[] received = connection.getNotifications(CHECK_MILLIS);
            if (received == null) {
                continue;
            }
            for (PGNotification signal : received) {
                if (!signals.isOwn(signal.getParameter())) {
                    loop.wake().run();
                }
            }
        }
    }

    private void pause(Deadline end) {
        Deadline over = Deadline.after(BACKOFF.after(failures, ThreadLocalRandom.current()));
        while (loop.isReceptive() && !over.isOver() && !end.isOver()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(CHECK_MILLIS));
        }
    }

    /** Waits until the connection is closed. */
    public void awaitEnd(Duration limit) throws InterruptedException {
        if (!listening.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.log(
                    Level.WARNING,
                    "The connection that listens for other nodes was not closed within {0}; the server closes it with its pool",
                    limit);
        }
    }
}
