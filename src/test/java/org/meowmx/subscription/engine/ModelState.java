package org.meowmx.subscription.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What there is to see of a subscription, of the engine's as of the model's.
 *
 * @param segments by slices
 * @param meeting where they meet to be joined; empty while none are joined
 * @param effects the versions of each stream whose effects were committed, in this order
 * @param parked the versions of each stream that are parked, in this order
 * @param foreign whether the checkpoints were written under the filter of another release
 */
record ModelState(
        List<Segment> segments,
        Optional<Meeting> meeting,
        SortedMap<String, List<Long>> effects,
        SortedMap<String, List<Long>> parked,
        boolean foreign) {

    /**
     * A segment.
     *
     * @param waiting whether its retry is not yet due
     */
    record Segment(int first, int last, long position, boolean paused, int attempts, boolean waiting) {

        Segment at(long place) {
            return new Segment(first, last, place, paused, 0, false);
        }

        Segment failed() {
            return new Segment(first, last, position, paused, attempts + 1, true);
        }

        Segment pause() {
            return new Segment(first, last, position, true, attempts, waiting);
        }

        Segment resume() {
            return new Segment(first, last, position, false, attempts, false);
        }

        Segment withRetryDue() {
            return new Segment(first, last, position, paused, attempts, false);
        }

        boolean atRest() {
            return paused || waiting;
        }
    }

    /**
     * Where segments meet.
     *
     * @param segments how many there are to be then
     */
    record Meeting(long place, int segments) {}

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
        return new ModelState(changed, meeting, effects, parked, foreign);
    }

    ModelState meetingAt(Meeting agreed) {
        return new ModelState(segments, Optional.of(agreed), effects, parked, foreign);
    }

    ModelState apart() {
        return new ModelState(segments, Optional.empty(), effects, parked, foreign);
    }

    /** Up to which position segments may read. */
    long limit() {
        return meeting.map(Meeting::place).orElse(Long.MAX_VALUE);
    }

    boolean hasMet(Segment segment) {
        return segment.position() >= limit();
    }

    boolean haveAllMet() {
        return segments.stream().allMatch(this::hasMet);
    }

    ModelState each(UnaryOperator<Segment> change) {
        return with(segments.stream().map(change).toList());
    }

    ModelState withEffect(String stream, long version) {
        return new ModelState(segments, meeting, plus(effects, stream, version), parked, foreign);
    }

    ModelState withParked(String stream, long version) {
        return new ModelState(segments, meeting, effects, plus(parked, stream, version), foreign);
    }

    /** Without the first so many parked events of a stream. */
    ModelState withoutParked(String stream, int most) {
        SortedMap<String, List<Long>> copy = new TreeMap<>(parked);
        copy.computeIfPresent(
                stream, (name, versions) -> versions.size() <= most ? null : versions.subList(most, versions.size()));
        return new ModelState(segments, meeting, effects, copy, foreign);
    }

    /** As it begins anew, at another place. */
    ModelState emptiedAt(long position) {
        Optional<Meeting> there = meeting.map(agreed -> new Meeting(position, agreed.segments()));
        return new ModelState(segments, there, new TreeMap<>(), new TreeMap<>(), foreign)
                .each(segment -> segment.at(position));
    }

    /** What has failed is forgotten with the filter that it was asked for under. */
    ModelState adopted() {
        ModelState own = foreign ? each(segment -> segment.at(segment.position())) : this;
        return new ModelState(own.segments, meeting, effects, parked, false);
    }

    ModelState foreignNow() {
        return new ModelState(segments, meeting, effects, parked, true);
    }

    boolean isParked(String stream) {
        return parked.containsKey(stream);
    }

    boolean isPaused() {
        return segments.stream().allMatch(Segment::paused);
    }

    private static SortedMap<String, List<Long>> plus(SortedMap<String, List<Long>> to, String stream, long version) {
        SortedMap<String, List<Long>> copy = new TreeMap<>(to);
        List<Long> versions = new ArrayList<>(copy.getOrDefault(stream, List.of()));
        versions.add(version);
        copy.put(stream, versions);
        return copy;
    }
}
