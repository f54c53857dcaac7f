package org.meowmx.subscription.engine;

import java.util.stream.Stream;
import org.meowmx.subscription.engine.Model.Steps;

/** A node's workers run for all segments, due or not: a segment may have been due at the time of the query. */
record Work() implements Command {

    @Override
    public void on(Engine engine) {
        engine.work();
    }

    @Override
    public Steps steps(Model model, ModelState from) {
        return model.work(from);
    }

    @Override
    public Stream<ModelState> cutOff(Model model, ModelState from) {
        return Interruptions.of(model, from);
    }

    @Override
    public String toString() {
        return "work";
    }
}
