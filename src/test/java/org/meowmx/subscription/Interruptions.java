package org.meowmx.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.meowmx.subscription.ModelState.Segment;
import org.meowmx.subscription.World.Stored;

/** Where workers may end that were interrupted. */
final class Interruptions {

    private Interruptions() {}

    /**
     * All states in which workers may end one of whose connections broke: that segment's worker gave up at some event, or took the
     * break for the failure of an event that it tried alone; the others did all they had to do.
     */
    static Stream<ModelState> of(Model model, ModelState from) {
        List<ModelState> ends = new ArrayList<>();
        ModelState before = from;
        for (int segment = 0; segment < from.segments().size(); segment++) {
            List<ModelState> steps = new ArrayList<>(List.of(before));
            steps.addAll(model.work(before, segment));
            for (ModelState step : steps) {
                ends.add(others(model, step, segment));
                mistaken(model, step, segment).ifPresent(end -> ends.add(end));
            }
            before = steps.get(steps.size() - 1);
        }
        return ends.stream();
    }

    private static Optional<ModelState> mistaken(Model model, ModelState state, int segment) {
        Segment reading = state.segment(segment);
        if (reading.atRest() || state.foreign()) {
            return Optional.empty();
        }
        return model.world().next(reading).map(event -> {
            ModelState failed = model.failed(state, segment, event);
            return others(model, last(failed, model.work(failed, segment)), segment);
        });
    }

    /** The segments after this one have done what they had to do. */
    private static ModelState others(Model model, ModelState from, int segment) {
        ModelState state = from;
        for (int next = segment + 1; next < from.segments().size(); next++) {
            state = last(state, model.work(state, next));
        }
        return state;
    }

    /**
     * Whether workers may have come to a state in which a command came between two of their steps, which may have been between the
     * failure of an event and its being noted.
     */
    static boolean explain(Model model, ModelState from, Command command, ModelState found) {
        return model.work(from).states().stream()
                .flatMap(state -> places(model, state))
                .anyMatch(before -> {
                    ModelState after = command.steps(model, before).outcome();
                    return noted(model, before, after).anyMatch(state -> reaches(model, state, found));
                });
    }

    /** The state, and the same with segments at the end of the log that have read what is theirs: a join looks at places. */
    private static Stream<ModelState> places(Model model, ModelState state) {
        long end = model.world().last();
        ModelState read = state.each(segment ->
                model.world().next(segment).isEmpty() && segment.position() < end ? segment.at(end) : segment);
        return Stream.of(state, read);
    }

    /** The state after the command, and those in which a failure from before it is noted. */
    private static Stream<ModelState> noted(Model model, ModelState before, ModelState after) {
        Stream<ModelState> failed = IntStream.range(0, before.segments().size())
                .boxed()
                .flatMap(segment -> failing(model, before, segment).stream())
                .flatMap(event -> IntStream.range(0, after.segments().size())
                        .filter(segment -> !after.foreign())
                        .filter(segment -> model.world()
                                .next(after.segment(segment))
                                .filter(event::equals)
                                .isPresent())
                        .mapToObj(segment -> model.failed(after, segment, event)));
        return Stream.concat(Stream.of(after), failed);
    }

    private static Optional<Stored> failing(Model model, ModelState state, int segment) {
        return model.step(state, segment).isEmpty()
                ? Optional.empty()
                : model.world().next(state.segment(segment)).filter(model.world()::fails);
    }

    /** Whether each segment's worker, which may stop at any event, can lead from one state to the other. */
    private static boolean reaches(Model model, ModelState from, ModelState to) {
        if (from.segments().size() != to.segments().size()) {
            return false;
        }
        ModelState state = from;
        for (int i = 0; i < from.segments().size(); i++) {
            int segment = i;
            List<ModelState> steps = new ArrayList<>(List.of(state));
            steps.addAll(model.work(state, segment));
            Optional<ModelState> match = steps.stream()
                    .filter(step -> model.world()
                            .next(step.segment(segment))
                            .equals(model.world().next(to.segment(segment))))
                    .filter(step -> step.segment(segment).attempts()
                            == to.segment(segment).attempts())
                    .findFirst();
            if (match.isEmpty()) {
                return false;
            }
            state = match.get();
        }
        return model.same(state, to);
    }

    private static ModelState last(ModelState from, List<ModelState> steps) {
        return steps.isEmpty() ? from : steps.get(steps.size() - 1);
    }
}
