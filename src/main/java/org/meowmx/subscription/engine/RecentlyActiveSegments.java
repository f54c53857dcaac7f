package org.meowmx.subscription.engine;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meowmx.LogGrowth;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;

/**
 * The segments in which a worker of this node found events on its last run. When this node appends events, it starts
 * workers for those of these segments that request them, without a query.
 *
 * <p>This is only a hint. A turn claims its segment and reads what the log holds, so a wrong hint costs one turn, and
 * the next poll finds a missing one.
 */
final class RecentlyActiveSegments {

    private final SubscriptionRegistry registry;
    private final Set<DueSegment> segments = ConcurrentHashMap.newKeySet();

    RecentlyActiveSegments(SubscriptionRegistry registry) {
        this.registry = registry;
    }

    /** Records how many events a worker has handled in a segment. */
    void workerEnded(DueSegment segment, long handled) {
        if (handled > 0) {
            segments.add(segment);
        } else {
            segments.remove(segment);
        }
    }

    /** The segments that request an appended event, judging by the first event of each append to a stream. */
    List<DueSegment> requesting(List<LogGrowth.Added> added) {
        if (segments.isEmpty()) {
            return List.of();
        }
        List<First> firsts = added.stream().map(First::of).toList();
        return segments.stream()
                .filter(segment -> firsts.stream().anyMatch(first -> requests(segment, first)))
                .toList();
    }

    private boolean requests(DueSegment segment, First first) {
        return segment.slices().has(first.slice())
                && registry.subscription(segment.subscription()).asksFor(first.category(), first.type());
    }

    /** The slice is a hash, which is computed once for all segments. */
    private record First(int slice, String category, String type) {
        static First of(LogGrowth.Added added) {
            return new First(added.stream().slice(), added.stream().category(), added.type());
        }
    }
}
