package org.meowmx.subscription.engine;

import java.util.stream.Stream;
import org.meowmx.subscription.engine.Model.Steps;

/** A command in which the database fails. */
record Broken(Fault fault, Command command) implements Command {

    @Override
    public void on(Engine engine) {
        FaultyDatabase.during(fault, () -> command.on(engine));
    }

    @Override
    public Steps steps(Model model, ModelState from) {
        return command.steps(model, from);
    }

    @Override
    public boolean explains(Model model, ModelState from, ModelState found, boolean refused) {
        Stream<ModelState> possible = fault.kind().endsTheProcess()
                ? command.steps(model, from).states().stream()
                : command.cutOff(model, from);
        return possible.anyMatch(state -> model.same(state, found));
    }

    @Override
    public boolean moves() {
        return command.moves();
    }

    @Override
    public String toString() {
        return "%s, %s at step %d".formatted(command, fault.kind(), fault.step());
    }
}
