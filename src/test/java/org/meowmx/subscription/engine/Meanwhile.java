package org.meowmx.subscription.engine;

import org.meowmx.subscription.engine.Model.Steps;

/** Workers run, and an operator or another node does something before their nth step. */
record Meanwhile(int step, Command command) implements Command {

    @Override
    public void on(Engine engine) {
        engine.workWhile(step, command);
    }

    @Override
    public Steps steps(Model model, ModelState from) {
        return model.work(from);
    }

    @Override
    public boolean explains(Model model, ModelState from, ModelState found, boolean refused) {
        return !refused && Interruptions.explain(model, from, command, found);
    }

    @Override
    public boolean moves() {
        return command.moves();
    }

    @Override
    public String toString() {
        return "work, and before its step %d %s".formatted(step, command);
    }
}
