package org.meowmx.subscription.engine;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.engine.Model.Steps;
import org.meowmx.subscription.engine.ModelState.Segment;

/**
 * An operation of an operator or another node.
 *
 * @param name the name in the printed history
 * @param doing the operation, on the engine
 * @param expected its steps, by the model
 * @param moves whether it may move a checkpoint back
 */
record Operation(String name, Consumer<Engine> doing, BiFunction<Model, ModelState, Steps> expected, boolean moves)
        implements Command {

    private static Operation of(String name, Consumer<Engine> doing, BiFunction<Model, ModelState, Steps> expected) {
        return new Operation(name, doing, expected, false);
    }

    /** A call for the current subscription. */
    private interface Call {
        void on(Subscriptions subscriptions, String subscription);
    }

    private static Consumer<Engine> call(Call call) {
        return engine -> call.on(engine.subscriptions(), engine.name());
    }

    static Command pause() {
        return of("pause", call(Subscriptions::pause), (model, from) -> Model.to(from, from.each(Segment::pause)));
    }

    static Command resume() {
        return of("resume", call(Subscriptions::resume), (model, from) -> Model.to(from, from.each(Segment::resume)));
    }

    static Command catchUp() {
        return of("catch up", call(Subscriptions::catchUp), Model::catchUp);
    }

    /** To the position of the nth event of the log. */
    static Command reposition(int event) {
        return new Operation(
                "reposition to event " + event,
                engine -> engine.subscriptions()
                        .reposition(
                                engine.name(), ReadFrom.after(engine.world().position(event)), engine::deleteEffects),
                (model, from) -> from.isPaused()
                        ? Model.to(
                                from,
                                from.reconciled(),
                                from.reconciled().emptiedAt(model.world().position(event)))
                        : Model.refused(from, from.reconciled()),
                true);
    }

    static Command replay() {
        return new Operation(
                "replay",
                engine -> engine.subscriptions().replay(engine.name(), engine::deleteEffects),
                (model, from) -> Model.to(
                        from, from.reconciled(), from.reconciled().emptiedAt(0).each(Segment::resume)),
                true);
    }

    static Command changeSegments(int count) {
        return of(
                "change to %d segments".formatted(count),
                call((subscriptions, subscription) -> subscriptions.changeSegments(subscription, count)),
                (model, from) -> model.changeSegments(from, count));
    }

    static Command retryParked(String stream) {
        return of(
                "retry " + stream,
                call((subscriptions, subscription) -> subscriptions.retryParked(subscription, World.id(stream))),
                (model, from) -> model.retryParked(from, stream));
    }

    static Command skipParked(String stream) {
        return of(
                "skip the first of " + stream,
                call((subscriptions, subscription) -> subscriptions.skipParked(subscription, World.id(stream))),
                (model, from) -> model.skipParked(from, stream));
    }

    static Command discardParked(String stream) {
        return of(
                "discard " + stream,
                call((subscriptions, subscription) -> subscriptions.discardParked(subscription, World.id(stream))),
                (model, from) -> Model.to(from, from.withoutParked(stream, Integer.MAX_VALUE)));
    }

    /** Another release, which requests other events, has written its filter into the checkpoints. */
    static Command otherRelease() {
        return of("other release", Engine::writeForeignFilter, (model, from) -> Model.to(from, from.foreignNow()));
    }

    /** The node reconciles filters, as it does at the interval of its heartbeat. */
    static Command reconcile() {
        return of("reconcile", Engine::reconcile, (model, from) -> Model.to(from, from.reconciled()));
    }

    /** Waits until every retry is due. */
    static Command awaitRetries() {
        return of("wait", Engine::letRetriesBecomeDue, (model, from) -> Model.to(from.each(Segment::withRetryDue)));
    }

    @Override
    public void on(Engine engine) {
        doing.accept(engine);
    }

    @Override
    public Steps steps(Model model, ModelState from) {
        return expected.apply(model, from);
    }

    @Override
    public String toString() {
        return name;
    }
}
