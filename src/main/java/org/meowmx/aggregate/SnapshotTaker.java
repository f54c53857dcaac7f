package org.meowmx.aggregate;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The background thread that takes snapshots, one after the other. Repeated requests for the same snapshot are merged.
 * If too many are waiting, further ones are dropped until they are requested again. It never throws.
 */
final class SnapshotTaker {

    private static final Logger LOG = System.getLogger(SnapshotTaker.class.getName());

    /** The largest number of waiting requests; further ones are dropped. */
    static final int MOST = 1_000;

    private static final long NOBODY = 0;

    /** A suspended server may drop a task silently; after this time the taker no longer waits for it. */
    private static final long GIVEN_UP_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Executor executor;
    private final Map<Object, Runnable> waiting = new ConcurrentHashMap<>();

    /** When the worker began its current snapshot; {@link #NOBODY} if there is no worker. */
    private final AtomicLong working = new AtomicLong(NOBODY);

    private volatile boolean stopped;

    SnapshotTaker(Executor executor) {
        this.executor = executor;
    }

    /**
     * Requests a snapshot.
     *
     * @param what the key of the snapshot. If a request with this key is waiting, the new one is dropped
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
            LOG.log(
                    Level.WARNING,
                    "The snapshot of " + what
                            + " failed; loads read its events until a later load requests a snapshot again",
                    e);
        }
    }

    /** Drops the waiting requests, and waits at most 10 seconds for the current snapshot. */
    void stop() {
        stopped = true;
        waiting.clear();
        long deadline = System.nanoTime() + STOP_NANOS;
        while (working.get() != NOBODY && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
