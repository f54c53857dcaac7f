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
import org.meowmx.subscription.engine.declaration.Backoff;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens for other nodes' signals on a connection of its own, for some seconds each time it is run. Where the driver's classes
 * are not to be seen it gives up, and the ticks remain. Where the node's own loop gets no thread or no connection, it leaves
 * both to it for a while: being told is worth less than to look at all.
 */
public final class SignalListener implements Runnable {

    private static final Logger LOG = System.getLogger(SignalListener.class.getName());

    /** A server that stops waits for the tasks at hand before it tells the application; Open Liberty for up to half a minute. */
    private static final Duration WATCH = Duration.ofSeconds(10);

    /** How long the node goes without being told after its loop had lacked what the telling takes. */
    private static final Duration RESPITE = Duration.ofMinutes(5);

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), WATCH);
    private static final int LOOK_UP_MILLIS = 200;

    private final DataSource dataSource;
    private final String channel;
    private final Signals signals;
    private final Loop loop;
    private final Semaphore listening = new Semaphore(1);
    private Deadline respite = Deadline.after(Duration.ZERO);
    private int failures;
    private boolean hopeless;

    public SignalListener(DataSource dataSource, String channel, Signals signals, Loop loop) {
        this.dataSource = dataSource;
        this.channel = channel;
        this.signals = signals;
        this.loop = loop;
    }

    /**
     * The loop that is told.
     *
     * @param wake makes it look
     * @param starved whether it has not come round for so long that it seems to lack a thread or a connection
     * @param stopped whether it has ended
     */
    public record Loop(Runnable wake, BooleanSupplier starved, BooleanSupplier stopped) {

        boolean isToBeTold() {
            return !stopped.getAsBoolean() && !starved.getAsBoolean();
        }
    }

    /** A moment by a clock that does not jump. */
    private record Deadline(long nanos) {

        static Deadline after(Duration time) {
            return new Deadline(System.nanoTime() + time.toNanos());
        }

        boolean isOver() {
            return System.nanoTime() - nanos >= 0;
        }
    }

    /** Listens for some seconds; to be called again at once. Never throws. */
    @Override
    public void run() {
        if (hopeless || !respite.isOver() || !listening.tryAcquire()) {
            return;
        }
        try {
            Deadline end = Deadline.after(WATCH);
            while (loop.isToBeTold() && !end.isOver()) {
                listenUntil(end);
            }
        } catch (LinkageError e) {
            hopeless = true;
            LOG.log(
                    Level.WARNING,
                    "The PostgreSQL driver's classes cannot be seen; other nodes' events are found by polling alone: {0}",
                    e.toString());
        } finally {
            listening.release();
        }
        if (loop.starved().getAsBoolean() && !loop.stopped().getAsBoolean()) {
            respite = Deadline.after(RESPITE);
            LOG.log(
                    Level.WARNING,
                    "Subscriptions get no thread or no connection: the ones that listen for other nodes are given back for a "
                            + "while. Enlarge the pool of connections and the executor, or set meowmx.subscription.notify=false");
        }
    }

    private void listenUntil(Deadline end) {
        try (Connection connection = dataSource.getConnection()) {
            PGConnection postgreSql = connection.unwrap(PGConnection.class);
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen " + channel);
            }
            failures = 0;
            // what was signalled while nobody listened
            loop.wake().run();
            listen(postgreSql, end);
            try (Statement statement = connection.createStatement()) {
                statement.execute("unlisten " + channel);
            }
        } catch (SQLException | RuntimeException e) {
            failures++;
            LOG.log(
                    failures == 1 ? Level.WARNING : Level.DEBUG,
                    "The connection that listens for other nodes is lost",
                    e);
            pause(end);
        }
    }

    private void listen(PGConnection connection, Deadline end) throws SQLException {
        while (loop.isToBeTold() && !end.isOver()) {
            PGNotification[] received = connection.getNotifications(LOOK_UP_MILLIS);
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
        while (loop.isToBeTold() && !over.isOver() && !end.isOver()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_UP_MILLIS));
        }
    }

    /** Waits until the connection is given back. */
    public void awaitEnd(Duration limit) throws InterruptedException {
        if (!listening.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.log(Level.WARNING, "The connection that listens for other nodes was not given back within {0}", limit);
        }
    }
}
