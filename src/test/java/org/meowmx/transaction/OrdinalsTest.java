package org.meowmx.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The numbers that are given back. */
class OrdinalsTest {

    private static final CurrentTransaction NONE = new CurrentTransaction() {
        @Override
        public boolean isActive() {
            return false;
        }
    };

    private final Ordinals<String> ordinals = new Ordinals<>();

    private int next(String key) {
        Ordinals.Draft<String> draft = ordinals.draft();
        int number = draft.next(key);
        return ordinals.during(draft, NONE, () -> number);
    }

    @Test
    void each_key_is_counted_separately() {
        assertThat(new int[] {next("order"), next("notes"), next("order")}).containsExactly(0, 0, 1);
    }

    @Test
    void a_key_is_counted_on_within_an_append() {
        next("order");
        Ordinals.Draft<String> draft = ordinals.draft();
        assertThat(new int[] {draft.next("order"), draft.next("order")}).containsExactly(1, 2);
        ordinals.during(draft, NONE, () -> 0);
        assertThat(next("order")).isEqualTo(3);
    }

    @Test
    void an_append_costs_the_same_after_many_others() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 50_000; i++) {
                next("order " + i);
            }
        });
    }

    @Test
    void a_failed_append_gives_its_numbers_back() {
        Ordinals.Draft<String> draft = ordinals.draft();
        draft.next("order");
        assertThatThrownBy(() -> ordinals.during(draft, NONE, () -> {
                    throw new IllegalStateException("wrong version");
                }))
                .hasMessage("wrong version");
        assertThat(next("order")).isZero();
    }

    /** The caller's transaction appends to the order, then one of its own to the notes; the first is rolled back. */
    @Test
    void a_rollback_gives_nothing_back_of_another_transaction() {
        next("order");
        next("notes");

        ordinals.giveBack(Map.of(), Map.of("order", 1));

        assertThat(next("notes")).isEqualTo(1);
        assertThat(next("order")).isZero();
    }

    @Test
    void an_ordinal_below_one_that_is_stored_is_not_used_again() {
        next("order");
        next("order");

        ordinals.giveBack(Map.of(), Map.of("order", 1));

        assertThat(next("order")).isEqualTo(2);
    }
}
