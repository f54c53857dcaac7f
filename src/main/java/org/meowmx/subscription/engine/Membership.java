package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;

/**
 * This node's part among the others: it gives signs of life, and sees to it that the filters are what all of them ask for. The
 * one does not wait for the other: a filter is changed between turns, which may be long.
 */
@ApplicationScoped
class Membership {

    private static final Logger LOG = System.getLogger(Membership.class.getName());

    @Inject
    SubscriptionRegistry catalog;

    @Inject
    Nodes nodes;

    @Inject
    FilterReconciliation adoption;

    /** Of a sign of life, or of leave: a late sign would make the node known again. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile boolean joined;

    /** Makes this node known, and gives signs of life from now on. */
    List<ScheduledFuture<?>> begin(ScheduledExecutorService executor) {
        nodes.beat();
        joined = true;
        long millis = catalog.node().heartbeat().toMillis();
        return List.of(
                executor.scheduleWithFixedDelay(this::renew, millis, millis, TimeUnit.MILLISECONDS),
                executor.scheduleWithFixedDelay(this::adopt, 0, millis, TimeUnit.MILLISECONDS));
    }

    private void renew() {
        turn.lock();
        try {
            if (joined) {
                nodes.beat();
            }
        } catch (Throwable e) {
            LOG.log(Level.DEBUG, "No sign of life could be given; the next one is tried in time", e);
        } finally {
            turn.unlock();
        }
    }

    private void adopt() {
        try {
            adoption.adoptAll();
        } catch (Throwable e) {
            LOG.log(Level.DEBUG, "Filters could not be adopted; they are with the next sign of life", e);
        }
    }

    /**
     * Takes leave, so that no other node waits for this one; not where a sign of life has waited for the database for longer
     * than the limit.
     */
    void end(Duration limit) throws InterruptedException {
        if (!turn.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.log(Level.DEBUG, "No leave could be taken in time; the others will notice");
            return;
        }
        try {
            leave();
        } finally {
            turn.unlock();
        }
    }

    private void leave() {
        if (!joined) {
            return;
        }
        joined = false;
        try {
            nodes.leave();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "No leave could be taken; the others will notice", e);
        }
    }
}
