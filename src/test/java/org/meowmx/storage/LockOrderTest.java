package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meowmx.StreamId;

class LockOrderTest {

    private static Batch batch(String category, String id) {
        return new Batch(new StreamId(category, id), any(), List.of());
    }

    @Test
    void streams_are_locked_by_category_and_id_and_results_are_in_the_callers_order() {
        LockOrder order = new LockOrder(List.of(batch("b", "1"), batch("a", "2"), batch("c", "0"), batch("a", "1")));

        Stream<String> sorted =
                order.batches().stream().map(batch -> batch.stream().toString());
        assertThat(sorted).containsExactly("a/1", "a/2", "b/1", "c/0");
        assertThat(order.toCallersOrder(List.of("a/1", "a/2", "b/1", "c/0")))
                .containsExactly("b/1", "a/2", "c/0", "a/1");
    }
}
