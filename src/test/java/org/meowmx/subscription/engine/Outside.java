package org.meowmx.subscription.engine;

import java.util.function.Consumer;
import org.meowmx.subscription.engine.Model.Steps;

/** What changes the world, not the subscription. */
record Outside(String name, Consumer<Engine> change) implements Command {

    static Command append(String stream, int events) {
        return new Outside("append %d events to %s".formatted(events, stream), engine -> engine.append(stream, events));
    }

    /** Events of no interest make gaps between those that are asked for. */
    static Command appendElsewhere() {
        return new Outside("append to another category", Engine::appendElsewhere);
    }

    /** From now on the observers fail at an event, which may be still to come. */
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
