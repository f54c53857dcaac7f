package org.meowmx.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransientSqlStateTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "40P01", "53300", "55P03", "57014", "57P01", "58030", "25P03", "25006"})
    void the_database_is_to_blame(String state) {
        assertThat(SqlState.isTransient(new IllegalStateException(new SQLException("message", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22021", "22P05", "25P02", "42501", "42P01", "40002"})
    void the_statement_is_to_blame(String state) {
        assertThat(SqlState.isTransient(new IllegalStateException(new SQLException("message", state))))
                .isFalse();
    }

    @Test
    void a_deadlock_counts_although_later_statements_report_an_aborted_transaction() {
        SQLException later = new SQLException("aborted", "25P02", new SQLException("deadlock", "40P01"));
        assertThat(SqlState.isTransient(new RuntimeException(later))).isTrue();
    }

    @Test
    void an_empty_pool_counts_without_a_state() {
        assertThat(SqlState.isTransient(new RuntimeException(new SQLTransientConnectionException("no connection"))))
                .isTrue();
    }

    @Test
    void a_failure_of_the_handler_does_not_count() {
        assertThat(SqlState.isTransient(new IllegalStateException("costs 10 \u20ac", new AssertionError())))
                .isFalse();
    }

    @Test
    void a_circle_of_causes_ends() {
        RuntimeException first = new RuntimeException();
        RuntimeException second = new RuntimeException(first);
        first.initCause(second);
        assertThat(SqlState.isTransient(first)).isFalse();
    }
}
