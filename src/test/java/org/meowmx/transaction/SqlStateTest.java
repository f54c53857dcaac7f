package org.meowmx.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.spi.ResourceAllocationException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "53300", "57014", "25P03", "25P04", "25006"})
    void a_database_that_cannot_be_used_at_present_is_unavailable(String state) {
        assertThat(SqlState.isUnavailable(new RuntimeException(sql(state, null))))
                .isTrue();
        assertThat(SqlState.isUnavailable(sql("25P02", sql(state, null))))
                .as("a later statement of the same transaction")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42703", "40001", "25P02", "22P02"})
    void any_other_state_is_a_failure_of_its_own(String state) {
        assertThat(SqlState.isUnavailable(sql(state, null))).isFalse();
    }

    /** Open Liberty throws the first; WildFly an SQLException without a state, whose cause is of Jakarta Connectors. */
    @Test
    void an_empty_pool_is_unavailable() {
        assertThat(SqlState.isUnavailable(new RuntimeException(new SQLTransientConnectionException("wait"))))
                .isTrue();
        assertThat(SqlState.isUnavailable(new SQLException(new ResourceAllocationException("none free"))))
                .isTrue();
        assertThat(SqlState.isUnavailable(new SQLException("other"))).isFalse();
    }

    private static SQLException sql(String state, Throwable cause) {
        return new SQLException("message", state, cause);
    }
}
