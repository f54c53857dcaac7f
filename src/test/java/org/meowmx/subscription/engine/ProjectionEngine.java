package org.meowmx.subscription.engine;

import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.meowmx.CurrentEvent;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.projection.Projections;
import org.meowmx.server.Sql;
import org.meowmx.subscription.LiveOnly;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.testkit.TestClock;

/**
 * The real engine with two versions of a projection, stepped by hand. Both write a row for each event, append an event for
 * it, and have a live-only observer.
 */
@ApplicationScoped
class ProjectionEngine {

    static final String NAME = "counted";
    static final List<Integer> VERSIONS = List.of(1, 2);

    /** The observer that notes live effects, of both versions. */
    static final String LIVE = "live";

    @Inject
    SubscriptionEngine engine;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Projections projections;

    @Inject
    EventStore events;

    @Inject
    CurrentEvent currentEvent;

    @Inject
    Sql sql;

    @Inject
    TestClock clock;

    private EngineTables tables;
    private World world = new World();

    static String subscription(int number) {
        return new ProjectionVersion(NAME, number).subscription();
    }

    /** Begins again with version 1 and an empty log. */
    void begin() {
        if (tables == null) {
            tables = new EngineTables();
            clock.advance(Duration.ZERO);
        }
        tables.empty();
        world = new World();
        build(1);
    }

    World world() {
        return world;
    }

    ProjectionState state() {
        return tables.projection(clock.instant());
    }

    void append(String stream, int count) {
        world.append(events.append(World.id(stream), any(), Collections.nCopies(count, NewEvent.of("noted", "{}")))
                .events());
    }

    void letRetriesBecomeDue() {
        clock.advance(Engine.LONGER_THAN_ANY_RETRY);
    }

    /** As at the start of a node. */
    void build(int number) {
        engine.creation.createIfAbsent(subscription(number));
    }

    void work(int number) {
        Engine.work(
                engine,
                Engine.steps(engine),
                subscription(number),
                state().version(number).segments());
    }

    void switchTo(int number, boolean evenIfFailing) {
        if (evenIfFailing) {
            projections.switchEvenIfFailing(NAME, number);
        } else {
            projections.switchTo(NAME, number);
        }
    }

    void retire(int number) {
        projections.retire(NAME, number);
    }

    void pause(int number) {
        subscriptions.pause(subscription(number));
    }

    /** The table of a version that was retired is created again. */
    void resume(int number) {
        if (state().version(number).retired()) {
            tables.deleteEffects(subscription(number));
        }
        subscriptions.resume(subscription(number));
    }

    void replay(int number) {
        subscriptions.replay(subscription(number), () -> deleteRows(number));
    }

    void reposition(int number, long position) {
        subscriptions.reposition(subscription(number), ReadFrom.after(position), () -> deleteRows(number));
    }

    void changeSegments(int number, int count) {
        subscriptions.changeSegments(subscription(number), count);
    }

    private void deleteRows(int number) {
        sql.update("delete from effects where observer = ?", subscription(number));
    }

    void first(@Observes @Subscribed(value = NAME, category = World.CATEGORY) RecordedEvent event) {
        handle(1, event);
    }

    void second(@Observes @Subscribed(value = NAME, version = 2, category = World.CATEGORY) RecordedEvent event) {
        handle(2, event);
    }

    void firstLive(@Observes @Subscribed(value = NAME, category = World.CATEGORY) @LiveOnly RecordedEvent event) {
        note(LIVE, event);
    }

    void secondLive(
            @Observes @Subscribed(value = NAME, version = 2, category = World.CATEGORY) @LiveOnly RecordedEvent event) {
        note(LIVE, event);
    }

    private void handle(int number, RecordedEvent event) {
        String stream = event.stream().id();
        note(subscription(number), event);
        events.append(StreamId.of("invoice", stream), any(), NewEvent.of("invoiced-" + event.version(), "{}"));
        if (world.failing(ProjectionModel.failing(number, stream), event.version()) != null) {
            throw new IllegalStateException("poison");
        }
    }

    private void note(String observer, RecordedEvent event) {
        sql.update(
                "insert into effects (observer, stream_id, version, replay) values (?, ?, ?, ?)",
                observer,
                event.stream().id(),
                event.version(),
                currentEvent.isReplay());
    }
}
