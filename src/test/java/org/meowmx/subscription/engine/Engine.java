package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meowmx.CurrentEvent;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.FailingCommit;
import org.meowmx.server.Sql;
import org.meowmx.subscription.EventPage;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.engine.declaration.FailurePolicy;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;
import org.meowmx.testkit.TestClock;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.OwnTransaction;

/**
 * The real engine, run step by step. It has one subscription at a time, whose observers write effects into a table, or
 * fail.
 */
@ApplicationScoped
class Engine {

    /** The subscription that parks an event after two failures. */
    static final String PARKING = "parking";

    /** The subscription that blocks at a failing event. */
    static final String BLOCKING = "blocking";

    /** The subscription that parks at once. Its failures do not name the event. */
    static final String PAGING = "paging";

    static final Duration LONGER_THAN_ANY_RETRY = Duration.ofMinutes(10);

    @Inject
    SubscriptionEngine engine;

    @Inject
    Subscriptions subscriptions;

    @Inject
    EventStore events;

    @Inject
    Sql sql;

    @Inject
    CurrentEvent currentEvent;

    @Inject
    TestClock clock;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry synchronizations;

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    OwnTransaction ownTransaction;

    @Inject
    ClaimTransaction claimTransaction;

    private DueSegments stepping;
    private EngineTables tables;
    private World world = new World();
    private String name = PARKING;

    /** Starts again with one of the subscriptions and an empty log. */
    void begin(String subscription) {
        if (tables == null) {
            tables = new EngineTables();
            clock.advance(Duration.ZERO);
            stepping = new DueSegments(
                    em,
                    ownTransaction,
                    claimTransaction,
                    events,
                    engine.retryTimes,
                    () -> declared ->
                            engine.registry.settings(declared).failures().backoff(),
                    0);
        }
        tables.empty();
        world = new World();
        name = subscription;
        engine.creation.createIfAbsent(subscription);
    }

    String name() {
        return name;
    }

    World world() {
        return world;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    Model model() {
        SubscriptionSettings settings = engine.registry.settings(name);
        int parksAfter = settings.failures() instanceof FailurePolicy.Park park ? park.maxAttempts() : 0;
        return new Model(world, settings.batchSize(), parksAfter);
    }

    ModelState state() {
        return tables.state(name, clock.instant());
    }

    /** The due segments, found by the poll loop's query and by a poll that extends the known log by single events. */
    Set<Integer> due() {
        Set<Integer> due = due(engine.dueSegments);
        assertThat(due(stepping)).as("known by single events").isEqualTo(due);
        return due;
    }

    private Set<Integer> due(DueSegments poll) {
        return poll.find(List.of(name)).stream()
                .map(segment -> segment.slices().first())
                .collect(Collectors.toSet());
    }

    void append(String stream, int count) {
        world.append(events.append(World.id(stream), any(), Collections.nCopies(count, NewEvent.of("noted", "{}")))
                .events());
    }

    void appendElsewhere() {
        events.append(StreamId.of("elsewhere", 1L), any(), NewEvent.of("noted", "{}"));
    }

    void letRetriesBecomeDue() {
        clock.advance(LONGER_THAN_ANY_RETRY);
    }

    void reconcile() {
        engine.reconciliation.reconcileAll();
    }

    void writeForeignFilter() {
        tables.writeForeignFilter(name);
    }

    void deleteEffects() {
        sql.run("delete from effects");
    }

    void work() {
        work(steps(engine));
    }

    private void work(SegmentSteps steps) {
        work(engine, steps, name, state().segments());
    }

    static SegmentSteps steps(SubscriptionEngine engine) {
        return new SegmentSteps(
                engine.turn::take,
                engine.failures::recordFailure,
                engine.merge::tryMerge,
                engine.requestedOperations::carryOut);
    }

    /** Workers of these segments, one after the other. */
    static void work(
            SubscriptionEngine engine, SegmentSteps steps, String subscription, List<ModelState.Segment> segments) {
        segments.stream()
                .map(segment -> new Checkpoint.Key(subscription, (short) segment.first()))
                .map(key -> DeclaredSegment.of(engine.registry, key))
                .forEach(segment -> new SegmentWorker(
                                segment, steps, notification -> {}, new UnrecordedFailures(), () -> false)
                        .run());
    }

    /** Runs a command before the nth step of the workers. */
    void workWhile(int step, Command command) {
        Interruption interruption = new Interruption(step, () -> {
            try {
                command.on(this);
            } catch (Exception e) {
                // refused, as the model says; JTA throws checked exceptions, too
            }
        });
        work(interruption.before(steps(engine)));
        interruption.afterAll();
    }

    void park(@Observes @Subscribed(value = PARKING, category = World.CATEGORY) RecordedEvent event) {
        handle(event);
    }

    void block(@Observes @Subscribed(value = BLOCKING, category = World.CATEGORY) RecordedEvent event) {
        handle(event);
    }

    void page(@Observes @Subscribed(value = PAGING, category = World.CATEGORY) EventPage page) {
        page.events().forEach(this::handle);
    }

    private void handle(RecordedEvent event) {
        String stream = event.stream().id();
        sql.update(
                "insert into effects (observer, stream_id, version, replay) values (?, ?, ?, ?)",
                name,
                stream,
                event.version(),
                currentEvent.isReplay());
        World.@Nullable Failing failing = world.failing(stream, event.version());
        if (failing == World.Failing.BY_THROWING) {
            throw new IllegalStateException("poison");
        }
        if (failing == World.Failing.AT_COMMIT) {
            synchronizations.registerInterposedSynchronization(new FailingCommit("poison at commit"));
        }
    }
}
