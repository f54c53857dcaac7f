package org.meowmx.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import java.net.SocketException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class RootCauseTest {

    @Test
    void the_root_cause_comes_first_and_then_the_outermost_exception() {
        Exception thrown = new IllegalArgumentException(
                "order 7 failed", new RuntimeException(new IllegalStateException("no stock")));

        assertThat(RootCause.line(thrown))
                .isEqualTo(
                        "java.lang.IllegalStateException: no stock (wrapped in java.lang.IllegalArgumentException: order 7 failed)");
    }

    @Test
    void an_exception_without_a_cause_is_its_own_root() {
        assertThat(RootCause.line(new IllegalStateException("no stock")))
                .isEqualTo("java.lang.IllegalStateException: no stock");
    }

    @Test
    void a_text_of_the_driver_never_appears_not_even_where_a_wrapper_quotes_it() {
        SQLException driver = new SQLException("Key (card)=(4711) already exists", "23505");
        Exception thrown = new RuntimeException("could not execute [Key (card)=(4711) already exists]", driver);

        assertThat(RootCause.line(thrown))
                .isEqualTo(
                        "the database refused a statement (SQLSTATE 23505, java.sql.SQLException) (wrapped in java.lang.RuntimeException)");
        assertThat(RootCause.trace(thrown)).doesNotContain("4711");
    }

    @Test
    void a_lost_connection_is_named_by_its_sqlstate_and_not_by_what_the_socket_says() {
        SQLException driver = new SQLException("I/O error to 10.0.0.1", "08006", new SocketException("10.0.0.1"));

        assertThat(RootCause.line(driver))
                .isEqualTo("the database was not available (SQLSTATE 08006, java.sql.SQLException)");
        assertThat(RootCause.trace(driver)).doesNotContain("10.0.0.1");
    }

    @Test
    void what_let_a_commit_fail_is_found_in_what_the_transaction_manager_suppressed() {
        RollbackException thrown = new RollbackException("could not commit");
        thrown.addSuppressed(new IllegalStateException("too late"));

        assertThat(RootCause.line(thrown))
                .startsWith(
                        "java.lang.IllegalStateException: too late (wrapped in jakarta.transaction.RollbackException");
    }

    @Test
    void the_line_is_bounded_and_without_control_characters() {
        String line = RootCause.line(new IllegalStateException("a\nb\0c" + "x".repeat(10_000)));

        assertThat(line).hasSize(300).contains("a b c").endsWith("x…");
    }

    @Test
    void a_circle_of_causes_ends() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);

        assertThat(RootCause.line(one)).contains("java.lang.Exception: ");
    }

    @Test
    void the_trace_begins_with_the_line_and_the_frames_of_the_root_cause() {
        Exception thrown = new RuntimeException("outside", new IllegalStateException("no stock"));

        assertThat(RootCause.trace(thrown).lines().toList())
                .startsWith(
                        "java.lang.IllegalStateException: no stock (wrapped in java.lang.RuntimeException: outside)",
                        "\tat " + thrown.getCause().getStackTrace()[0])
                .endsWith("wrapped in java.lang.RuntimeException: outside", "\tat " + thrown.getStackTrace()[0]);
    }
}
