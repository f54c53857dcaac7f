package org.meowmx.subscription.engine;

import java.util.Optional;
import org.meowmx.subscription.engine.ModelState.Segment;

/** Plays a history on the engine, and compares the engine with the model after each command. */
final class HistoryRun {

    private final Engine engine;
    private final Model model;
    private ModelState state;

    private HistoryRun(Engine engine, String subscription) {
        engine.begin(subscription);
        this.engine = engine;
        this.model = engine.model();
        this.state = engine.state();
    }

    /** The difference between the engine and the model; empty if there is none. */
    static Optional<String> difference(Engine engine, History history) {
        HistoryRun run = new HistoryRun(engine, history.subscription());
        for (Command command : history.commands()) {
            Optional<String> difference = run.differenceAfter(command);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private Optional<String> differenceAfter(Command command) {
        if (command instanceof Work && !model.due(state).equals(engine.due())) {
            return Optional.of("before work\n  engine:   %s\n  is due:   segments %s\n  model:    segments %s"
                    .formatted(state, engine.due(), model.due(state)));
        }
        boolean refused = isRefused(command);
        ModelState before = state;
        state = engine.state();
        if (!command.explains(model, before, state, refused)) {
            return Optional.of("%s\n  before:   %s\n  engine:   %s%s\n  model:    %s"
                    .formatted(command, before, state, refused ? ", refused" : "", command.steps(model, before)));
        }
        if (!command.moves() && movedBack(before)) {
            return Optional.of(
                    "%s moved a checkpoint back\n  before:   %s\n  engine:   %s".formatted(command, before, state));
        }
        return Optional.empty();
    }

    private boolean isRefused(Command command) {
        try {
            command.on(engine);
            return false;
        } catch (Exception | AssertionError e) {
            // JTA throws checked exceptions out of methods that declare none
            return true;
        }
    }

    private boolean movedBack(ModelState before) {
        return state.segments().stream()
                .anyMatch(
                        segment -> segment.position() < source(before, segment).position());
    }

    private static Segment source(ModelState before, Segment segment) {
        return before.segments().stream()
                .filter(source -> source.first() <= segment.first() && segment.first() <= source.last())
                .findFirst()
                .orElseThrow();
    }
}
