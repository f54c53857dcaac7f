package org.meowmx.subscription;

import java.util.stream.Stream;
import org.meowmx.ReadFrom;
import org.meowmx.subscription.Model.Steps;
import org.meowmx.subscription.ModelState.Segment;

/** One thing that happens in a history, to the engine and to its model. */
sealed interface Command {

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

    /** What changes the world, not the subscription. */
    sealed interface Outside extends Command {

        @Override
        default Steps steps(Model model, ModelState from) {
            return Model.to(from);
        }
    }

    record Append(String stream, int events) implements Outside {

        @Override
        public void on(Engine engine) {
            engine.append(stream, events);
        }
    }

    /** Events of no interest make gaps between those that are asked for. */
    record AppendElsewhere() implements Outside {

        @Override
        public void on(Engine engine) {
            engine.appendElsewhere();
        }
    }

    /** From now on the observers fail at an event, which may be still to come. */
    record Poison(String stream, int version, World.Failing how) implements Outside {

        @Override
        public void on(Engine engine) {
            engine.world().poison(stream, version, how);
        }
    }

    record Heal() implements Outside {

        @Override
        public void on(Engine engine) {
            engine.world().heal();
        }
    }

    /** Until every retry is due. */
    record Wait() implements Command {

        @Override
        public void on(Engine engine) {
            engine.letRetriesBecomeDue();
        }

        @Override
        public Steps steps(Model model, ModelState from) {
            return Model.to(from.each(segment -> new Segment(
                    segment.first(), segment.last(), segment.position(), segment.paused(), segment.attempts(), false)));
        }
    }

    /** A node's worker is let loose on each segment, due or not: it may have been found to be due before. */
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
    }

    record CatchUp() implements Command {

        @Override
        public void on(Engine engine) {
            engine.subscriptions().catchUp(engine.name());
        }

        @Override
        public Steps steps(Model model, ModelState from) {
            return model.catchUp(from);
        }
    }

    record Pause() implements Command {

        @Override
        public void on(Engine engine) {
            engine.subscriptions().pause(engine.name());
        }

        @Override
        public Steps steps(Model model, ModelState from) {
            return Model.to(from, from.each(Segment::pause));
        }
    }

    record Resume() implements Command {

        @Override
        public void on(Engine engine) {
            engine.subscriptions().resume(engine.name());
        }

        @Override
        public Steps steps(Model model, ModelState from) {
            return Model.to(from, from.each(Segment::resume));
        }
    }

    /** To the place of the nth event of the log. */
    record Reposition(int event) implements Command {

        @Override
        public void on(Engine engine) {
            ReadFrom place = ReadFrom.after(engine.world().position(event));
            engine.subscriptions().reposition(engine.name(), place, engine::deleteEffects);
        }

        @Override
        public Steps steps(Model model, ModelState from) {
            return from.isPaused()
                    ? Model.to(from, from.emptiedAt(model.world().position(event)))
                    : Model.refused(from);
        }

        @Override
        public boolean moves() {
            return true;
        }
    }

    record Replay() implements Command {

        @Override
        public void on(Engine engine) {
            engine.subscriptions().replay(engine.name(), engine::deleteEffects);
        }

        @Override
        public Steps steps(Model model, ModelState from) {
            return Model.to(from, from.emptiedAt(0).each(Segment::resume));
        }

        @Override
        public boolean moves() {
            return true;
        }
    }

    record ChangeSegments(int count) implements Command {

        @Override
        public void on(Engine engine) {
            engine.subscriptions().changeSegments(engine.name(), count);
        }

        @Override
        public Steps steps(Model model, ModelState from) {
            return model.changeSegments(from, count);
        }

        /** Where it paused the subscription it resumes it, if it can still do that. */
        @Override
        public Stream<ModelState> cutOff(Model model, ModelState from) {
            Stream<ModelState> states = steps(model, from).states().stream();
            return from.isPaused() ? states : states.flatMap(state -> Stream.of(state, state.each(Segment::resume)));
        }
    }

    record RetryParked(String stream) implements Command {

        @Override
        public void on(Engine engine) {
            engine.subscriptions().retryParked(engine.name(), World.id(stream));
        }

        @Override
        public Steps steps(Model model, ModelState from) {
            return model.retryParked(from, stream);
        }
    }

    record SkipParked(String stream) implements Command {

        @Override
        public void on(Engine engine) {
            engine.subscriptions().skipParked(engine.name(), World.id(stream));
        }

        @Override
        public Steps steps(Model model, ModelState from) {
            return model.skipParked(from, stream);
        }
    }

    record DiscardParked(String stream) implements Command {

        @Override
        public void on(Engine engine) {
            engine.subscriptions().discardParked(engine.name(), World.id(stream));
        }

        @Override
        public Steps steps(Model model, ModelState from) {
            return Model.to(from, from.withoutParked(stream, Integer.MAX_VALUE));
        }
    }

    /** A release that asks for something else has written its filter into the checkpoints. */
    record OtherRelease() implements Command {

        @Override
        public void on(Engine engine) {
            engine.writeForeignFilter();
        }

        @Override
        public Steps steps(Model model, ModelState from) {
            return Model.to(from, from.foreignNow());
        }
    }

    /** The node looks whose filter counts, as it does with its beat. */
    record Adopt() implements Command {

        @Override
        public void on(Engine engine) {
            engine.adopt();
        }

        @Override
        public Steps steps(Model model, ModelState from) {
            return Model.to(from, from.adopted());
        }
    }

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
    }

    /** Workers, and what an operator or another node does before their nth step. */
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
    }
}
