package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class PostgreSqlLogTest {

    @Test
    void positions_that_ascend_are_in_order_with_gaps_as_well() {
        assertThat(PostgreSqlLog.inOrder(new Long[] {7L, 8L, 300L})).containsExactly(7L, 8L, 300L);
        assertThat(PostgreSqlLog.inOrder(new Long[] {1L})).containsExactly(1L);
    }

    @Test
    void positions_that_do_not_ascend_are_refused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> PostgreSqlLog.inOrder(new Long[] {7L, 9L, 8L}))
                .withMessage(
                        "The events of one append must have ascending positions, but PostgreSQL assigned [7, 9, 8]");
        assertThatIllegalStateException().isThrownBy(() -> PostgreSqlLog.inOrder(new Long[] {7L, 7L}));
    }
}
