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
 * The background thread that takes snapshots, one after the other. Repeated requests for the same snapshot are merged.
 * If too many are waiting, further ones are dropped until they are requested again. It never throws.
 */
@ApplicationScoped
class SnapshotTaker {

    private static final Logger LOG = System.getLogger(SnapshotTaker.class.getName());

    /** The largest number of waiting requests; further ones are dropped. */
    static final int MOST = 1_000;

    private static final long NOBODY = 0;

    /** A suspended server may drop a task silently; after this time the taker no longer waits for it. */
    private static final long GIVEN_UP_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(10);

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    ManagedScheduledExecutorService executor;

    private final Map<Object, Runnable> waiting = new ConcurrentHashMap<>();

    /** When the worker began its current snapshot; {@link #NOBODY} if there is no worker. */
    private final AtomicLong working = new AtomicLong(NOBODY);

    private volatile boolean stopped;

    /** Creates the bean at start: on some servers only the application's own threads can look the executor up. */
    void start(@Observes Startup event) {}

    /**
     * Requests a snapshot.
     *
     * @param what the key of the snapshot; a request with the same key that still waits is kept instead
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
            LOG.log(Level.WARNING, "The snapshot of " + what + " failed; loads read its events until a later load requests a snapshot again", e);
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
