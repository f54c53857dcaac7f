package org.meowmx.subscription.engine;

import java.util.stream.Stream;
import org.meowmx.subscription.engine.Model.Steps;

/** One step of a history, for the engine and for its model. */
interface Command {

    /** Runs it on the engine. */
    void on(Engine engine);

    /** Its steps, by the model. */
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

    /** The states in which it may end if a connection breaks during it. */
    default Stream<ModelState> cutOff(Model model, ModelState from) {
        return steps(model, from).states().stream();
    }

    /** Whether it may move a checkpoint back. */
    default boolean moves() {
        return false;
    }
}
