package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meowmx.AppendResult;
import org.meowmx.EventTypes;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.subscription.engine.declaration.Subscription;

/** Which segments an append is taken to. */
class RecentlyActiveSegmentsTest {

    private static final RecordedEvent EVENT = ListSubscription.event(ListSubscription.CATEGORY, 1);
    private static final int SLICE = EVENT.stream().slice();
    private static final DueSegment UP_TO_IT = segment(0, SLICE);
    private static final DueSegment BEHIND_IT = segment(SLICE + 1, 1023);

    private final RecentlyActiveSegments familiar = new RecentlyActiveSegments(new ListSubscription());

    private static DueSegment segment(int first, int last) {
        return new DueSegment(ListSubscription.NAME, new Segments.Range(first, last));
    }

    private List<DueSegment> askingFor(RecordedEvent... firsts) {
        return familiar.askingFor(Arrays.stream(firsts)
                .map(event -> new AppendResult(List.of(event), false))
                .toList());
    }

    @Test
    void only_the_segment_with_the_streams_slice_asks_for_it() {
        familiar.visited(UP_TO_IT, 1);
        familiar.visited(BEHIND_IT, 1);

        assertThat(askingFor(EVENT)).containsExactly(UP_TO_IT);
    }

    @Test
    void of_several_streams_each_may_be_asked_for() {
        familiar.visited(UP_TO_IT, 1);

        assertThat(askingFor(ListSubscription.event("other", 1), EVENT)).containsExactly(UP_TO_IT);
        assertThat(askingFor(ListSubscription.event("other", 1))).isEmpty();
    }

    @Test
    void a_segment_is_known_from_a_visit_that_found_events_to_one_that_found_none() {
        assertThat(askingFor(EVENT)).isEmpty();
        familiar.visited(UP_TO_IT, 0);
        assertThat(askingFor(EVENT)).isEmpty();
        familiar.visited(UP_TO_IT, 1);
        assertThat(askingFor(EVENT)).isNotEmpty();
        familiar.visited(UP_TO_IT, 0);
        assertThat(askingFor(EVENT)).isEmpty();
    }

    @Test
    void a_subscription_asks_for_the_types_under_which_its_events_are_stored() {
        assertThat(ofTypes("noted", "noticed").asksFor(EVENT)).isTrue();
        assertThat(ofTypes("noticed").asksFor(EVENT)).isFalse();
    }

    private static Subscription ofTypes(String... stored) {
        return new Subscription("list", null, EventTypes.union(List.of()), Set.of(stored), false, false, false);
    }
}
