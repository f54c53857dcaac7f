package org.meowmx.subscription.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The visible state of a subscription, both of the engine's and of the model's.
 *
 * @param segments by slices
 * @param merge the scheduled merge, if there is one
 * @param effects the versions of each stream whose effects were committed, in this order; negative if the event was handled again
 * @param parked the versions of each stream that are parked, in this order; negative if the event was handled again
 * @param foreign whether the checkpoints were written under the filter of another release
 */
record ModelState(
        List<Segment> segments,
        Optional<Merge> merge,
        SortedMap<String, List<Long>> effects,
        SortedMap<String, List<Long>> parked,
        boolean foreign) {

    /**
     * A segment.
     *
     * @param liveAfter the position up to which live effects have happened
     * @param waiting whether its retry is not yet due
     */
    record Segment(int first, int last, long position, long liveAfter, boolean paused, int attempts, boolean waiting) {

        Segment at(long newPosition) {
            return new Segment(first, last, newPosition, Math.max(liveAfter, newPosition), paused, 0, false);
        }

        Segment failed() {
            return new Segment(first, last, position, liveAfter, paused, attempts + 1, true);
        }

        Segment pause() {
            return new Segment(first, last, position, liveAfter, true, attempts, waiting);
        }

        Segment resume() {
            return new Segment(first, last, position, liveAfter, false, attempts, false);
        }

        Segment withRetryDue() {
            return new Segment(first, last, position, liveAfter, paused, attempts, false);
        }

        /** The version of an event, negative if the segment handles it again. */
        long noted(World.Stored event) {
            return event.position() <= liveAfter ? -event.version() : event.version();
        }

        boolean isReplaying() {
            return position < liveAfter;
        }

        boolean isWaiting() {
            return paused || waiting;
        }
    }

    /**
     * A scheduled merge of all segments.
     *
     * @param point the merge point
     * @param segments the number of segments after the merge
     */
    record Merge(long point, int segments) {}

    /** The segments are known by their first slices. */
    Segment segment(int firstSlice) {
        return segments.stream()
                .filter(segment -> segment.first() == firstSlice)
                .findFirst()
                .orElseThrow();
    }

    List<Integer> firstSlices() {
        return segments.stream().map(Segment::first).toList();
    }

    /** With one segment instead of the one that began with the same slice. */
    ModelState with(Segment changed) {
        return each(segment -> segment.first() == changed.first() ? changed : segment);
    }

    ModelState with(List<Segment> changed) {
        return new ModelState(changed, merge, effects, parked, foreign);
    }

    ModelState withMerge(Merge scheduled) {
        return new ModelState(segments, Optional.of(scheduled), effects, parked, foreign);
    }

    ModelState withoutMerge() {
        return new ModelState(segments, Optional.empty(), effects, parked, foreign);
    }

    /** Up to which position segments may read. */
    long readLimit() {
        return merge.map(Merge::point).orElse(Long.MAX_VALUE);
    }

    boolean isAtMergePoint(Segment segment) {
        return segment.position() >= readLimit();
    }

    boolean areAllAtMergePoint() {
        return segments.stream().allMatch(this::isAtMergePoint);
    }

    ModelState each(UnaryOperator<Segment> change) {
        return with(segments.stream().map(change).toList());
    }

    ModelState withEffect(String stream, long version) {
        return new ModelState(segments, merge, plus(effects, stream, version), parked, foreign);
    }

    ModelState withParked(String stream, long version) {
        return new ModelState(segments, merge, effects, plus(parked, stream, version), foreign);
    }

    /** Without the first parked events of a stream, at most as many as given. */
    ModelState withoutParked(String stream, int most) {
        SortedMap<String, List<Long>> copy = new TreeMap<>(parked);
        copy.computeIfPresent(
                stream, (name, versions) -> versions.size() <= most ? null : versions.subList(most, versions.size()));
        return new ModelState(segments, merge, effects, copy, foreign);
    }

    /** The state after a move to another position. */
    ModelState emptiedAt(long position) {
        ModelState moved = new ModelState(segments, merge, new TreeMap<>(), new TreeMap<>(), foreign)
                .each(segment -> segment.at(position));
        return merge.map(scheduled -> moved.withMerge(new Merge(moved.meetingPoint(), scheduled.segments())))
                .orElse(moved);
    }

    /** Whether each segment may become a part of any other. */
    boolean isLevel() {
        return segments.stream()
                        .map(segment -> List.of(segment.position(), segment.liveAfter()))
                        .distinct()
                        .count()
                == 1;
    }

    /** The merge point: the position at which no segment replays. */
    long meetingPoint() {
        return isLevel()
                ? segments.get(0).position()
                : segments.stream().mapToLong(Segment::liveAfter).max().orElseThrow();
    }

    /** A change of the filter clears failures. */
    ModelState reconciled() {
        ModelState own = foreign ? each(segment -> segment.at(segment.position())) : this;
        return new ModelState(own.segments, merge, effects, parked, false);
    }

    ModelState foreignNow() {
        return new ModelState(segments, merge, effects, parked, true);
    }

    boolean isParked(String stream) {
        return parked.containsKey(stream);
    }

    boolean isPaused() {
        return segments.stream().allMatch(Segment::paused);
    }

    static SortedMap<String, List<Long>> plus(SortedMap<String, List<Long>> to, String stream, long version) {
        SortedMap<String, List<Long>> copy = new TreeMap<>(to);
        List<Long> versions = new ArrayList<>(copy.getOrDefault(stream, List.of()));
        versions.add(version);
        copy.put(stream, versions);
        return copy;
    }
}
