package org.meowmx.rest.worker;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meowmx.LogGrowth;
import org.meowmx.concurrent.JvmShutdown;
import org.meowmx.concurrent.Outage;
import org.meowmx.concurrent.WakeablePoll;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemMapper;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.subscription.lease.Lease;
import org.meowmx.subscription.lease.LeaseDelivery;
import org.meowmx.subscription.lease.LeaseRequest;

/**
 * All requests for leases that wait on this node. One task at a time polls for work and leases pages. It runs after an append or the
 * end of a lease on this node, and at an interval. Pages are written by other tasks, because a client that takes no
 * data holds the thread that writes to it.
 */
@ApplicationScoped
@ManagedExecutorDefinition(name = WaitingWorkers.WRITERS, maxAsync = WaitingWorkers.MOST_WRITERS)
class WaitingWorkers {

    static final String WRITERS = "java:module/concurrent/meowmx-workers";
    static final int MOST_WRITERS = 16;

    private static final Logger LOG = System.getLogger(WaitingWorkers.class.getName());
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** The shortest time between two polls. Appends within it share one. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** If a page waits for a writer for more than a quarter of its lease, the lease is given back. */
    private static final int LARGEST_PART = 4;

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    ManagedScheduledExecutorService executor;

    @Resource(lookup = WRITERS)
    ManagedExecutorService writers;

    @Inject
    LeaseDelivery leases;

    @Inject
    Settings settings;

    private final Queue<WaitingWorker> waiting = new ConcurrentLinkedQueue<>();
    private final WakeablePoll poll = new WakeablePoll(this::pollOnce, INTERVAL, PAUSE);
    private volatile @Nullable JvmShutdown jvmShutdown;
    private volatile boolean stopped;

    /** How many answers are being written. */
    private final AtomicInteger writing = new AtomicInteger();

    LongSupplier nanoTime = System::nanoTime;
    private final Outage outage = new Outage(
            LOG,
            "Could not poll for work for waiting workers. They wait, and the poll is repeated every %d ms. Check that the database is reachable"
                    .formatted(INTERVAL.toMillis()),
            "Waiting workers get leases again");

    void start(@Observes Startup event) {
        jvmShutdown = JvmShutdown.run(this::answerAll);
        poll.start(executor);
    }

    void stop(@Observes Shutdown event) {
        poll.stop();
        JvmShutdown forgotten = jvmShutdown;
        if (forgotten != null) {
            forgotten.close();
        }
        stopped = true;
        poll.run();
    }

    /** Answers all requests in a thread of the server, because the shutdown thread has no context. */
    private void answerAll() {
        stopped = true;
        wake();
    }

    /**
     * A request that may wait.
     *
     * @throws ProblemException if the server is stopping
     */
    WaitingWorker begin(String subscription, LeaseRequest request, Duration wait, Reply answer) {
        if (stopped) {
            throw new ProblemException(stopping());
        }
        return new WaitingWorker(subscription, request, wait, answer, lease -> giveBack(subscription, lease));
    }

    private static Problem stopping() {
        return Problem.of(ProblemType.UNAVAILABLE, "The server is stopping");
    }

    /** Whether a request for a lease of this subscription waits already. Later requests must wait after it. */
    boolean isAwaited(String subscription) {
        return waiting.stream().anyMatch(worker -> worker.subscription().equals(subscription));
    }

    /**
     * Lets a request wait for an event.
     *
     * @throws ProblemException if too many requests wait
     */
    void add(WaitingWorker worker) {
        int most = settings.get(Keys.WORKERS_MAX_WAITING);
        if (waiting.size() >= most) {
            throw new ProblemException(Problem.of(
                    ProblemType.UNAVAILABLE,
                    "%d workers already wait on this node. Try again later, use another node, or let the operator raise meowmx.rest.workers.max-waiting"
                            .formatted(most)));
        }
        waiting.add(worker);
        if (stopped && waiting.remove(worker)) {
            // the last poll may have ended before the request was added
            worker.send(stopping());
        }
        wake();
    }

    private void giveBack(String subscription, UUID lease) {
        try {
            leases.giveBack(subscription, lease);
            wake();
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "A page of subscription '%s' could not be sent, and its lease could not be given back. The lease expires, which counts as a failure"
                            .formatted(subscription),
                    e);
        }
    }

    void grown(@Observes LogGrowth growth) {
        wake();
    }

    /** Polls soon. Calls that arrive before then share one poll. */
    void wake() {
        if (!waiting.isEmpty()) {
            poll.wake(executor);
        }
    }

    private void pollOnce() {
        try {
            waiting.removeIf(WaitingWorker::isGone);
            endOver();
            if (!waiting.isEmpty()) {
                Set<String> names =
                        waiting.stream().map(WaitingWorker::subscription).collect(Collectors.toSet());
                leases.withWork(names).forEach(this::serve);
                outage.worked();
            }
        } catch (Throwable e) {
            outage.failed(e);
        }
    }

    /** Answers the requests whose wait is over, or all of them if the server is stopping. */
    private void endOver() {
        for (WaitingWorker worker : List.copyOf(waiting)) {
            if ((stopped || worker.isOver()) && waiting.remove(worker)) {
                if (stopped) {
                    worker.send(stopping());
                } else {
                    worker.sendNothing();
                }
            }
        }
    }

    private void serve(String subscription, Set<Integer> segments) {
        for (WaitingWorker worker : List.copyOf(waiting)) {
            if (worker.subscription().equals(subscription) && !worker.isGone()) {
                if (!serve(worker, segments)) {
                    return;
                }
                waiting.remove(worker);
            }
        }
    }

    /** Returns false if there is nothing to lease. Also if no writer is free, because a lease must not run while its page waits. */
    private boolean serve(WaitingWorker worker, Set<Integer> segments) {
        if (writing.get() >= MOST_WRITERS) {
            return false;
        }
        try {
            Optional<Lease> lease = leases.lease(worker.subscription(), segments, worker.request());
            lease.ifPresent(page -> send(worker, page));
            return lease.isPresent();
        } catch (RuntimeException e) {
            worker.send(ProblemMapper.problem(e));
            return true;
        }
    }

    private void send(WaitingWorker worker, Lease lease) {
        long leased = nanoTime.getAsLong();
        writing.incrementAndGet();
        try {
            writers.execute(() -> {
                try {
                    write(worker, lease, leased);
                } finally {
                    written();
                }
            });
        } catch (RejectedExecutionException e) {
            written();
            giveBack(worker.subscription(), lease.id());
            worker.send(stopping());
        }
    }

    private void written() {
        if (writing.getAndDecrement() == MOST_WRITERS) {
            wake();
        }
    }

    private void write(WaitingWorker worker, Lease lease, long leased) {
        if (nanoTime.getAsLong() - leased > worker.request().duration().toNanos() / LARGEST_PART) {
            giveBack(worker.subscription(), lease.id());
            worker.sendNothing();
        } else {
            worker.offer(lease);
        }
    }
}
