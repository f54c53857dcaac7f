package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.meowmx.EventStore;
import org.meowmx.concurrent.Outage;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;

/**
 * Registers this node with its peers: sends heartbeats, reconciles filters, and deregisters the node at the end.
 *
 * <p>Heartbeat and reconciliation have separate schedules. A change of a filter waits for running turns, which must not
 * delay a heartbeat.
 */
final class NodeRegistration {

    private static final Logger LOG = System.getLogger(NodeRegistration.class.getName());

    private final SubscriptionRegistry registry;
    private final Nodes nodes;
    private final FilterReconciliation reconciliation;
    private final SubscriptionCreation creation;
    private final EventStore events;

    /**
     * Held while the row of this node is written. Without it, a late heartbeat could register the node again, and
     * filters could be lost.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private final Outage heartbeats = new Outage(
            LOG,
            "The heartbeat failed; it is repeated after meowmx.subscription.heartbeat. After three missed heartbeats, peers treat this node as stopped. Check that the database is reachable",
            "The heartbeat works again");

    private final Outage reconciliations = new Outage(
            LOG,
            "Could not reconcile the filters of subscriptions with other nodes. The next heartbeat tries again. Until then, this node does not run subscriptions whose stored filter differs from its own. Check that the database is reachable",
            "The filters of subscriptions are reconciled with other nodes again");

    private volatile boolean registered;

    /** @param events its status is read with each heartbeat, so that the store notices a sequence that was set back */
    NodeRegistration(
            SubscriptionRegistry registry,
            Nodes nodes,
            FilterReconciliation reconciliation,
            SubscriptionCreation creation,
            EventStore events) {
        this.registry = registry;
        this.nodes = nodes;
        this.reconciliation = reconciliation;
        this.creation = creation;
        this.events = events;
    }

    /** Registers this node, and schedules its heartbeats. */
    List<ScheduledFuture<?>> start(ScheduledExecutorService executor) {
        lock.lock();
        try {
            nodes.sendHeartbeat();
            registered = true;
        } finally {
            lock.unlock();
        }
        long millis = registry.node().heartbeat().toMillis();
        return List.of(
                executor.scheduleWithFixedDelay(this::sendHeartbeat, millis, millis, TimeUnit.MILLISECONDS),
                executor.scheduleWithFixedDelay(this::reconcileFilters, 0, millis, TimeUnit.MILLISECONDS));
    }

    private void sendHeartbeat() {
        lock.lock();
        try {
            if (registered) {
                nodes.sendHeartbeat();
                events.status();
            }
            heartbeats.worked();
        } catch (Throwable e) {
            heartbeats.failed(e);
        } finally {
            lock.unlock();
        }
    }

    /** Stores the filters of this node again, because a subscription was declared or has ended at run time. */
    void publishFilters() {
        lock.lock();
        try {
            if (registered) {
                nodes.publishFilters();
            }
        } finally {
            lock.unlock();
        }
    }

    private void reconcileFilters() {
        try {
            creation.createLost();
            reconciliation.reconcileAll();
            reconciliations.worked();
        } catch (Throwable e) {
            reconciliations.failed(e);
        }
    }

    /**
     * Deregisters this node, so that no peer waits for it.
     *
     * @param limit how long to wait for a heartbeat that is in progress
     */
    void stop(Duration limit) throws InterruptedException {
        if (!lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.log(Level.DEBUG, "Could not deregister this node within {0}; peers will time it out", limit);
            return;
        }
        try {
            deregister();
        } finally {
            lock.unlock();
        }
    }

    private void deregister() {
        if (!registered) {
            return;
        }
        registered = false;
        try {
            nodes.deregister();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Could not deregister this node; peers will time it out", e);
        }
    }
}
