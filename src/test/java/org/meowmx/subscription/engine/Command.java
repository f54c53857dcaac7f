package org.meowmx.subscription.engine;

import java.util.stream.Stream;
import org.meowmx.subscription.engine.Model.Steps;

/** One thing that happens in a history, to the engine and to its model. */
interface Command {

    /** Does it to the engine. */
    void on(Engine engine);

    /** What it does to the model. */
    Steps steps(Model model, ModelState from);

    /**
     * Whether the engine may be in this state after it.
     *
     * @param refused whether it threw
     */
    default boolean explains(Model model, ModelState from, ModelState found, boolean refused) {
        Steps steps = steps(model, from);
        return refused == steps.refused() && model.same(steps.outcome(), found);
    }

    /** In which states it may end when a connection breaks in it. */
    default Stream<ModelState> cutOff(Model model, ModelState from) {
        return steps(model, from).states().stream();
    }

    /** Whether it may move a checkpoint back. */
    default boolean moves() {
        return false;
    }
}
