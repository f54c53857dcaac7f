package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.meowmx.LogGrowth;
import org.meowmx.concurrent.Coalesced;
import org.meowmx.concurrent.Outage;

/**
 * The poll loop of a node. One query finds the segments of all subscriptions that have work, and a worker is started
 * for each.
 *
 * <p>The query runs at a fixed interval and whenever the poller is woken. After an append of this node, workers for the
 * recently active segments start at once, before any query. Never throws.
 */
final class Poller {

    private static final Logger LOG = System.getLogger(Poller.class.getName());
    private static final long FIRST_DELAY_MILLIS = 5;

    /**
     * The delay of the poll for other segments, after an append of this node that starts workers of recently active
     * segments.
     */
    private static final long SOON_MILLIS = 5;

    private final Supplier<List<DueSegment>> query;
    private final Predicate<Checkpoint.Key> waits;
    private final Worker worker;
    private final RecentlyActiveSegments recentlyActive;
    private final ScheduledExecutorService executor;
    private final Duration interval;

    /** At most one thread runs the query. A request during it must cause one more query, which may see newer events. */
    private final Coalesced poll = new Coalesced(this::poll);

    // The three kinds of scheduled polls are independent: a poll that is due later must not swallow a request to poll
    // at once.
    private final ScheduledPoll atOnce = new ScheduledPoll();
    private final ScheduledPoll soon = new ScheduledPoll();
    private final ScheduledPoll later = new ScheduledPoll();

    /** The segments with a worker on this node: a second worker could only fail to claim the same row. */
    private final Set<Checkpoint.Key> running = ConcurrentHashMap.newKeySet();

    /** The number of workers in a row that have handled nothing. It determines the delay of the next poll. */
    private final AtomicInteger emptyRuns = new AtomicInteger();

    private final Outage outage;
    private volatile boolean stopped;

    /**
     * @param query finds the segments that have work
     * @param waits whether a segment must not be worked on now, although the query found it
     */
    Poller(
            Supplier<List<DueSegment>> query,
            Predicate<Checkpoint.Key> waits,
            Worker worker,
            RecentlyActiveSegments recentlyActive,
            ScheduledExecutorService executor,
            Duration interval) {
        this.query = query;
        this.waits = waits;
        this.worker = worker;
        this.recentlyActive = recentlyActive;
        this.executor = executor;
        this.interval = interval;
        this.outage = new Outage(
                LOG,
                "The poll for new events failed. Subscriptions of this node wait, and the poll is repeated every %s. Check that the database is reachable"
                        .formatted(interval),
                "The poll for new events works again, and subscriptions of this node continue");
    }

    /** Works on a segment until nothing is left, or the poller is stopped. Never throws. */
    interface Worker {
        Result work(DueSegment segment, BooleanSupplier stopped);
    }

    /**
     * The result of a worker.
     *
     * @param handled how many events were handled
     * @param follows whether the segment has read as far as the serving version of its projection
     */
    record Result(long handled, boolean follows) {

        static final Result NOTHING = new Result(0, false);
    }

    /** A poll that is scheduled at most once at a time, however often it is requested. */
    private final class ScheduledPoll {

        private final AtomicBoolean pending = new AtomicBoolean();

        @SuppressWarnings("FutureReturnValueIgnored") // a poll never throws
        void request(long delayMillis) {
            if (pending.compareAndSet(false, true)) {
                try {
                    executor.schedule(this::run, delayMillis, TimeUnit.MILLISECONDS);
                } catch (RejectedExecutionException e) {
                    // the server is stopping
                    pending.set(false);
                }
            }
        }

        /** Clears the flag first: a request during the query must be able to schedule another one. */
        private void run() {
            pending.set(false);
            pollUnlessStopped();
        }

        /** Forgets a scheduled poll that may have been lost. */
        void reset() {
            pending.set(false);
        }
    }

    /** Polls at the interval from now on; the schedule ends when it is cancelled, or with the executor. */
    ScheduledFuture<?> start() {
        return executor.scheduleWithFixedDelay(this::regularPoll, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A suspended server may drop single tasks silently, so the regular poll allows them to be scheduled again. */
    private void regularPoll() {
        atOnce.reset();
        soon.reset();
        later.reset();
        pollUnlessStopped();
    }

    /** Starts no further query and no further turn. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Polls as soon as a thread is free. Calls that arrive before then share one poll. */
    void wake() {
        atOnce.request(0);
    }

    /**
     * Reacts to a commit of this node: the workers of the recently active segments that request the new events start at once.
     * If there are any, the poll for other segments starts a little later, so it does not compete with them.
     */
    void appended(List<LogGrowth.Added> added) {
        List<DueSegment> requesting = recentlyActive.requesting(added);
        requesting.forEach(this::startWorker);
        if (requesting.isEmpty()) {
            wake();
        } else {
            soon.request(SOON_MILLIS);
        }
    }

    private void pollUnlessStopped() {
        if (!stopped) {
            poll.run();
        }
    }

    private void poll() {
        try {
            query.get().forEach(this::startWorker);
            outage.worked();
        } catch (Throwable e) {
            outage.failed(e);
        }
    }

    private void startWorker(DueSegment segment) {
        if (!waits.test(segment.key()) && running.add(segment.key())) {
            try {
                executor.execute(() -> work(segment));
            } catch (RejectedExecutionException e) {
                running.remove(segment.key());
            }
        }
    }

    private void work(DueSegment segment) {
        Result result = Result.NOTHING;
        try {
            result = worker.work(segment, this::isStopped);
        } finally {
            recentlyActive.workerEnded(segment, result.handled());
            running.remove(segment.key());
            pollAgain(result);
        }
    }

    /**
     * Polls once more, because events may have arrived while the worker was busy. If a worker finds nothing although
     * its segment was due, an open append holds back the high-water mark. The next poll then starts soon, with a longer
     * delay each time. A version that follows the serving one waits for that version, not for an append.
     */
    private void pollAgain(Result result) {
        if (stopped) {
            return;
        }
        if (result.handled() > 0) {
            emptyRuns.set(0);
            wake();
        } else if (!result.follows()) {
            long delay = FIRST_DELAY_MILLIS << Math.min(emptyRuns.getAndIncrement(), 10);
            if (delay < interval.toMillis()) {
                later.request(delay);
            }
        }
    }

    /**
     * Waits until no worker runs.
     *
     * @return the segments whose workers still run when the time limit is reached; empty if all have ended
     */
    Set<Checkpoint.Key> awaitQuiet(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Set<Checkpoint.Key> busy = Set.copyOf(running);
        while (!busy.isEmpty() && System.nanoTime() <= deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            busy = Set.copyOf(running);
        }
        return busy;
    }
}
