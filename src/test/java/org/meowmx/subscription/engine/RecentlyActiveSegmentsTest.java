package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meowmx.EventTypes;
import org.meowmx.LogGrowth;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.subscription.engine.declaration.Subscription;

/** The recently active segments that request an append. */
class RecentlyActiveSegmentsTest {

    private static final RecordedEvent EVENT = ListSubscription.event(ListSubscription.CATEGORY, 1);
    private static final int SLICE = EVENT.stream().slice();
    private static final DueSegment UP_TO_IT = segment(0, SLICE);
    private static final DueSegment AFTER_IT = segment(SLICE + 1, 1023);

    private final RecentlyActiveSegments recentlyActive = new RecentlyActiveSegments(new ListSubscription());

    private static DueSegment segment(int first, int last) {
        return new DueSegment(ListSubscription.NAME, new Segments.Range(first, last));
    }

    private List<DueSegment> requesting(RecordedEvent... firsts) {
        return recentlyActive.requesting(Arrays.stream(firsts)
                .map(event -> new LogGrowth.Added(event.stream(), event.type()))
                .toList());
    }

    @Test
    void only_the_segment_with_the_slice_of_the_stream_requests_it() {
        recentlyActive.workerEnded(UP_TO_IT, 1);
        recentlyActive.workerEnded(AFTER_IT, 1);

        assertThat(requesting(EVENT)).containsExactly(UP_TO_IT);
    }

    @Test
    void each_of_several_streams_may_be_requested() {
        recentlyActive.workerEnded(UP_TO_IT, 1);

        assertThat(requesting(ListSubscription.event("other", 1), EVENT)).containsExactly(UP_TO_IT);
        assertThat(requesting(ListSubscription.event("other", 1))).isEmpty();
    }

    @Test
    void a_segment_is_active_after_a_worker_that_found_events_until_one_that_found_none() {
        assertThat(requesting(EVENT)).isEmpty();
        recentlyActive.workerEnded(UP_TO_IT, 0);
        assertThat(requesting(EVENT)).isEmpty();
        recentlyActive.workerEnded(UP_TO_IT, 1);
        assertThat(requesting(EVENT)).isNotEmpty();
        recentlyActive.workerEnded(UP_TO_IT, 0);
        assertThat(requesting(EVENT)).isEmpty();
    }

    @Test
    void a_subscription_requests_the_types_under_which_its_events_are_stored() {
        assertThat(ofTypes("noted", "noticed").asksFor(EVENT.stream().category(), EVENT.type()))
                .isTrue();
        assertThat(ofTypes("noticed").asksFor(EVENT.stream().category(), EVENT.type()))
                .isFalse();
    }

    private static Subscription ofTypes(String... stored) {
        return new Subscription(
                "list", null, EventTypes.union(List.of()), Set.of(stored), false, false, false, List.of(), null);
    }
}
