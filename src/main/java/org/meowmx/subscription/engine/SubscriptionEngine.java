package org.meowmx.subscription.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.meowmx.concurrent.Outage;
import org.meowmx.configuration.Keys;
import org.meowmx.subscription.engine.cluster.Node;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.subscription.engine.cluster.Signals;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;

/**
 * The composition root of the engine: creates each of its objects once, in the order in which they use each other.
 *
 * <p>Creating it does not call the database.
 */
public final class SubscriptionEngine {

    final SubscriptionRegistry registry;
    final ScheduledExecutorService executor;
    final CurrentTransaction currentTransaction;
    final OwnTransaction ownTransaction;
    final PollLoopWatchdog watchdog;
    final Nodes nodes;
    final Signals signals;
    final RunningTurns runningTurns;
    final HeldClaims heldClaims;
    final Checkpoints checkpoints;
    final RetryTimes retryTimes;
    final UnrecordedFailures unrecordedFailures;
    final Backlog backlog;
    final DueSegments dueSegments;
    final IdleCheckpoints idleCheckpoints;
    final Dispatcher dispatcher;
    final ParkedStreams parkedStreams;
    final Turn turn;
    final Failures failures;
    final SegmentMerge merge;
    final SegmentLayout layout;
    final OrphanedSubscriptions orphans;
    final SubscriptionCreation creation;
    final SubscriptionControl control;
    final ServingVersions servingVersions;
    final ProjectionSwitch projectionSwitch;
    final ProjectionRetirement retirement;
    final RequestedOperations requestedOperations;
    final FilterReconciliation reconciliation;
    final NodeRegistration registration;
    final StatusReader statusReader;
    final CatchUp catchUp;
    final DatabaseLeases leases;
    final RuntimeSubscriptions runtime;
    final RecognisedEvents recognisedEvents = new RecognisedEvents();
    final WorkerLimit workerLimit = new WorkerLimit(System::nanoTime);
    private final Consumer<Object> notifications;

    private final Outage idleMoves = new Outage(
            System.getLogger(SubscriptionEngine.class.getName()),
            "Checkpoints without work could not be moved forward; this saves work only, and is repeated with the next poll",
            "Checkpoints without work are moved forward again");

    SubscriptionEngine(Platform platform, PollLoopWatchdog watchdog) {
        ClaimTransaction claims = platform.claimTransaction;
        this.registry = platform.registry;
        this.executor = platform.executor;
        this.currentTransaction = platform.currentTransaction;
        this.ownTransaction = platform.ownTransaction;
        this.notifications = platform.notifier::fire;
        this.watchdog = watchdog;

        Node node = new Node(platform.settings.get(Keys.NODE), platform.applicationName.get(), platform.hostName);
        this.nodes = new Nodes(platform.em, claims, node, registry);
        this.signals = new Signals(platform.em, platform.ownTransaction, platform.database, node, registry);
        this.runningTurns = new RunningTurns(registry);
        this.heldClaims = new HeldClaims(platform.em, claims, platform.database);

        this.checkpoints = new Checkpoints(platform.em, platform.events, platform.catalog, node);
        this.retryTimes = new RetryTimes(platform.em, platform.database, platform.clock);
        this.unrecordedFailures = new UnrecordedFailures();
        this.backlog = new Backlog(platform.em, platform.ownTransaction, platform.events);
        this.dueSegments = new DueSegments(
                platform.em,
                platform.ownTransaction,
                claims,
                platform.events,
                retryTimes,
                () -> name -> registry.settings(name).failures().backoff(),
                DueSegments.MOST_READ_AGAIN);
        this.idleCheckpoints = new IdleCheckpoints(platform.em, claims, platform.database, registry);
        ParkedEvents parkedEvents = new ParkedEvents(platform.em, platform.database, platform.clock);
        this.dispatcher = new Dispatcher(platform.notifier, platform.currentEvent, platform.binder, platform.handlers);
        Delivery delivery = new Delivery(platform.events, parkedEvents, dispatcher);

        FailureKinds kinds = new FailureKinds(platform.failureClassifiers::stream);
        this.turn = new Turn(
                runningTurns, claims, checkpoints, platform.events, delivery, retryTimes, kinds, recognisedEvents);
        this.parkedStreams = new ParkedStreams(
                runningTurns, claims, checkpoints, parkedEvents, delivery, recognisedEvents, name -> registry.settings(
                                name)
                        .derivedIds());
        this.failures = new Failures(claims, checkpoints, platform.events, parkedStreams, retryTimes);
        this.merge = new SegmentMerge(claims, checkpoints);
        this.layout = new SegmentLayout(claims, checkpoints);

        RemovedSubscriptions removed = new RemovedSubscriptions(platform.em, platform.clock);
        ExternalDeclarations external = new ExternalDeclarations(platform.em, platform.clock);
        this.servingVersions = new ServingVersions(platform.em, platform.clock);
        this.orphans =
                new OrphanedSubscriptions(nodes, claims, checkpoints, parkedEvents, removed, servingVersions, external);
        FirstVersion firstVersion = new FirstVersion(registry, checkpoints, servingVersions, removed, nodes);
        this.creation = new SubscriptionCreation(
                registry, claims, checkpoints, orphans, removed, nodes, firstVersion, external);
        this.control =
                new SubscriptionControl(registry, runningTurns, claims, checkpoints, parkedEvents, notifications);
        SwitchClaims switchClaims = new SwitchClaims(
                platform.em, platform.database, checkpoints, servingVersions, new MissingEvents(platform.em));
        this.projectionSwitch = new ProjectionSwitch(
                registry,
                runningTurns,
                claims,
                switchClaims,
                platform.events,
                delivery,
                recognisedEvents,
                notifications);
        this.retirement = new ProjectionRetirement(claims, checkpoints, servingVersions, parkedEvents, removed);
        this.requestedOperations = new RequestedOperations(
                registry,
                claims,
                checkpoints,
                parkedEvents,
                nodes,
                control,
                parkedStreams,
                projectionSwitch,
                kinds,
                external);
        this.reconciliation = new FilterReconciliation(registry, claims, checkpoints, nodes, notifications);
        this.registration = new NodeRegistration(registry, nodes, reconciliation, creation, platform.events);
        LagReader lagReader = new LagReader(platform.em, platform.events, checkpoints, platform.clock);
        VersionReader versionReader =
                new VersionReader(servingVersions, checkpoints, new BuildRates(System::nanoTime), platform.clock);
        this.statusReader = new StatusReader(
                nodes, claims, checkpoints, parkedEvents, removed, lagReader, versionReader, platform.events, external);
        this.catchUp = new CatchUp(registry, statusReader, turn, merge, requestedOperations);
        this.runtime = new RuntimeSubscriptions(registry, creation, reconciliation, registration);
        this.leases = leases(platform, external, removed, parkedEvents);
    }

    private DatabaseLeases leases(
            Platform platform, ExternalDeclarations external, RemovedSubscriptions removed, ParkedEvents parkedEvents) {
        ClaimTransaction claims = platform.claimTransaction;
        ExternalCreation declaring = new ExternalCreation(claims, checkpoints, external, removed, nodes);
        LeaseEnd leaseEnd = new LeaseEnd(platform.events, parkedEvents, failures);
        ParkedRetries retries = new ParkedRetries(checkpoints, platform.events, parkedEvents, retryTimes);
        LeaseOffers offers = new LeaseOffers(
                claims,
                checkpoints,
                external,
                platform.events,
                parkedEvents,
                retryTimes,
                merge,
                leaseEnd,
                retries,
                notifications);
        HeldLeases held = new HeldLeases(claims, checkpoints, external, retryTimes, leaseEnd, retries, notifications);
        DueSegments due = new DueSegments(
                platform.em,
                platform.ownTransaction,
                claims,
                platform.events,
                retryTimes,
                external::backoffs,
                DueSegments.MOST_READ_AGAIN);
        return new DatabaseLeases(declaring, offers, held, due, statusReader);
    }

    /** The poll loop of this node, not started yet. */
    Poller poller(Duration interval) {
        SegmentSteps steps = new SegmentSteps(
                this::takeTurn, failures::recordFailure, merge::tryMerge, requestedOperations::carryOut);
        Supplier<List<DueSegment>> query = () -> watchdog.duringQuery(this::poll);
        Poller.Worker worker = (due, stopped) -> work(new SegmentWorker(
                DeclaredSegment.of(registry, due.key()),
                steps,
                notifications,
                unrecordedFailures,
                () -> stopped.getAsBoolean() || !registry.has(due.subscription())));
        return new Poller(
                query, unrecordedFailures::isPending, worker, new RecentlyActiveSegments(registry), executor, interval);
    }

    private List<DueSegment> poll() {
        List<DueSegment> due = dueSegments.find(registry.names());
        try {
            idleCheckpoints.move(dueSegments);
            idleMoves.worked();
        } catch (RuntimeException e) {
            // the segments that the query has found still get their workers
            idleMoves.failed(e);
        }
        return workerLimit.isReduced() ? shuffled(due) : due;
    }

    /** Shuffles the segments, so that if not all can run, none is always the first. */
    private static List<DueSegment> shuffled(List<DueSegment> due) {
        List<DueSegment> mixed = new ArrayList<>(due);
        Collections.shuffle(mixed);
        return mixed;
    }

    /** The subscriptions that a running node declares, by name, for health checks: nothing is counted. */
    public List<SubscriptionOutline> outlines() {
        return statusReader.outlines();
    }

    /** Runs a worker within the limit. Beyond it, a later poll finds the segment again. */
    private Poller.Result work(SegmentWorker worker) {
        if (!workerLimit.tryBegin()) {
            return Poller.Result.NOTHING;
        }
        try {
            return worker.run();
        } finally {
            workerLimit.end();
        }
    }

    private TurnResult takeTurn(TurnRequest request) {
        try {
            TurnResult result = turn.take(request);
            // while the limit is reduced, a worker ends after one turn, so another segment can run
            return workerLimit.isReduced() ? result.asLast() : result;
        } catch (RuntimeException e) {
            workerLimit.failed(e);
            throw e;
        }
    }

    /** The turns that run on this node, for monitoring. */
    public RunningTurns runningTurns() {
        return runningTurns;
    }

    /** The appended events that the log had already, for monitoring. */
    public RecognisedEvents recognisedEvents() {
        return recognisedEvents;
    }

    /** The claims that are held in the database, for monitoring. */
    public HeldClaims heldClaims() {
        return heldClaims;
    }
}
