package org.meowmx.subscription.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.Required;
import org.meowmx.StreamId;
import org.meowmx.subscription.NodeStatus;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.ReplayEffects;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;

/**
 * The public API of the engine. It checks the preconditions of each call and delegates it to the class that does the
 * work.
 */
final class DatabaseSubscriptions implements Subscriptions {

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final SubscriptionEngine engine;

    DatabaseSubscriptions(SubscriptionEngine engine) {
        this.engine = engine;
    }

    @Override
    public void subscribe(String name, LogQuery query, Consumer<RecordedEvent> handler) {
        Required.present("name", name);
        Required.present("query", query);
        Required.present("handler", handler);
        changing(() -> engine.runtime.subscribe(name, query, handler));
    }

    @Override
    public void unsubscribe(String name) {
        requireOutside(name);
        changing(() -> {
            if (!engine.runtime.unsubscribe(name)) {
                throw new UnknownSubscriptionException(name);
            }
        });
    }

    @Override
    public Set<String> names() {
        return engine.registry.names();
    }

    @Override
    public List<SubscriptionStatus> list() {
        return engine.statusReader.all();
    }

    @Override
    public SubscriptionStatus status(String name) {
        return engine.statusReader.of(Required.present("name", name));
    }

    @Override
    public List<NodeStatus> nodes() {
        return engine.nodes.all();
    }

    @Override
    public void pause(String name) {
        requireOutside(name);
        changing(() -> engine.control.pause(name));
    }

    @Override
    public void resume(String name) {
        requireOutside(name);
        changing(() -> {
            if (!engine.control.resume(name)) {
                engine.creation.restore(name);
            }
        });
    }

    @Override
    public long reposition(String name, ReadFrom from) {
        Required.present("from", from);
        return changing(() -> isMovedByAnotherNode(name)
                ? engine.requestedOperations.reposition(name, from)
                : engine.control.reposition(name, from, () -> {}));
    }

    @Override
    public long reposition(String name, ReadFrom from, Runnable clear) {
        Required.present("from", from);
        Required.present("clear", clear);
        requireObserversHere(name);
        return changing(() -> engine.control.reposition(name, from, clear));
    }

    @Override
    public ReplayEffects replayEffects(String name) {
        long liveAfter = engine.statusReader.liveAfter(Required.present("name", name));
        RecognisedEvents.Counts counts = engine.recognisedEvents().of(name);
        return engine.registry.has(name)
                ? new ReplayEffects(
                        name,
                        liveAfter,
                        true,
                        engine.registry.subscription(name).liveOnly(),
                        engine.registry.settings(name).derivedIds(),
                        counts.recognised(),
                        counts.differing())
                : new ReplayEffects(name, liveAfter, false, List.of(), false, counts.recognised(), counts.differing());
    }

    @Override
    public long replay(String name) {
        return changing(() -> isMovedByAnotherNode(name)
                ? engine.requestedOperations.replay(name)
                : engine.control.replay(name, () -> {}));
    }

    @Override
    public long replay(String name, Runnable clear) {
        Required.present("clear", clear);
        requireObserversHere(name);
        return changing(() -> engine.control.replay(name, clear));
    }

    @Override
    public void changeSegments(String name, int count) {
        requireOutside(name);
        changing(() -> engine.layout.change(name, count));
    }

    @Override
    public boolean await(String name, long position, Duration timeout) {
        Required.present("timeout", timeout);
        requireServed(name);
        if (!engine.currentTransaction.isAbsent()) {
            throw new IllegalStateException(
                    "Call await for '%s' outside of a transaction: this one may hold back the events that it waits for"
                            .formatted(name));
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (!engine.backlog.hasHandled(name, position)) {
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
        requireDeclared(name);
        return changing(() -> engine.catchUp.toHighWaterMark(name));
    }

    @Override
    public List<ParkedStream> parked(String name, long after, int limit) {
        if (limit < 1 || limit > MAX_PARKED) {
            throw new IllegalArgumentException("limit must be 1 to %d, was %d".formatted(MAX_PARKED, limit));
        }
        requireKnown(name);
        return engine.parkedStreams.list(name, after, limit);
    }

    @Override
    public Optional<ParkedStream> parked(String name, StreamId stream) {
        Required.present("stream", stream);
        requireKnown(name);
        return engine.parkedStreams.find(name, stream);
    }

    @Override
    public long retryParked(String name, StreamId stream) {
        Required.present("stream", stream);
        return changing(() -> isLeftToAnotherNode(name)
                ? engine.requestedOperations.retryParked(name, stream)
                : engine.parkedStreams.retry(engine.registry.subscription(name), stream));
    }

    @Override
    public long skipParked(String name, StreamId stream) {
        Required.present("stream", stream);
        return changing(() -> isLeftToAnotherNode(name)
                ? engine.requestedOperations.skipParked(name, stream)
                : engine.parkedStreams.skip(engine.registry.subscription(name), stream));
    }

    @Override
    public long discardParked(String name, StreamId stream) {
        Required.present("stream", stream);
        requireOutside(name);
        requireKnown(name);
        return changing(() -> engine.parkedStreams.discard(name, stream));
    }

    private void requireOutside(String name) {
        engine.runningTurns.requireOutside(Required.present("name", name));
    }

    /** Whether an operation that calls observers must be carried out by a node that has them. */
    private boolean isLeftToAnotherNode(String name) {
        requireOutside(name);
        if (engine.registry.has(name)) {
            engine.reconciliation.reconcile(name);
        }
        return engine.requestedOperations.areNeeded(name);
    }

    private boolean isMovedByAnotherNode(String name) {
        return isLeftToAnotherNode(name) && !engine.requestedOperations.areLeftToWorkers(name);
    }

    /** A callback is code of this node, and cannot join the transaction of another one. */
    private void requireObserversHere(String name) {
        if (isLeftToAnotherNode(name)) {
            if (engine.requestedOperations.areLeftToWorkers(name)) {
                throw new SubscriptionConflictException(
                        name,
                        "is handled by workers outside of the application. Call this method without a callback, and empty the read model "
                                + "in an observer of SubscriptionRepositioned");
            }
            throw new SubscriptionConflictException(
                    name,
                    "has its observers on other nodes. Call this method there, or without a callback, and empty the read model "
                            + "in an observer of SubscriptionRepositioned");
        }
    }

    /**
     * This node is about to call the observers, so it must declare the subscription, and the filter must be reconciled.
     */
    private void requireDeclared(String name) {
        requireOutside(name);
        if (!engine.registry.has(name)) {
            throw new UnknownSubscriptionException(name);
        }
        engine.reconciliation.reconcile(name);
    }

    /** A subscription that only other nodes declare is known by its checkpoint. */
    private void requireKnown(String name) {
        if (!engine.registry.has(Required.present("name", name))) {
            engine.statusReader.segments(name);
        }
    }

    /** A release may declare only the version that serves. Its subscription does not have the name of the projection. */
    private void requireServed(String name) {
        if (!engine.registry.has(Required.present("name", name))) {
            int serving = engine.ownTransaction.run(() -> engine.servingVersions.of(name));
            requireKnown(new ProjectionVersion(name, serving).subscription());
        }
    }

    @Override
    public void rename(String orphan, String name) {
        Required.present("orphan", orphan);
        requireOutside(orphan);
        requireOutside(name);
        changing(() -> {
            engine.orphans.rename(orphan, name);
            engine.registry.names().stream()
                    .filter(declared -> ProjectionVersion.of(declared)
                            .projection()
                            .equals(ProjectionVersion.of(name).projection()))
                    .forEach(engine.reconciliation::reconcile);
        });
    }

    @Override
    public void delete(String orphan) {
        Required.present("orphan", orphan);
        requireOutside(orphan);
        changing(() -> engine.orphans.delete(orphan));
    }

    private void changing(Runnable operation) {
        changing(() -> {
            operation.run();
            return true;
        });
    }

    /** Runs an operation, whose effect the next list on this node must show. */
    private <T> T changing(Supplier<T> operation) {
        try {
            return operation.get();
        } finally {
            engine.statusReader.changed();
        }
    }
}
