package org.meowmx.subscription.engine;

import java.util.ArrayList;
import java.util.List;
import org.meowmx.subscription.engine.declaration.Segments;

/**
 * The segments of a version that takes over: each is at the position of the serving version's segments, slice range by slice
 * range.
 *
 * <p>The segments of the two versions may differ. A segment of the new version is divided where the serving version's segments
 * are at different positions.
 *
 * @param range the slices
 * @param source the segment of the new version from which they come
 * @param goal the segment of the serving version whose position they need
 */
record Takeover(Segments.Range range, Checkpoint source, Checkpoint goal) {

    /** The parts of the new version's segments, by slices. */
    static List<Takeover> of(List<Checkpoint> late, List<Checkpoint> serving) {
        List<Takeover> parts = new ArrayList<>();
        for (Checkpoint source : late) {
            for (Checkpoint goal : serving) {
                int first = Math.max(source.slices().first(), goal.slices().first());
                int last = Math.min(source.slices().last(), goal.slices().last());
                if (first <= last) {
                    add(parts, new Takeover(new Segments.Range(first, last), source, goal));
                }
            }
        }
        return parts;
    }

    /** Neighbours of one segment with the same goal stay one segment. */
    private static void add(List<Takeover> parts, Takeover part) {
        Takeover before = parts.isEmpty() ? null : parts.get(parts.size() - 1);
        if (before != null && before.source == part.source && before.goal.position() == part.goal.position()) {
            Segments.Range both = new Segments.Range(before.range.first(), part.range.last());
            parts.set(parts.size() - 1, new Takeover(both, part.source, part.goal));
        } else {
            parts.add(part);
        }
    }
}
