package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.meowmx.StreamId;
import org.meowmx.subscription.OperationFailedException;
import org.meowmx.subscription.OperationPendingException;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.engine.RequestedOperation.Replay;
import org.meowmx.subscription.engine.RequestedOperation.Reposition;
import org.meowmx.subscription.engine.RequestedOperation.RetryParked;
import org.meowmx.subscription.engine.RequestedOperation.SkipParked;
import org.meowmx.subscription.engine.RequestedOperation.Switch;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.RootCause;

/**
 * Operations that call observers, requested on a node that does not have them.
 *
 * <p>Only a node that declares the subscription under the filter of its checkpoints can empty a read model or handle a parked
 * event. Another node carries out nothing: it stores the operation in the checkpoints and waits.
 * <ol>
 *   <li>The operation is stored in all checkpoints of the subscription. From then on no turn is taken
 *       ({@link TurnResult.Next#OPERATION_REQUESTED}).
 *   <li>The poll of a declaring node finds the first segment ({@link DueSegments}), and its worker carries out the operation.
 *   <li>The operation is removed: together with a move, in the transaction of the move; after a retry, when all parked events
 *       are handled. If an observer throws, it is removed too, and the failure is stored for the node that waits.
 * </ol>
 * All state is in the checkpoints, so any node may crash. A later request replaces an earlier one.
 */
final class RequestedOperations {

    private static final Logger LOG = System.getLogger(RequestedOperations.class.getName());

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** The attempts take about half a minute, with the delays between them. */
    private static final int MOST_ATTEMPTS = 5;

    private final SubscriptionRegistry registry;
    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final ParkedEvents parkedEvents;
    private final Nodes nodes;
    private final SubscriptionControl control;
    private final ParkedStreams parkedStreams;
    private final ProjectionSwitch projectionSwitch;
    private final FailureKinds kinds;
    private final ExternalDeclarations external;

    /** The number of transient failures in a row of a subscription's operation on this node. */
    private final Map<String, Integer> transientFailures = new ConcurrentHashMap<>();

    RequestedOperations(
            SubscriptionRegistry registry,
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            ParkedEvents parkedEvents,
            Nodes nodes,
            SubscriptionControl control,
            ParkedStreams parkedStreams,
            ProjectionSwitch projectionSwitch,
            FailureKinds kinds,
            ExternalDeclarations external) {
        this.registry = registry;
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.parkedEvents = parkedEvents;
        this.nodes = nodes;
        this.control = control;
        this.parkedStreams = parkedStreams;
        this.projectionSwitch = projectionSwitch;
        this.kinds = kinds;
        this.external = external;
    }

    /** Whether another node has to carry out the operations of a subscription that call observers. */
    boolean areNeeded(String subscription) {
        return claimTransaction.run(() -> checkpoints.of(subscription).stream()
                .anyMatch(
                        segment -> !registry.has(subscription) || !segment.isFor(registry.subscription(subscription))));
    }

    /** Whether workers outside of the JVM handle the events: every node may move the subscription. */
    boolean areLeftToWorkers(String subscription) {
        return claimTransaction.run(() -> external.find(subscription).isPresent());
    }

    /** As {@link SubscriptionControl#replay}, on another node. */
    long replay(String subscription) {
        return request(subscription, segments -> new Replay(), parkedEvents::count);
    }

    /** As {@link SubscriptionControl#reposition}, on another node. */
    long reposition(String subscription, ReadFrom from) {
        return request(
                subscription,
                segments -> {
                    segments.forEach(SubscriptionControl::requirePaused);
                    return new Reposition(checkpoints.position(from));
                },
                parkedEvents::count);
    }

    /** As {@link ProjectionSwitch#switchTo}, on another node. */
    void switchTo(ProjectionVersion version, boolean evenIfFailing) {
        request(
                version.subscription(),
                segments -> {
                    segments.forEach(segment -> requireNoOther(version, segment));
                    return new Switch(evenIfFailing);
                },
                name -> 0);
    }

    /** A switch replaces an earlier switch. It cannot replace another pending operation. */
    private static void requireNoOther(ProjectionVersion version, Checkpoint segment) {
        if (!(segment.operation() instanceof Switch)) {
            SwitchRules.requireNoOperation(version, segment);
        }
    }

    /** As {@link ParkedStreams#retry}, on another node. */
    long retryParked(String subscription, StreamId stream) {
        return request(subscription, segments -> new RetryParked(stream), name -> parkedEvents.count(name, stream));
    }

    /** As {@link ParkedStreams#skip}, on another node. */
    long skipParked(String subscription, StreamId stream) {
        return request(
                subscription,
                segments -> new SkipParked(stream),
                name -> Math.max(0, parkedEvents.count(name, stream) - 1));
    }

    /**
     * A stored request.
     *
     * @param id distinguishes it from later ones
     * @param operation what is to be done
     * @param events the number of events that it concerns
     */
    private record Request(UUID id, RequestedOperation operation, long events) {}

    /**
     * Stores an operation, and waits until another node has carried it out.
     *
     * @param operationFor the operation for the locked checkpoints
     * @param events the number of events that the operation concerns, counted before any turn can change it
     * @return that number
     */
    private long request(
            String subscription,
            Function<List<Checkpoint>, RequestedOperation> operationFor,
            ToLongFunction<String> events) {
        Request request = claimTransaction.run(() -> {
            List<Checkpoint> segments = checkpoints.lockExisting(subscription);
            requireDeclaringNode(subscription, segments.get(0).filter());
            RequestedOperation operation = operationFor.apply(segments);
            UUID id = UUID.randomUUID();
            segments.forEach(segment -> segment.request(operation, id));
            return new Request(id, operation, events.applyAsLong(subscription));
        });
        await(subscription, request);
        return request.events();
    }

    private void requireDeclaringNode(String subscription, Filter filter) {
        if (external.find(subscription).isPresent()) {
            return;
        }
        if (nodes.others().stream()
                .noneMatch(
                        node -> node.filter(subscription).filter(filter::equals).isPresent())) {
            throw new SubscriptionConflictException(
                    subscription,
                    "has its observers on no running node. Start the application that declares it, then repeat the operation");
        }
    }

    private void await(String subscription, Request request) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        Checkpoint first = first(subscription);
        while (first.isLastRequest(request.id()) && first.operation() != null) {
            if (System.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
                throw new OperationPendingException(
                        subscription, request.operation().description());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            first = first(subscription);
        }
        if (!first.isLastRequest(request.id())) {
            throw new SubscriptionConflictException(
                    subscription,
                    "got a later request, which may have replaced '%s'. Look at the subscription, then repeat the operation if it is still needed"
                            .formatted(request.operation().description()));
        }
        String failure = first.operationFailure();
        if (failure != null) {
            throw new OperationFailedException(subscription, failure);
        }
    }

    private Checkpoint first(String subscription) {
        return claimTransaction.run(() -> checkpoints.existing(subscription).get(0));
    }

    /**
     * Carries out the operation that was requested for a subscription which this node declares.
     *
     * @return false if there is nothing left to carry out, or another worker does it
     * @throws RuntimeException if the database failed; the operation stays requested
     */
    boolean carryOut(Subscription subscription) {
        RequestedOperation operation = first(subscription.name()).operation();
        if (operation == null) {
            return false;
        }
        long began = System.nanoTime();
        try {
            carryOut(subscription, operation);
            transientFailures.remove(subscription.name());
            return true;
        } catch (SubscriptionBusyException e) {
            return false;
        } catch (RuntimeException | Error e) {
            if (!first(subscription.name()).isFor(subscription)) {
                // a node of a newer release continues
                return false;
            }
            Duration lasted = Duration.ofNanos(System.nanoTime() - began);
            if (mayBeRepeated(subscription.name(), e, lasted)) {
                throw e;
            }
            log(subscription, operation, e);
            end(subscription.name(), operation, RootCause.line(e));
            return true;
        }
    }

    private static void log(Subscription subscription, RequestedOperation operation, Throwable failure) {
        if (failure instanceof SubscriptionConflictException) {
            LOG.log(
                    Level.WARNING,
                    "The operation ''{0}'' of subscription ''{1}'' was refused, and the subscription continues without it: {2}",
                    operation.description(),
                    subscription.name(),
                    failure.getMessage());
        } else {
            LOG.log(
                    Level.WARNING,
                    "The operation '%s' of subscription '%s' failed, and the subscription continues without it; correct the observer, then repeat the operation"
                            .formatted(operation.description(), subscription.name()),
                    failure);
        }
    }

    /** A transient failure may be over soon. An operation that always fails in this way must not stop the subscription for ever. */
    private boolean mayBeRepeated(String subscription, Throwable failure, Duration lasted) {
        boolean repeated = kinds.isTransient(
                        failure, lasted, registry.settings(subscription).limits())
                && transientFailures.merge(subscription, 1, Integer::sum) < MOST_ATTEMPTS;
        if (!repeated) {
            transientFailures.remove(subscription);
        }
        return repeated;
    }

    private void carryOut(Subscription subscription, RequestedOperation operation) {
        if (operation instanceof Replay) {
            move(subscription, operation, ReadFrom.beginning(), Checkpoint::resume);
        } else if (operation instanceof Reposition reposition) {
            ReadFrom target = ReadFrom.after(reposition.position());
            move(subscription, operation, target, SubscriptionControl::requirePaused);
        } else if (operation instanceof Switch requested) {
            projectionSwitch.switchTo(subscription.version(), requested.evenIfFailing(), segment -> {
                requirePending(subscription, segment, operation);
                segment.endOperation(null);
            });
        } else if (operation instanceof SkipParked skip) {
            discardFirst(subscription, skip);
        } else if (operation instanceof RetryParked retry) {
            parkedStreams.retry(subscription, retry.stream());
            end(subscription.name(), operation, null);
        }
    }

    private void move(
            Subscription subscription, RequestedOperation operation, ReadFrom from, Consumer<Checkpoint> prepare) {
        control.move(subscription.name(), from, () -> {}, segment -> {
            requirePending(subscription, segment, operation);
            prepare.accept(segment);
            segment.endOperation(null);
        });
    }

    /**
     * Discards an event once, even if this node crashes before it has handled the others: after the commit, only the
     * retry of the others is pending.
     */
    private void discardFirst(Subscription subscription, SkipParked skip) {
        claimTransaction.run(() -> {
            List<Checkpoint> segments = checkpoints.lockExisting(subscription.name());
            segments.forEach(segment -> requirePending(subscription, segment, skip));
            parkedEvents.first(subscription.name(), skip.stream(), 1).forEach(parkedEvents::remove);
            segments.forEach(segment -> segment.continueAs(new RetryParked(skip.stream())));
            return segments;
        });
    }

    /** Checks again under the claim, because another worker may have been faster, or the filter may have changed. */
    private static void requirePending(Subscription subscription, Checkpoint segment, RequestedOperation operation) {
        if (!segment.isFor(subscription) || !operation.equals(segment.operation())) {
            throw new SubscriptionBusyException(subscription.name());
        }
    }

    private void end(String subscription, RequestedOperation operation, @Nullable String failure) {
        claimTransaction.run(() -> {
            List<Checkpoint> segments = checkpoints.lockExisting(subscription);
            segments.stream()
                    .filter(segment -> operation.equals(segment.operation()))
                    .forEach(segment -> segment.endOperation(failure));
            return segments;
        });
    }
}
