package org.meowmx.subscription.engine;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.meowmx.EventStore;
import org.meowmx.StreamId;
import org.meowmx.subscription.NodeStatus;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;

/** The subscriptions that observers declare, seen and controlled. */
@ApplicationScoped
class DatabaseSubscriptions implements Subscriptions {

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transaction;

    @Inject
    SubscriptionRegistry catalog;

    @Inject
    StatusReader statuses;

    @Inject
    SubscriptionControl control;

    @Inject
    FilterReconciliation adoption;

    @Inject
    OrphanedSubscriptions orphans;

    @Inject
    CatchUp catchUp;

    @Inject
    Backlog backlog;

    @Inject
    RunningTurns turns;

    @Inject
    Nodes nodes;

    @Inject
    EventStore events;

    /** Made when the application starts: some servers find what it needs of them only from the application's own threads. */
    void start(@Observes Startup event) {}

    @Override
    public Set<String> names() {
        return catalog.names();
    }

    @Override
    public List<SubscriptionStatus> list() {
        return statuses.all();
    }

    @Override
    public SubscriptionStatus status(String name) {
        return statuses.of(name);
    }

    @Override
    public List<NodeStatus> nodes() {
        return nodes.all();
    }

    @Override
    public void pause(String name) {
        turns.refuseInside(name);
        control.pause(name);
    }

    @Override
    public void resume(String name) {
        turns.refuseInside(name);
        control.resume(name);
    }

    @Override
    public long reposition(String name, ReadFrom from, Runnable clear) {
        turns.refuseInside(name);
        return control.reposition(name, from, clear);
    }

    @Override
    public long replay(String name, Runnable clear) {
        turns.refuseInside(name);
        return control.replay(name, clear);
    }

    @Override
    public void changeSegments(String name, int count) {
        turns.refuseInside(name);
        control.changeSegments(name, count);
    }

    @Override
    public boolean await(String name, long position, Duration timeout) {
        requireKnown(name);
        if (transaction.getTransactionStatus() != Status.STATUS_NO_TRANSACTION) {
            throw new IllegalStateException(
                    "Await '%s' outside of a transaction: what it waits for may be held back by this one"
                            .formatted(name));
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (events.highWaterMark() < position || !backlog.isReadTo(name, position)) {
            if (System.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(LONGEST_PAUSE_NANOS, pause + pause / 4);
        }
        return true;
    }

    @Override
    public long catchUp(String name) {
        Subscription subscription = catalog.subscription(name);
        turns.refuseInside(name);
        adoption.adopt(name);
        return catchUp.toTheMark(subscription);
    }

    @Override
    public List<ParkedStream> parked(String name) {
        requireKnown(name);
        return catchUp.parked(name);
    }

    @Override
    public long retryParked(String name, StreamId stream) {
        turns.refuseInside(name);
        Subscription subscription = catalog.subscription(name);
        adoption.adopt(name);
        return catchUp.parkedStream(subscription, stream);
    }

    @Override
    public long skipParked(String name, StreamId stream) {
        turns.refuseInside(name);
        Subscription subscription = catalog.subscription(name);
        adoption.adopt(name);
        return catchUp.parkedStreamWithoutFirst(subscription, stream);
    }

    @Override
    public long discardParked(String name, StreamId stream) {
        turns.refuseInside(name);
        requireKnown(name);
        return catchUp.drop(name, stream);
    }

    /** One that other nodes run is known by its checkpoint. */
    private void requireKnown(String name) {
        if (!catalog.has(name)) {
            statuses.of(name);
        }
    }

    @Override
    public void rename(String orphan, String name) {
        turns.refuseInside(orphan);
        turns.refuseInside(name);
        orphans.rename(orphan, name);
        if (catalog.has(name)) {
            adoption.adopt(name);
        }
    }

    @Override
    public void delete(String orphan) {
        turns.refuseInside(orphan);
        orphans.delete(orphan);
    }
}
