package org.meowmx.subscription.engine;

import java.util.function.Consumer;
import org.meowmx.subscription.engine.Model.Steps;

/** A change of the world, not of the subscription. */
record Outside(String name, Consumer<Engine> change) implements Command {

    static Command append(String stream, int events) {
        return new Outside("append %d events to %s".formatted(events, stream), engine -> engine.append(stream, events));
    }

    /** Appends events that are not requested, so that there are gaps between those that are. */
    static Command appendElsewhere() {
        return new Outside("append to another category", Engine::appendElsewhere);
    }

    /** Lets the observers fail at an event, which may not exist yet. */
    static Command poison(String stream, int version, World.Failing how) {
        return new Outside("let %s fail at version %d, %s".formatted(stream, version, how), engine -> engine.world()
                .poison(stream, version, how));
    }

    static Command heal() {
        return new Outside("let nothing fail", engine -> engine.world().heal());
    }

    @Override
    public void on(Engine engine) {
        change.accept(engine);
    }

    @Override
    public Steps steps(Model model, ModelState from) {
        return Model.to(from);
    }

    @Override
    public String toString() {
        return name;
    }
}
