package org.meowmx.subscription.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.Segments;

/**
 * The position of the latest event of each category, type and slice in a part of the log. This is enough to decide
 * whether a segment has an unread event there, at any position.
 */
final class LatestEvents {

    private final Map<Kind, Slices> kinds = new HashMap<>();

    /** The kinds that a filter requests; many segments have the same filter. */
    private final Map<Filter, List<Slices>> requested = new HashMap<>();

    private int size;

    private record Kind(String category, String type) {}

    /** The positions of one kind by slice. */
    private static final class Slices {

        private final Map<Integer, Long> positions = new HashMap<>();
        private long last;

        void add(int slice, long position) {
            last = Math.max(last, position);
            positions.merge(slice, position, Math::max);
        }

        boolean hasAfter(long position, Segments.Range slices) {
            return last > position
                    && positions.entrySet().stream()
                            .anyMatch(entry -> entry.getValue() > position && slices.has(entry.getKey()));
        }
    }

    /** The number of different categories, types and slices. */
    int size() {
        return size;
    }

    void add(String category, String type, int slice, long position) {
        Slices slices = kinds.computeIfAbsent(new Kind(category, type), kind -> {
            requested.clear();
            return new Slices();
        });
        int before = slices.positions.size();
        slices.add(slice, position);
        size += slices.positions.size() - before;
    }

    /** Whether a filter requests an event of these slices that is after a position. */
    boolean hasAfter(long position, Segments.Range slices, Filter filter) {
        return requested.computeIfAbsent(filter, this::requested).stream()
                .anyMatch(kind -> kind.hasAfter(position, slices));
    }

    private List<Slices> requested(Filter filter) {
        List<Slices> found = new ArrayList<>();
        kinds.forEach((kind, slices) -> {
            if (filter.has(kind.category(), kind.type())) {
                found.add(slices);
            }
        });
        return found;
    }

    /** Forgets the events up to a position. */
    void forgetUpTo(long position) {
        requested.clear();
        kinds.values().forEach(slices -> slices.positions.values().removeIf(latest -> latest <= position));
        kinds.values().removeIf(slices -> slices.positions.isEmpty());
        size = kinds.values().stream()
                .mapToInt(slices -> slices.positions.size())
                .sum();
    }
}
