package org.meowmx.subscription.engine;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.meowmx.subscription.engine.ModelState.Segment;
import org.meowmx.subscription.engine.declaration.Segments;

/**
 * The visible state of a projection with two versions, both of the engine's and of the model's.
 *
 * @param serving the version that serves
 * @param live the versions of each stream whose live effects have happened, in this order
 * @param appended the versions of each stream for which a handler has appended an event
 */
record ProjectionState(
        int serving,
        SortedMap<Integer, Version> versions,
        SortedMap<String, List<Long>> live,
        SortedMap<String, List<Long>> appended) {

    /**
     * A version of the projection.
     *
     * @param segments by slices; empty if it was not built yet, or was retired
     * @param rows the versions of each stream in its read model, in this order; negative if the event was handled as a replay
     */
    record Version(List<Segment> segments, SortedMap<String, List<Long>> rows, boolean retired) {

        static Version builtUpTo(long end) {
            int lastSlice = Segments.of(1).get(0).last();
            return new Version(List.of(new Segment(0, lastSlice, 0, end, false, 0, false)), new TreeMap<>(), false);
        }

        boolean exists() {
            return !segments.isEmpty();
        }

        boolean isFailing() {
            return segments.stream().anyMatch(segment -> segment.attempts() > 0);
        }

        boolean isPaused() {
            return exists() && segments.stream().allMatch(Segment::paused);
        }

        boolean isReplaying() {
            return segments.stream().anyMatch(Segment::isReplaying);
        }

        List<Segments.Range> ranges() {
            return segments.stream()
                    .map(segment -> new Segments.Range(segment.first(), segment.last()))
                    .toList();
        }

        /** Whether other segments can replace these at once, because none would have to wait for another. */
        boolean canBecome(List<Segments.Range> after) {
            return Segments.isSplit(ranges(), after)
                    || segments.stream()
                                    .map(segment -> List.of(segment.position(), segment.liveAfter()))
                                    .distinct()
                                    .count()
                            == 1;
        }

        Version with(List<Segment> changed) {
            return new Version(changed, rows, retired);
        }

        Version withoutRows() {
            return new Version(segments, new TreeMap<>(), retired);
        }
    }

    Version version(int number) {
        return versions.get(number);
    }

    ProjectionState with(int number, Version version) {
        SortedMap<Integer, Version> changed = new TreeMap<>(versions);
        changed.put(number, version);
        return new ProjectionState(serving, changed, live, appended);
    }

    ProjectionState with(int number, List<Segment> segments) {
        return with(number, version(number).with(segments));
    }

    /** With one segment instead of the one that began with the same slice. */
    ProjectionState with(int number, Segment changed) {
        return with(
                number,
                version(number).segments().stream()
                        .map(segment -> segment.first() == changed.first() ? changed : segment)
                        .toList());
    }

    ProjectionState servedBy(int number) {
        return new ProjectionState(number, versions, live, appended);
    }

    ProjectionState withRow(int number, String stream, long version) {
        Version before = version(number);
        return with(
                number,
                new Version(before.segments(), ModelState.plus(before.rows(), stream, version), before.retired()));
    }

    ProjectionState withLive(World.Stored event) {
        return new ProjectionState(serving, versions, ModelState.plus(live, event.stream(), event.version()), appended);
    }

    ProjectionState withAppended(World.Stored event) {
        return hasAppended(event)
                ? this
                : new ProjectionState(
                        serving, versions, live, ModelState.plus(appended, event.stream(), event.version()));
    }

    boolean hasAppended(World.Stored event) {
        return appended.getOrDefault(event.stream(), List.of()).contains(event.version());
    }

    /** The segment of a version that begins with a slice. */
    Segment segment(int number, int first) {
        return version(number).segments().stream()
                .filter(segment -> segment.first() == first)
                .findFirst()
                .orElseThrow();
    }

    /** How far a segment may read: a version that does not serve never reads past the one that serves. */
    long limit(int number, Segment segment) {
        return number == serving
                ? Long.MAX_VALUE
                : overlapping(segment).mapToLong(Segment::position).min().orElse(0);
    }

    /** The segments of the serving version that have slices of a segment. */
    Stream<Segment> overlapping(Segment segment) {
        return version(serving).segments().stream()
                .filter(other -> other.first() <= segment.last() && segment.first() <= other.last());
    }

    /** An event that has had live effects more than once. */
    Optional<String> repeated() {
        return live.entrySet().stream()
                .filter(stream -> stream.getValue().stream().distinct().count()
                        < stream.getValue().size())
                .map(stream -> "the live effects of %s happened for its versions %s"
                        .formatted(stream.getKey(), stream.getValue()))
                .findFirst();
    }
}
