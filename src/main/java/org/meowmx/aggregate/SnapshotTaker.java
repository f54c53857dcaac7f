package org.meowmx.aggregate;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes snapshots in a thread of the server, one after the other: what is asked for several times is taken once, what is too
 * much is left until it is asked for again. Never throws.
 */
@ApplicationScoped
class SnapshotTaker {

    private static final Logger LOG = System.getLogger(SnapshotTaker.class.getName());

    /** How many may wait. */
    static final int MOST = 1_000;

    private static final long NOBODY = 0;

    /** A server that is suspended may drop a task without a word; it is then given up. */
    private static final long GIVEN_UP_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(10);

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    ManagedScheduledExecutorService executor;

    private final Map<Object, Runnable> waiting = new ConcurrentHashMap<>();

    /** When the worker last began something, never {@link #NOBODY} while there is one. */
    private final AtomicLong working = new AtomicLong(NOBODY);

    private volatile boolean stopped;

    /** Made when the application starts: some servers find the executor only from the application's own threads. */
    void start(@Observes Startup event) {}

    /**
     * Takes a snapshot some time soon.
     *
     * @param what of which thing; asked for again while it waits, it is taken once
     */
    void ask(Object what, Runnable snapshot) {
        if (stopped) {
            return;
        }
        if (waiting.size() < MOST) {
            waiting.putIfAbsent(what, snapshot);
        }
        work();
    }

    private void work() {
        long before = working.get();
        long now = now();
        boolean free = before == NOBODY || now - before > GIVEN_UP_NANOS;
        if (free && working.compareAndSet(before, now)) {
            try {
                executor.execute(this::takeAll);
            } catch (RejectedExecutionException e) {
                working.set(NOBODY);
            }
        }
    }

    private static long now() {
        return System.nanoTime() | 1;
    }

    private void takeAll() {
        try {
            waiting.keySet().forEach(this::take);
        } finally {
            working.set(NOBODY);
        }
        if (!waiting.isEmpty()) {
            work();
        }
    }

    private void take(Object what) {
        Runnable snapshot = waiting.remove(what);
        if (snapshot == null || stopped) {
            return;
        }
        working.set(now());
        try {
            snapshot.run();
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "No snapshot of " + what + " could be taken; loading it reads its events", e);
        }
    }

    void stop(@Observes Shutdown event) {
        stopped = true;
        waiting.clear();
        long deadline = System.nanoTime() + STOP_NANOS;
        while (working.get() != NOBODY && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
