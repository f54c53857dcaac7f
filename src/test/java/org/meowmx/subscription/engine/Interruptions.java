package org.meowmx.subscription.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meowmx.subscription.engine.World.Stored;

/** The states in which interrupted workers may end. */
final class Interruptions {

    private Interruptions() {}

    /**
     * All states in which workers may end if one of their connections breaks. The worker of that segment stopped at
     * some event, or recorded the break as the failure of an event that it tried alone. The others did all their work.
     */
    static Stream<ModelState> of(Model model, ModelState from) {
        List<ModelState> ends = new ArrayList<>();
        ModelState before = from;
        for (int i = 0; i < from.segments().size(); i++) {
            int slice = from.firstSlices().get(i);
            List<Integer> others =
                    from.firstSlices().subList(i + 1, from.segments().size());
            List<ModelState> steps = new ArrayList<>(List.of(before));
            steps.addAll(model.work(before, slice));
            for (ModelState step : steps) {
                ends.add(worked(model, step, others));
                mistaken(model, step, slice)
                        .map(failed -> worked(model, last(failed, model.work(failed, slice)), others))
                        .ifPresent(ends::add);
            }
            before = last(before, steps);
        }
        return ends.stream();
    }

    private static Optional<ModelState> mistaken(Model model, ModelState state, int slice) {
        if (!state.firstSlices().contains(slice) || state.segment(slice).isWaiting() || state.foreign()) {
            return Optional.empty();
        }
        return model.next(state, slice).map(event -> model.failed(state, slice, event));
    }

    /** The state after the workers of these segments have done all their work. */
    private static ModelState worked(Model model, ModelState from, List<Integer> slices) {
        ModelState state = from;
        for (int slice : slices) {
            state = last(state, model.work(state, slice));
        }
        return state;
    }

    /**
     * Whether a command between two steps of workers explains a state. It may have come between the failure of an event
     * and its recording.
     */
    static boolean explain(Model model, ModelState from, Command command, ModelState found) {
        return model.work(from).states().stream()
                .flatMap(state -> positions(model, state))
                .anyMatch(before -> {
                    ModelState after = command.steps(model, before).outcome();
                    return recorded(model, before, after)
                            .anyMatch(state -> reaches(model, state, from.firstSlices(), found));
                });
    }

    /**
     * The state, and variants in which the first segments that have read all their events are at the end of the log. Workers take the
     * segments in turn, and a merge compares positions.
     */
    private static Stream<ModelState> positions(Model model, ModelState state) {
        long end = Math.min(model.world().last(), state.readLimit());
        List<ModelState> read = new ArrayList<>(List.of(state));
        for (int slice : state.firstSlices()) {
            read.add(last(state, read)
                    .each(segment ->
                            segment.first() == slice && model.next(state, slice).isEmpty() && segment.position() < end
                                    ? segment.at(end)
                                    : segment));
        }
        return read.stream();
    }

    /** The state after the command, and those in which a failure from before it is recorded. */
    private static Stream<ModelState> recorded(Model model, ModelState before, ModelState after) {
        Stream<ModelState> failed = before.firstSlices().stream()
                .flatMap(slice -> failing(model, before, slice).stream())
                .flatMap(event -> after.firstSlices().stream()
                        .filter(slice -> !after.foreign())
                        .filter(slice ->
                                model.next(after, slice).filter(event::equals).isPresent())
                        .map(slice -> model.failed(after, slice, event)));
        return Stream.concat(Stream.of(after), failed);
    }

    private static Optional<Stored> failing(Model model, ModelState state, int slice) {
        return model.step(state, slice).isEmpty()
                ? Optional.empty()
                : model.next(state, slice).filter(model.world()::fails);
    }

    /**
     * Whether the workers of these segments can lead from one state to the other. Each of them may stop at any event.
     */
    private static boolean reaches(Model model, ModelState from, List<Integer> slices, ModelState to) {
        if (slices.isEmpty()) {
            return model.same(from, to);
        }
        int slice = slices.get(0);
        List<Integer> others = slices.subList(1, slices.size());
        return Stream.concat(Stream.of(from), model.work(from, slice).stream())
                .filter(step -> isOnTheWay(model, step, slice, to))
                .anyMatch(step -> reaches(model, step, others, to));
    }

    /**
     * Whether a segment whose worker has ended is in its final state. If a merge is still to come, any state is
     * possible.
     */
    private static boolean isOnTheWay(Model model, ModelState step, int slice, ModelState to) {
        if (!step.firstSlices().equals(to.firstSlices())) {
            return step.merge().isPresent();
        }
        return !step.firstSlices().contains(slice)
                || (model.world().next(step.segment(slice)).equals(model.world().next(to.segment(slice)))
                        && step.segment(slice).attempts() == to.segment(slice).attempts());
    }

    private static ModelState last(ModelState from, List<ModelState> steps) {
        return steps.isEmpty() ? from : steps.get(steps.size() - 1);
    }
}
