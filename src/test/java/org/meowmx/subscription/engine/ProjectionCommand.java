package org.meowmx.subscription.engine;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.engine.declaration.Segments;

/**
 * One step of the history of a projection, for the engine and for its model.
 *
 * @param name the name in the printed history
 * @param doing the step, on the engine
 * @param expected the next state by the model; empty if the step is refused
 * @param fault how the database fails during the step; null if it does not
 */
record ProjectionCommand(
        String name,
        Consumer<ProjectionEngine> doing,
        BiFunction<ProjectionModel, ProjectionState, Optional<ProjectionState>> expected,
        @Nullable Fault fault) {

    private static ProjectionCommand of(
            String name,
            Consumer<ProjectionEngine> doing,
            BiFunction<ProjectionModel, ProjectionState, Optional<ProjectionState>> expected) {
        return new ProjectionCommand(name, doing, expected, null);
    }

    private static ProjectionCommand outside(String name, Consumer<ProjectionEngine> doing) {
        return of(name, doing, (model, from) -> Optional.of(from));
    }

    static ProjectionCommand append(String stream, int count) {
        return outside("append %d events to %s".formatted(count, stream), engine -> engine.append(stream, count));
    }

    static ProjectionCommand poison(int number, String stream, int version) {
        return outside(
                "let version %d fail at version %d of %s".formatted(number, version, stream), engine -> engine.world()
                        .poison(ProjectionModel.failing(number, stream), version, World.Failing.BY_THROWING));
    }

    static ProjectionCommand heal() {
        return outside("let nothing fail", engine -> engine.world().heal());
    }

    static ProjectionCommand awaitRetries() {
        return of("wait", ProjectionEngine::letRetriesBecomeDue, (model, from) -> {
            ProjectionState due = from;
            for (int number : ProjectionEngine.VERSIONS) {
                due = due.with(
                        number,
                        due.version(number).segments().stream()
                                .map(ModelState.Segment::withRetryDue)
                                .toList());
            }
            return Optional.of(due);
        });
    }

    static ProjectionCommand build(int number) {
        return of(
                "build version " + number,
                engine -> engine.build(number),
                (model, from) -> Optional.of(model.build(from, number)));
    }

    static ProjectionCommand work(int number) {
        return of(
                "version %d works".formatted(number),
                engine -> engine.work(number),
                (model, from) -> Optional.of(model.work(from, number)));
    }

    static ProjectionCommand switchTo(int number) {
        return of(
                "switch to version " + number,
                engine -> engine.switchTo(number, false),
                (model, from) -> model.switchTo(from, number, false));
    }

    static ProjectionCommand switchEvenIfFailing(int number) {
        return of(
                "switch to version %d even if the other one fails".formatted(number),
                engine -> engine.switchTo(number, true),
                (model, from) -> model.switchTo(from, number, true));
    }

    static ProjectionCommand retire(int number) {
        return of(
                "retire version " + number,
                engine -> engine.retire(number),
                (model, from) -> ProjectionModel.retire(from, number));
    }

    static ProjectionCommand pause(int number) {
        return of(
                "pause version " + number,
                engine -> engine.pause(number),
                (model, from) -> ProjectionModel.pause(from, number));
    }

    static ProjectionCommand resume(int number) {
        return of(
                "resume version " + number,
                engine -> engine.resume(number),
                (model, from) -> model.resume(from, number));
    }

    static ProjectionCommand replay(int number) {
        return of(
                "replay version " + number,
                engine -> engine.replay(number),
                (model, from) -> ProjectionModel.replay(from, number));
    }

    /** To the position of the nth event of the log. */
    static ProjectionCommand reposition(int number, int event) {
        return of(
                "reposition version %d to event %d".formatted(number, event),
                engine -> engine.reposition(number, engine.world().position(event)),
                (model, from) ->
                        ProjectionModel.reposition(from, number, model.world().position(event)));
    }

    /** Does nothing if segments would have to wait for each other: {@link SubscriptionModelTest} has such merges. */
    static ProjectionCommand changeSegments(int number, int count) {
        return of(
                "change version %d to %d segments".formatted(number, count),
                engine -> {
                    if (engine.state().version(number).canBecome(Segments.of(count))) {
                        engine.changeSegments(number, count);
                    }
                },
                (model, from) -> from.version(number).canBecome(Segments.of(count))
                        ? ProjectionModel.changeSegments(from, number, count)
                        : Optional.of(from));
    }

    ProjectionCommand with(Fault given) {
        return new ProjectionCommand(name, doing, expected, given);
    }

    /** Runs it on the engine; returns whether it threw. */
    boolean isRefusedBy(ProjectionEngine engine) {
        try {
            if (fault == null) {
                doing.accept(engine);
            } else {
                FaultyDatabase.during(fault, () -> doing.accept(engine));
            }
            return false;
        } catch (Exception | AssertionError e) {
            // JTA throws checked exceptions out of methods that declare none
            return true;
        }
    }

    /** Whether the engine may be in this state after it. With a fault, it is done as a whole or not at all. */
    boolean explains(ProjectionModel model, ProjectionState from, ProjectionState found, boolean refused) {
        Optional<ProjectionState> outcome = expected.apply(model, from);
        if (fault != null) {
            return model.same(from, found)
                    || outcome.filter(state -> model.same(state, found)).isPresent();
        }
        return refused == outcome.isEmpty() && model.same(outcome.orElse(from), found);
    }

    @Override
    public String toString() {
        return fault == null ? name : "%s, %s at step %d".formatted(name, fault.kind(), fault.step());
    }
}
