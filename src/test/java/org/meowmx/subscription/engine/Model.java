package org.meowmx.subscription.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meowmx.subscription.engine.ModelState.Merge;
import org.meowmx.subscription.engine.ModelState.Segment;
import org.meowmx.subscription.engine.World.Stored;
import org.meowmx.subscription.engine.declaration.Segments;

/**
 * The simplest description of a subscription's behaviour: one event at a time, without pages that fail and are
 * repeated.
 *
 * @param world the events
 * @param pageSize the number of events in a turn of a caller
 * @param parksAfter the number of failures after which an event is parked; 0 for never
 */
record Model(World world, int pageSize, int parksAfter) {

    /**
     * The states that a command leads through, one for each transaction, from the one that it finds to its outcome.
     *
     * @param refused whether it throws
     */
    record Steps(List<ModelState> states, boolean refused) {

        ModelState outcome() {
            return states.get(states.size() - 1);
        }
    }

    static Steps to(ModelState... states) {
        return new Steps(List.of(states), false);
    }

    static Steps refused(ModelState... states) {
        return new Steps(List.of(states), true);
    }

    /**
     * A worker's step: with one event, to the merge point, or the merge itself; empty if the worker has nothing to do,
     * or its segment no longer exists.
     */
    Optional<ModelState> step(ModelState state, int slice) {
        if (!state.firstSlices().contains(slice)) {
            return Optional.empty();
        }
        Segment reading = state.segment(slice);
        if (state.foreign() || reading.isWaiting()) {
            return Optional.empty();
        }
        if (state.isAtMergePoint(reading)) {
            return Optional.of(state).filter(ModelState::areAllAtMergePoint).map(Model::merged);
        }
        return next(state, slice)
                .map(event -> withoutParking(state, slice, event).orElseGet(() -> failed(state, slice, event)))
                .or(() -> goToMergePoint(state, slice));
    }

    /** The next event of a segment, which reads no further than to the merge point. */
    Optional<Stored> next(ModelState state, int slice) {
        return world.next(state.segment(slice)).filter(event -> event.position() <= state.readLimit());
    }

    /** An event that is handled or follows its parked stream; empty when it fails. */
    private Optional<ModelState> withoutParking(ModelState state, int slice, Stored event) {
        ModelState past = state.with(state.segment(slice).at(event.position()));
        if (state.isParked(event.stream())) {
            return Optional.of(
                    past.withParked(event.stream(), state.segment(slice).noted(event)));
        }
        return world.fails(event)
                ? Optional.empty()
                : Optional.of(
                        past.withEffect(event.stream(), state.segment(slice).noted(event)));
    }

    /** The next event of a segment has failed alone. */
    ModelState failed(ModelState state, int slice, Stored event) {
        Segment failing = state.segment(slice);
        return parksAfter > 0 && failing.attempts() + 1 >= parksAfter
                ? state.with(failing.at(event.position())).withParked(event.stream(), failing.noted(event))
                : state.with(failing.failed());
    }

    /** Workers of the segments, one after the other. */
    Steps work(ModelState from) {
        List<ModelState> steps = new ArrayList<>(List.of(from));
        from.firstSlices().forEach(slice -> steps.addAll(work(last(steps), slice)));
        return new Steps(steps, false);
    }

    /** The steps of one segment's worker. */
    List<ModelState> work(ModelState from, int slice) {
        List<ModelState> steps = new ArrayList<>();
        Optional<ModelState> next = step(from, slice);
        while (next.isPresent()) {
            steps.add(next.get());
            next = step(next.get(), slice);
        }
        return steps;
    }

    /** Turns of a caller; false if an event fails, which is not recorded. */
    private boolean turns(List<ModelState> steps, int slice) {
        while (true) {
            ModelState state = last(steps);
            Segment reading = state.segment(slice);
            long limit = reading.isReplaying() ? Math.min(state.readLimit(), reading.liveAfter()) : state.readLimit();
            List<Stored> page = world.page(reading, limit, reading.attempts() > 0 ? 1 : pageSize);
            if (page.isEmpty() && reading.isReplaying() && limit == reading.liveAfter()) {
                steps.add(state.with(reading.at(limit)));
                continue;
            }
            if (page.isEmpty()) {
                goToMergePoint(state, slice).ifPresent(steps::add);
                return true;
            }
            Optional<ModelState> handled = withoutParking(state, slice, page);
            if (handled.isEmpty()) {
                return false;
            }
            steps.add(handled.get());
        }
    }

    private Optional<ModelState> withoutParking(ModelState state, int slice, List<Stored> page) {
        Optional<ModelState> handled = Optional.of(state);
        for (Stored event : page) {
            handled = handled.flatMap(before -> withoutParking(before, slice, event));
        }
        return handled;
    }

    /** If a merge is scheduled, a segment with nothing to read moves to the merge point. */
    private static Optional<ModelState> goToMergePoint(ModelState state, int slice) {
        return state.merge()
                .map(Merge::point)
                .filter(point -> state.segment(slice).position() < point)
                .map(point -> state.with(state.segment(slice).at(point)));
    }

    Steps catchUp(ModelState from) {
        List<ModelState> steps = new ArrayList<>(List.of(from, from.reconciled()));
        boolean done = catchUp(steps);
        while (done && last(steps).merge().isPresent()) {
            steps.add(merged(last(steps)));
            done = catchUp(steps);
        }
        return new Steps(steps, !done);
    }

    private boolean catchUp(List<ModelState> steps) {
        return last(steps).firstSlices().stream().allMatch(slice -> turns(steps, slice));
    }

    Steps changeSegments(ModelState from, int count) {
        List<Segments.Range> after = Segments.of(count);
        List<Segments.Range> before = from.segments().stream()
                .map(segment -> new Segments.Range(segment.first(), segment.last()))
                .toList();
        if (before.equals(after)) {
            return to(from, from.withoutMerge());
        }
        if (from.segments().stream().anyMatch(segment -> segment.attempts() > 0)) {
            return refused(from);
        }
        return Segments.isSplit(before, after) || from.isLevel()
                ? to(from, withSegments(from, after))
                : to(from, from.withMerge(new Merge(from.meetingPoint(), count)));
    }

    /** Segments at the merge point are replaced by the wanted ones. */
    private static ModelState merged(ModelState state) {
        return withSegments(state, Segments.of(state.merge().orElseThrow().segments()));
    }

    private static ModelState withSegments(ModelState state, List<Segments.Range> ranges) {
        return state.withoutMerge()
                .with(ranges.stream().map(range -> part(state, range)).toList());
    }

    private static Segment part(ModelState state, Segments.Range range) {
        Segment source = state.segments().stream()
                .filter(segment -> segment.first() <= range.first() && range.first() <= segment.last())
                .findFirst()
                .orElseThrow();
        return new Segment(
                range.first(), range.last(), source.position(), source.liveAfter(), source.paused(), 0, false);
    }

    Steps retryParked(ModelState from, String stream) {
        List<ModelState> steps = new ArrayList<>(List.of(from, from.reconciled()));
        while (last(steps).isParked(stream)) {
            long version = last(steps).parked().get(stream).get(0);
            if (world.failing(stream, Math.abs(version)) != null) {
                return new Steps(steps, true);
            }
            steps.add(last(steps).withoutParked(stream, 1).withEffect(stream, version));
        }
        return new Steps(steps, false);
    }

    Steps skipParked(ModelState from, String stream) {
        List<ModelState> steps = new ArrayList<>(List.of(from));
        Steps rest = retryParked(from.reconciled().withoutParked(stream, 1), stream);
        steps.addAll(rest.states());
        return new Steps(steps, rest.refused());
    }

    /** The segments for which a node must find work. */
    Set<Integer> due(ModelState state) {
        return state.firstSlices().stream()
                .filter(slice -> state.merge().isEmpty()
                        ? step(state, slice).isPresent() || isDueToRetry(state.segment(slice))
                        : isDueToMerge(state, state.segment(slice)))
                .collect(Collectors.toSet());
    }

    /** Whether a retry is due; for any release, because a turn of any release may have to end a delay. */
    private static boolean isDueToRetry(Segment segment) {
        return !segment.isWaiting() && segment.attempts() > 0;
    }

    /**
     * Whether a segment has not reached the merge point, or is the first one and all have reached it; for any release.
     */
    private static boolean isDueToMerge(ModelState state, Segment segment) {
        return !segment.isWaiting()
                && (!state.isAtMergePoint(segment) || (segment.first() == 0 && state.areAllAtMergePoint()));
    }

    /** Whether two states are the same, except for positions between the same two events. */
    boolean same(ModelState one, ModelState other) {
        return one.effects().equals(other.effects())
                && one.parked().equals(other.parked())
                && one.foreign() == other.foreign()
                && sameMerge(one, other)
                && one.firstSlices().equals(other.firstSlices())
                && one.firstSlices().stream().allMatch(slice -> same(one, other, slice));
    }

    private boolean sameMerge(ModelState one, ModelState other) {
        return one.merge().map(Merge::segments).equals(other.merge().map(Merge::segments))
                && !world.hasBetween(one.readLimit(), other.readLimit());
    }

    private boolean same(ModelState one, ModelState other, int slice) {
        Segment left = one.segment(slice);
        Segment right = other.segment(slice);
        return Objects.equals(world.next(left), world.next(right))
                && Objects.equals(world.next(left.at(left.liveAfter())), world.next(right.at(right.liveAfter())))
                && one.isAtMergePoint(left) == other.isAtMergePoint(right)
                && new Segment(left.first(), left.last(), 0, 0, left.paused(), left.attempts(), left.waiting())
                        .equals(new Segment(
                                right.first(), right.last(), 0, 0, right.paused(), right.attempts(), right.waiting()));
    }

    private static ModelState last(List<ModelState> steps) {
        return steps.get(steps.size() - 1);
    }
}
