package org.meowmx.subscription.engine.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FilterTest {

    private static final Filter EVERYTHING = new Filter(null, null);
    private static final Filter ORDERS = new Filter("order", null);

    @Test
    void a_filter_covers_what_asks_for_no_more() {
        Filter one = Filter.of(null, List.of("a"));
        Filter two = Filter.of(null, List.of("b", "a"));

        assertThat(EVERYTHING.covers(ORDERS)).isTrue();
        assertThat(ORDERS.covers(EVERYTHING)).isFalse();
        assertThat(ORDERS.covers(new Filter("account", null))).isFalse();
        assertThat(two.covers(one)).isTrue();
        assertThat(one.covers(two)).isFalse();
        assertThat(one.covers(EVERYTHING)).isFalse();
        assertThat(EVERYTHING.covers(two)).isTrue();
        assertThat(Filter.of("order", List.of("a")).covers(one)).isFalse();
        assertThat(one.covers(Filter.of("order", List.of("a")))).isTrue();
    }

    @Test
    void types_that_are_asked_for_beside_every_type_are_kept() {
        Filter recorded = Filter.ofEveryType(null, List.of());
        Filter recordedAndA = Filter.ofEveryType(null, List.of("a"));
        Filter recordedAndB = Filter.ofEveryType(null, List.of("b"));
        Filter a = Filter.of(null, List.of("a"));

        assertThat(recorded).isEqualTo(EVERYTHING);
        assertThat(recordedAndA).isNotEqualTo(recorded);
        assertThat(recorded.covers(recordedAndA)).isFalse();
        assertThat(recordedAndA.covers(recorded)).isTrue();
        assertThat(recordedAndA.covers(a)).isTrue();
        assertThat(a.covers(recordedAndA)).isFalse();
        assertThat(recordedAndA.covers(recordedAndB)).isFalse();
        assertThat(recorded.union(recordedAndA)).isEqualTo(recordedAndA);
        assertThat(recordedAndA.union(recordedAndB)).isEqualTo(Filter.ofEveryType(null, List.of("a", "b")));
        assertThat(a.union(recordedAndB)).as("as with everything").isEqualTo(recordedAndB);
        assertThat(a.union(recorded)).isEqualTo(recorded);
    }

    @Test
    void types_are_kept_in_one_order() {
        assertThat(Filter.of(null, List.of("b", "a"))).isEqualTo(Filter.of(null, List.of("a", "b")));
    }

    @Test
    void a_union_covers_both_and_no_more_than_it_must() {
        Filter one = Filter.of("order", List.of("a"));
        Filter two = Filter.of("order", List.of("b"));

        assertThat(one.union(two)).isEqualTo(Filter.of("order", List.of("a", "b")));
        assertThat(one.union(one)).isEqualTo(one);
        assertThat(one.union(ORDERS)).isEqualTo(ORDERS);
        assertThat(one.union(Filter.of("account", List.of("b")))).isEqualTo(Filter.of(null, List.of("a", "b")));
        assertThat(ORDERS.union(EVERYTHING)).isEqualTo(EVERYTHING);
    }
}
