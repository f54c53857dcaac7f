package org.meowmx.concurrent;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A poll that runs at an interval, and soon after it is woken. At most one run is in progress. */
public final class WakeablePoll {

    private final Coalesced polling;
    private final Duration interval;
    private final long pauseNanos;
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile long lastPoll;
    private volatile @Nullable Future<?> schedule;
    private volatile @Nullable Future<?> early;

    /**
     * @param poll the task; it must not throw
     * @param interval the pause between two regular runs
     * @param pause the shortest time between the beginnings of two woken runs: calls within it share one run
     */
    public WakeablePoll(Runnable poll, Duration interval, Duration pause) {
        this.polling = new Coalesced(poll);
        this.interval = interval;
        this.pauseNanos = pause.toNanos();
        this.lastPoll = System.nanoTime() - pauseNanos;
    }

    public void start(ScheduledExecutorService executor) {
        schedule = executor.scheduleWithFixedDelay(
                this::run, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs the poll soon, in a thread of the executor. Calls that arrive before then share one run. */
    public void wake(ScheduledExecutorService executor) {
        if (!woken.compareAndSet(false, true)) {
            return;
        }
        long wait = pauseNanos - (System.nanoTime() - lastPoll);
        try {
            if (wait <= 0) {
                executor.execute(this::run);
            } else {
                early = executor.schedule(this::run, wait, TimeUnit.NANOSECONDS);
            }
        } catch (RejectedExecutionException e) {
            woken.set(false);
        }
    }

    /** Runs the poll in this thread. If another thread is running it, that thread runs it once more. */
    public void run() {
        woken.set(false);
        lastPoll = System.nanoTime();
        polling.run();
    }

    /** Cancels the regular runs and a requested one. A run in progress ends normally. */
    public void stop() {
        cancel(schedule);
        cancel(early);
    }

    private static void cancel(@Nullable Future<?> run) {
        if (run != null) {
            run.cancel(false);
        }
    }
}
