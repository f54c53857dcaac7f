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
 * <p>This is only a hint. A turn claims its segment and reads what the log holds, so a wrong hint costs one turn and a
 * missing one is found by the next poll.
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
        return segments.stream()
                .filter(segment -> added.stream().anyMatch(events -> requests(segment, events)))
                .toList();
    }

    private boolean requests(DueSegment segment, LogGrowth.Added events) {
        return segment.slices().has(events.stream().slice())
                && registry.subscription(segment.subscription())
                        .asksFor(events.stream().category(), events.type());
    }
}
