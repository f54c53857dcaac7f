package org.meowmx.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SqlStateTest {

    @Test
    void the_first_state_is_that_of_the_outermost_exception() {
        assertThat(SqlState.of(new RuntimeException(sql("25P02", sql("40P01", null)))))
                .contains("25P02");
    }

    @Test
    void the_state_of_a_cause_comes_before_that_of_a_suppressed_exception() {
        RuntimeException wrapper = new RuntimeException(sql("42501", null));
        wrapper.addSuppressed(sql("08003", null));

        assertThat(SqlState.of(wrapper)).contains("42501");
    }

    @Test
    void a_suppressed_exception_is_found_too() {
        RuntimeException wrapper = new RuntimeException();
        wrapper.addSuppressed(sql("40001", null));

        assertThat(SqlState.contention(wrapper)).contains("40001");
    }

    /** PostgreSQL answers each statement after a deadlock with 25P02, and the driver keeps the deadlock as its cause. */
    @Test
    void contention_is_found_behind_another_state() {
        assertThat(SqlState.contention(sql("25P02", sql("40P01", null)))).contains("40P01");
        assertThat(SqlState.contention(sql("23505", null))).isEmpty();
    }

    @Test
    void an_exception_without_a_state_has_none() {
        assertThat(SqlState.of(new RuntimeException(new SQLException("no state"))))
                .isEmpty();
    }

    private static SQLException sql(String state, Throwable cause) {
        return new SQLException("message", state, cause);
    }
}
