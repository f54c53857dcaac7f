package org.meowmx.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meowmx.transaction.PlainSql.Query;

class SessionLimitsTest {

    private static final Duration FROZEN_AFTER = Duration.ofSeconds(2);

    private final SessionLimits limits = new SessionLimits();

    @Test
    void a_server_without_the_tcp_option_is_asked_for_it_only_once() throws SQLException {
        Query<Void> first = limits.query(FROZEN_AFTER);
        first.mapper().map(answer("read committed", "2s", "0"));
        Query<Void> second = limits.query(FROZEN_AFTER);

        assertThat(first.sql()).contains("tcp_user_timeout");
        assertThat(second.sql()).doesNotContain("tcp_user_timeout");
        assertThat(second.values()).isEqualTo(List.of("2000"));
    }

    @Test
    void a_server_with_the_tcp_option_gets_it_in_each_transaction() throws SQLException {
        limits.query(FROZEN_AFTER).mapper().map(answer("read committed", "2s", "2s"));

        Query<Void> second = limits.query(FROZEN_AFTER);
        assertThat(second.sql()).contains("tcp_user_timeout");
        assertThat(second.values()).isEqualTo(List.of("2000", "2000"));
    }

    @Test
    void a_transaction_at_another_level_is_refused() {
        Query<Void> query = limits.query(FROZEN_AFTER);

        assertThatThrownBy(() -> query.mapper().map(answer("serializable", "2s", "2s")))
                .isInstanceOf(SessionLimits.IsolationMismatch.class)
                .hasMessageContaining("'serializable'");
    }

    /** The row that a server returns. */
    private static ResultSet answer(String... columns) {
        return (ResultSet) Proxy.newProxyInstance(
                SessionLimitsTest.class.getClassLoader(),
                new Class<?>[] {ResultSet.class},
                (proxy, method, arguments) -> columns[(int) arguments[0] - 1]);
    }
}
