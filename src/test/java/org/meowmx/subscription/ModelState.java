package org.meowmx.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What there is to see of a subscription, of the engine's as of the model's.
 *
 * @param segments by slices
 * @param effects the versions of each stream whose effects were committed, in this order
 * @param parked the versions of each stream that are parked, in this order
 * @param foreign whether the checkpoints were written under the filter of another release
 */
record ModelState(
        List<Segment> segments,
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

    Segment segment(int index) {
        return segments.get(index);
    }

    ModelState with(int index, Segment changed) {
        List<Segment> copy = new ArrayList<>(segments);
        copy.set(index, changed);
        return with(copy);
    }

    ModelState with(List<Segment> changed) {
        return new ModelState(changed, effects, parked, foreign);
    }

    ModelState each(UnaryOperator<Segment> change) {
        return with(segments.stream().map(change).toList());
    }

    ModelState withEffect(String stream, long version) {
        return new ModelState(segments, plus(effects, stream, version), parked, foreign);
    }

    ModelState withParked(String stream, long version) {
        return new ModelState(segments, effects, plus(parked, stream, version), foreign);
    }

    /** Without the first so many parked events of a stream. */
    ModelState withoutParked(String stream, int most) {
        SortedMap<String, List<Long>> copy = new TreeMap<>(parked);
        copy.computeIfPresent(
                stream, (name, versions) -> versions.size() <= most ? null : versions.subList(most, versions.size()));
        return new ModelState(segments, effects, copy, foreign);
    }

    /** As it begins anew, at another place. */
    ModelState emptiedAt(long position) {
        return new ModelState(segments, new TreeMap<>(), new TreeMap<>(), foreign)
                .each(segment -> segment.at(position));
    }

    ModelState adopted() {
        return new ModelState(segments, effects, parked, false);
    }

    ModelState foreignNow() {
        return new ModelState(segments, effects, parked, true);
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
