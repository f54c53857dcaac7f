package org.meowmx.subscription.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.meowmx.subscription.engine.ModelState.Segment;
import org.meowmx.subscription.engine.ProjectionState.Version;
import org.meowmx.subscription.engine.World.Stored;
import org.meowmx.subscription.engine.declaration.Segments;

/**
 * The simplest description of the versions of a projection: one event at a time. The result of each operation is the next state,
 * or empty if the operation is refused.
 */
record ProjectionModel(World world) {

    /** How {@link World} calls a stream at which only one version fails. */
    static String failing(int number, String stream) {
        return number + ":" + stream;
    }

    /** Workers of the segments of a version, one after the other. */
    ProjectionState work(ProjectionState from, int number) {
        ProjectionState state = from;
        for (Segment segment : from.version(number).segments()) {
            Optional<ProjectionState> next = Optional.of(state);
            while (next.isPresent()) {
                state = next.get();
                next = step(state, number, state.segment(number, segment.first()));
            }
        }
        return state;
    }

    private Optional<ProjectionState> step(ProjectionState state, int number, Segment segment) {
        return segment.isWaiting()
                ? Optional.empty()
                : next(segment, state.limit(number, segment)).map(event -> handled(state, number, segment, event)
                        .orElseGet(() -> state.with(number, segment.failed())));
    }

    private Optional<Stored> next(Segment segment, long upTo) {
        return world.next(segment).filter(event -> event.position() <= upTo);
    }

    /** An event of a segment is handled; empty if it fails. Only the version that serves appends, and has live effects. */
    private Optional<ProjectionState> handled(ProjectionState state, int number, Segment segment, Stored event) {
        boolean serves = number == state.serving();
        if (world.failing(failing(number, event.stream()), event.version()) != null
                || (!serves && !state.hasAppended(event))) {
            return Optional.empty();
        }
        boolean live = serves && event.position() > segment.liveAfter();
        ProjectionState handled = state.with(number, segment.at(event.position()))
                .withRow(number, event.stream(), live ? event.version() : -event.version());
        ProjectionState appended = serves ? handled.withAppended(event) : handled;
        return Optional.of(live ? appended.withLive(event) : appended);
    }

    /** A version is built unless it exists, or was retired. Its events up to the end of the log have no live effects. */
    ProjectionState build(ProjectionState from, int number) {
        Version version = from.version(number);
        return version.exists() || version.retired() ? from : from.with(number, Version.builtUpTo(world.last()));
    }

    /** A version takes over at exactly the positions of the one that serves. */
    Optional<ProjectionState> switchTo(ProjectionState from, int number, boolean evenIfFailing) {
        Version next = from.version(number);
        Version serving = from.version(from.serving());
        boolean refused = number == from.serving()
                || !next.exists()
                || next.isFailing()
                || next.isPaused()
                || serving.isReplaying()
                || (!evenIfFailing && (serving.isFailing() || serving.isPaused()))
                || next.segments().stream().anyMatch(segment -> segment.position() > from.limit(number, segment));
        if (refused) {
            return Optional.empty();
        }
        List<Segment> parts = parts(from, next);
        Optional<ProjectionState> state = Optional.of(from.with(number, parts));
        for (Segment part : parts) {
            state = state.flatMap(before -> broughtUp(before, number, part.first()));
        }
        return state.map(before -> before.servedBy(number));
    }

    /** The segments of the next version, divided where those of the serving version are at different positions. */
    private static List<Segment> parts(ProjectionState state, Version next) {
        List<Segment> parts = new ArrayList<>();
        for (Segment source : next.segments()) {
            List<Segment> goals = state.overlapping(source).toList();
            int first = source.first();
            for (int i = 0; i < goals.size(); i++) {
                boolean last = i == goals.size() - 1;
                if (last || goals.get(i).position() != goals.get(i + 1).position()) {
                    int end = last ? source.last() : goals.get(i).last();
                    parts.add(new Segment(first, end, source.position(), source.liveAfter(), false, 0, false));
                    first = end + 1;
                }
            }
        }
        return parts;
    }

    private Optional<ProjectionState> broughtUp(ProjectionState from, int number, int slice) {
        Segment goal = from.overlapping(from.segment(number, slice)).findFirst().orElseThrow();
        Optional<ProjectionState> state = Optional.of(from);
        while (state.isPresent()) {
            ProjectionState before = state.get();
            Segment part = before.segment(number, slice);
            Optional<Stored> missing = next(part, goal.position());
            if (missing.isEmpty()) {
                return Optional.of(before.with(
                        number,
                        new Segment(part.first(), part.last(), goal.position(), goal.liveAfter(), false, 0, false)));
            }
            state = handled(before, number, part, missing.get());
        }
        return Optional.empty();
    }

    static Optional<ProjectionState> retire(ProjectionState from, int number) {
        Version version = from.version(number);
        return version.exists() && number != from.serving()
                ? Optional.of(from.with(number, new Version(List.of(), version.rows(), true)))
                : Optional.empty();
    }

    static Optional<ProjectionState> pause(ProjectionState from, int number) {
        return each(from, number, Segment::pause);
    }

    /** A version that was retired is built again, from the beginning. */
    Optional<ProjectionState> resume(ProjectionState from, int number) {
        return from.version(number).retired()
                ? Optional.of(from.with(number, Version.builtUpTo(world.last())))
                : each(from, number, Segment::resume);
    }

    static Optional<ProjectionState> replay(ProjectionState from, int number) {
        return each(from, number, segment -> segment.at(0).resume()).map(state -> withoutRows(state, number));
    }

    static Optional<ProjectionState> reposition(ProjectionState from, int number, long position) {
        return from.version(number).isPaused()
                ? each(from, number, segment -> segment.at(position)).map(state -> withoutRows(state, number))
                : Optional.empty();
    }

    private static ProjectionState withoutRows(ProjectionState state, int number) {
        return state.with(number, state.version(number).withoutRows());
    }

    private static Optional<ProjectionState> each(ProjectionState from, int number, UnaryOperator<Segment> change) {
        Version version = from.version(number);
        return version.exists()
                ? Optional.of(from.with(
                        number, version.segments().stream().map(change).toList()))
                : Optional.empty();
    }

    static Optional<ProjectionState> changeSegments(ProjectionState from, int number, int count) {
        Version version = from.version(number);
        List<Segments.Range> after = Segments.of(count);
        if (version.ranges().equals(after)) {
            return Optional.of(from);
        }
        return version.exists() && !version.isFailing()
                ? Optional.of(from.with(
                        number,
                        after.stream().map(range -> part(version, range)).toList()))
                : Optional.empty();
    }

    private static Segment part(Version version, Segments.Range range) {
        Segment source = version.segments().stream()
                .filter(segment -> segment.first() <= range.first() && range.first() <= segment.last())
                .findFirst()
                .orElseThrow();
        return new Segment(
                range.first(), range.last(), source.position(), source.liveAfter(), source.paused(), 0, false);
    }

    /** Whether two states are the same, except for positions between the same two events. */
    boolean same(ProjectionState one, ProjectionState other) {
        return one.serving() == other.serving()
                && one.live().equals(other.live())
                && one.appended().equals(other.appended())
                && one.versions().keySet().stream()
                        .allMatch(number -> same(one.version(number), other.version(number)));
    }

    private boolean same(Version one, Version other) {
        return one.retired() == other.retired()
                && one.rows().equals(other.rows())
                && one.ranges().equals(other.ranges())
                && one.segments().stream()
                        .allMatch(segment -> same(
                                segment, other.segments().get(one.segments().indexOf(segment))));
    }

    private boolean same(Segment one, Segment other) {
        return Objects.equals(world.next(one), world.next(other))
                && Objects.equals(world.next(one.at(one.liveAfter())), world.next(other.at(other.liveAfter())))
                && one.paused() == other.paused()
                && one.attempts() == other.attempts()
                && one.waiting() == other.waiting();
    }
}
