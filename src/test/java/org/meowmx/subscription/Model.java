package org.meowmx.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.meowmx.subscription.ModelState.Segment;
import org.meowmx.subscription.World.Stored;

/**
 * What a subscription does, told as simply as can be: one event at a time, without pages that fail and are repeated.
 *
 * @param world the events
 * @param pageSize how many events a turn by hand takes
 * @param parksAfter after how many failures an event is parked; 0 for never
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

    static Steps refused(ModelState from) {
        return new Steps(List.of(from), true);
    }

    /** A worker's step with one event; empty when it has nothing to do. */
    Optional<ModelState> step(ModelState state, int segment) {
        if (state.foreign() || state.segment(segment).atRest()) {
            return Optional.empty();
        }
        return world.next(state.segment(segment))
                .map(event -> withoutParking(state, segment, event).orElseGet(() -> failed(state, segment, event)));
    }

    /** An event that is handled or follows its parked stream; empty when it fails. */
    private Optional<ModelState> withoutParking(ModelState state, int segment, Stored event) {
        ModelState past = state.with(segment, state.segment(segment).at(event.position()));
        if (state.isParked(event.stream())) {
            return Optional.of(past.withParked(event.stream(), event.version()));
        }
        return world.fails(event) ? Optional.empty() : Optional.of(past.withEffect(event.stream(), event.version()));
    }

    /** The next event of a segment has failed alone. */
    ModelState failed(ModelState state, int segment, Stored event) {
        Segment failing = state.segment(segment);
        return parksAfter > 0 && failing.attempts() + 1 >= parksAfter
                ? state.with(segment, failing.at(event.position())).withParked(event.stream(), event.version())
                : state.with(segment, failing.failed());
    }

    /** Workers of the segments, one after the other. */
    Steps work(ModelState from) {
        List<ModelState> steps = new ArrayList<>(List.of(from));
        IntStream.range(0, from.segments().size()).forEach(segment -> steps.addAll(work(last(steps), segment)));
        return new Steps(steps, false);
    }

    /** The steps of one segment's worker. */
    List<ModelState> work(ModelState from, int segment) {
        List<ModelState> steps = new ArrayList<>();
        for (Optional<ModelState> next = step(from, segment); next.isPresent(); next = step(next.get(), segment)) {
            steps.add(next.get());
        }
        return steps;
    }

    /** Turns by hand, up to a position; false when an event fails, which nothing notes. */
    private boolean turns(List<ModelState> steps, int segment, long upTo) {
        while (true) {
            ModelState state = last(steps);
            Segment reading = state.segment(segment);
            List<Stored> page = world.page(reading, upTo, reading.attempts() > 0 ? 1 : pageSize);
            if (page.isEmpty()) {
                return true;
            }
            for (Stored event : page) {
                Optional<ModelState> next = withoutParking(state, segment, event);
                if (next.isEmpty()) {
                    return false;
                }
                state = next.get();
            }
            steps.add(state);
        }
    }

    private boolean turns(List<ModelState> steps, long upTo) {
        return IntStream.range(0, last(steps).segments().size()).allMatch(segment -> turns(steps, segment, upTo));
    }

    Steps catchUp(ModelState from) {
        List<ModelState> steps = new ArrayList<>(List.of(from, from.adopted()));
        boolean done = turns(steps, Long.MAX_VALUE);
        return new Steps(steps, !done);
    }

    Steps changeSegments(ModelState from, int count) {
        List<Segments.Range> after = Segments.of(count);
        List<Segments.Range> before = from.segments().stream()
                .map(segment -> new Segments.Range(segment.first(), segment.last()))
                .toList();
        if (before.equals(after)) {
            return to(from);
        }
        if (from.segments().stream().anyMatch(segment -> segment.attempts() > 0)) {
            return refused(from);
        }
        long slowest =
                from.segments().stream().mapToLong(Segment::position).min().orElse(0);
        long fastest =
                from.segments().stream().mapToLong(Segment::position).max().orElse(0);
        return Segments.isSplit(before, after) || slowest == fastest
                ? to(from, divided(from, after))
                : join(from, after, fastest);
    }

    /** The faster ones wait, as if paused, until the slower ones have come up to them. */
    private Steps join(ModelState from, List<Segments.Range> after, long fastest) {
        List<ModelState> steps = new ArrayList<>(List.of(from, from.each(Segment::pause)));
        boolean done = !from.foreign() && turns(steps, fastest);
        if (done) {
            steps.add(divided(last(steps).each(segment -> segment.at(fastest)), after));
        }
        if (!from.isPaused()) {
            steps.add(last(steps).each(Segment::resume));
        }
        return new Steps(steps, !done);
    }

    private static ModelState divided(ModelState state, List<Segments.Range> ranges) {
        return state.with(ranges.stream().map(range -> part(state, range)).toList());
    }

    private static Segment part(ModelState state, Segments.Range range) {
        Segment source = state.segments().stream()
                .filter(segment -> segment.first() <= range.first() && range.first() <= segment.last())
                .findFirst()
                .orElseThrow();
        return new Segment(range.first(), range.last(), source.position(), source.paused(), 0, false);
    }

    Steps retryParked(ModelState from, String stream) {
        List<ModelState> steps = new ArrayList<>(List.of(from));
        while (last(steps).isParked(stream)) {
            long version = last(steps).parked().get(stream).get(0);
            if (world.failing(stream, version) != null) {
                return new Steps(steps, true);
            }
            steps.add(last(steps).withoutParked(stream, 1).withEffect(stream, version));
        }
        return new Steps(steps, false);
    }

    Steps skipParked(ModelState from, String stream) {
        List<ModelState> steps = new ArrayList<>(List.of(from));
        Steps rest = retryParked(from.withoutParked(stream, 1), stream);
        steps.addAll(rest.states());
        return new Steps(steps, rest.refused());
    }

    /** The segments, by their first slices, for which a node is to find something to do. */
    Set<Integer> due(ModelState state) {
        return IntStream.range(0, state.segments().size())
                .filter(segment -> step(state, segment).isPresent())
                .mapToObj(segment -> state.segment(segment).first())
                .collect(Collectors.toSet());
    }

    /** Whether two states are the same, but for places between the same two events. */
    boolean same(ModelState one, ModelState other) {
        return one.effects().equals(other.effects())
                && one.parked().equals(other.parked())
                && one.foreign() == other.foreign()
                && one.segments().size() == other.segments().size()
                && IntStream.range(0, one.segments().size())
                        .allMatch(segment -> same(one.segment(segment), other.segment(segment)));
    }

    private boolean same(Segment one, Segment other) {
        return Objects.equals(world.next(one), world.next(other))
                && new Segment(one.first(), one.last(), 0, one.paused(), one.attempts(), one.waiting())
                        .equals(new Segment(
                                other.first(), other.last(), 0, other.paused(), other.attempts(), other.waiting()));
    }

    private static ModelState last(List<ModelState> steps) {
        return steps.get(steps.size() - 1);
    }
}
