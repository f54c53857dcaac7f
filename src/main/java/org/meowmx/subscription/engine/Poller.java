package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
import org.meowmx.AppendResult;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;

/**
 * Finds out with one query which segments have something to do, and lets a worker loose on each: at every tick, and when it is
 * woken. What this node appends goes to the segments that it knows even before that query. Never throws.
 */
final class Poller {

    private static final Logger LOG = System.getLogger(Poller.class.getName());
    private static final long FIRST_RETRY_MILLIS = 5;

    /** How long segments that this node does not know wait for an append of its own, while others are served. */
    private static final long SOON_MILLIS = 5;

    private final SubscriptionRegistry catalog;
    private final RecentlyActiveSegments familiar;
    private final Backlog backlog;
    private final SegmentWorker.Crew crew;
    private final ScheduledExecutorService executor;
    private final Duration interval;
    private final Set<Checkpoint.Key> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicBoolean soon = new AtomicBoolean();
    private final AtomicBoolean delayed = new AtomicBoolean();
    private final AtomicInteger ticks = new AtomicInteger();
    private final AtomicInteger fruitless = new AtomicInteger();
    private volatile boolean failing;

    Poller(
            SubscriptionRegistry catalog,
            Backlog backlog,
            SegmentWorker.Crew crew,
            ScheduledExecutorService executor,
            Duration interval) {
        this.catalog = catalog;
        this.familiar = new RecentlyActiveSegments(catalog);
        this.backlog = backlog;
        this.crew = crew;
        this.executor = executor;
        this.interval = interval;
    }

    /** Ticks from now on; the schedule ends with the executor or when it is cancelled. */
    ScheduledFuture<?> start() {
        return executor.scheduleWithFixedDelay(this::regularTick, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A server that is suspended may drop single tasks without a word; those that were to come are called anew from here on. */
    private void regularTick() {
        woken.set(false);
        soon.set(false);
        delayed.set(false);
        tick();
    }

    /** Looks as soon as a thread is free; many calls at a time are one. */
    void wake() {
        schedule(woken, 0);
    }

    /** Those of the familiar segments that ask for what this node is appending. */
    List<DueSegment> askingFor(List<AppendResult> results) {
        return familiar.askingFor(results);
    }

    /** This node has appended: serves the segments that ask for it at once and looks for others soon; looks at once if none asks. */
    void appended(List<DueSegment> asking) {
        asking.forEach(this::start);
        if (asking.isEmpty()) {
            wake();
        } else {
            schedule(soon, SOON_MILLIS);
        }
    }

    /** Looks a little later, beside any call to look at once. */
    private void wakeIn(long millis) {
        schedule(delayed, millis);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a tick never throws
    private void schedule(AtomicBoolean pending, long millis) {
        if (pending.compareAndSet(false, true)) {
            try {
                executor.schedule(
                        () -> {
                            pending.set(false);
                            tick();
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                pending.set(false);
            }
        }
    }

    /** Looks, unless another thread does: that one then looks once more. */
    private void tick() {
        if (crew.stopped().getAsBoolean() || ticks.getAndIncrement() > 0) {
            return;
        }
        int answered;
        do {
            answered = ticks.get();
            look();
        } while (!ticks.compareAndSet(answered, 0));
    }

    private void look() {
        crew.heartbeat().asking();
        try {
            backlog.due(catalog.names()).forEach(this::start);
            failing = false;
        } catch (Throwable e) {
            // told once: the database may be away for long
            LOG.log(failing ? Level.DEBUG : Level.WARNING, "Subscriptions cannot look for new events", e);
            failing = true;
        } finally {
            crew.heartbeat().answered();
        }
    }

    private void start(DueSegment segment) {
        if (running.add(segment.key())) {
            try {
                executor.execute(() -> run(segment));
            } catch (RejectedExecutionException e) {
                running.remove(segment.key());
            }
        }
    }

    private void run(DueSegment segment) {
        long handled = 0;
        try {
            String name = segment.subscription();
            handled = new SegmentWorker(catalog.subscription(name), catalog.settings(name), segment.key(), crew).run();
        } finally {
            familiar.visited(segment, handled);
            running.remove(segment.key());
            lookAgain(handled);
        }
    }

    /**
     * Something may have come while the worker was busy. When it found nothing although something was due, an append that has
     * not ended holds the mark back: look again soon, and later each time.
     */
    private void lookAgain(long handled) {
        if (crew.stopped().getAsBoolean()) {
            return;
        }
        if (handled > 0) {
            fruitless.set(0);
            wake();
        } else {
            long delay = FIRST_RETRY_MILLIS << Math.min(fruitless.getAndIncrement(), 10);
            if (delay < interval.toMillis()) {
                wakeIn(delay);
            }
        }
    }

    /**
     * Waits until no worker is at work.
     *
     * @return false when the time was over before
     */
    boolean awaitQuiet(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!running.isEmpty()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return true;
    }
}
