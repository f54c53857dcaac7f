package org.meowmx.subscription.engine;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meowmx.AppendResult;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;

/**
 * The segments at which this node has found events when it last went there. What the node appends itself it takes to them
 * without looking for work first. It is a guess: a turn claims its segment and reads what is there, wherever the hint came from.
 */
final class RecentlyActiveSegments {

    private final SubscriptionRegistry catalog;
    private final Set<DueSegment> segments = ConcurrentHashMap.newKeySet();

    RecentlyActiveSegments(SubscriptionRegistry catalog) {
        this.catalog = catalog;
    }

    /** Notes how many events a worker has handled at a segment. */
    void visited(DueSegment segment, long handled) {
        if (handled > 0) {
            segments.add(segment);
        } else {
            segments.remove(segment);
        }
    }

    /** Those that ask for what is appended, as far as the first event of each stream tells. */
    List<DueSegment> askingFor(List<AppendResult> appended) {
        if (segments.isEmpty()) {
            return List.of();
        }
        List<First> firsts = appended.stream().map(First::of).toList();
        return segments.stream()
                .filter(segment -> firsts.stream().anyMatch(first -> asksFor(segment, first)))
                .toList();
    }

    private boolean asksFor(DueSegment segment, First first) {
        return segment.slices().has(first.slice())
                && catalog.subscription(segment.subscription()).asksFor(first.event());
    }

    private record First(RecordedEvent event, int slice) {

        static First of(AppendResult result) {
            return new First(result.events().get(0), result.stream().slice());
        }
    }
}
