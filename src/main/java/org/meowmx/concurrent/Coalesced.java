package org.meowmx.concurrent;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A task that many threads may request at the same time.
 *
 * <p>At most one run is in progress. A request during a run returns at once and causes one further run when the current
 * one has ended. Several requests during a run share that further run. So a complete run begins after every request,
 * and a burst of requests costs two runs at most.
 */
public final class Coalesced implements Runnable {

    private final Runnable task;

    /** The requests since the task was last idle. Zero means that no thread runs the task. */
    private final AtomicInteger requests = new AtomicInteger();

    /** @param task the task; it must not throw, because a run that throws is never counted as ended */
    public Coalesced(Runnable task) {
        this.task = task;
    }

    /** Runs the task in this thread. If another thread is running it, that thread runs it once more. */
    @Override
    public void run() {
        if (requests.getAndIncrement() > 0) {
            return;
        }
        int served;
        do {
            // a request after this line may be too late for this run
            served = requests.get();
            task.run();
        } while (!requests.compareAndSet(served, 0));
    }
}
