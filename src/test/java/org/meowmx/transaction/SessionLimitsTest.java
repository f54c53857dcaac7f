package org.meowmx.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionLimitsTest {

    private final List<String> executed = new ArrayList<>();
    private final SessionLimits limits = new SessionLimits();

    @Test
    void a_server_without_the_tcp_option_is_asked_for_it_only_once() throws SQLException {
        Connection connection = connectionTo("0");

        limits.set(connection, Duration.ofSeconds(2));
        limits.set(connection, Duration.ofSeconds(2));
        limits.set(connection, Duration.ofSeconds(2));

        assertThat(executed)
                .filteredOn(sql -> sql.contains("set local tcp_user_timeout"))
                .hasSize(1);
        assertThat(executed)
                .filteredOn(sql -> sql.contains("set local idle_in_transaction_session_timeout = 2000"))
                .hasSize(3);
    }

    @Test
    void a_server_with_the_tcp_option_gets_it_in_each_transaction_and_is_queried_once() throws SQLException {
        Connection connection = connectionTo("2s");

        limits.set(connection, Duration.ofSeconds(2));
        limits.set(connection, Duration.ofSeconds(2));

        assertThat(executed)
                .filteredOn(sql -> sql.contains("set local tcp_user_timeout = 2000"))
                .hasSize(2);
        assertThat(executed).hasSize(3);
    }

    /** A connection to a server that reports this value of the option, whatever it was set to. */
    private Connection connectionTo(String tcpUserTimeout) {
        ResultSet row = proxy(ResultSet.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "next" -> true;
            case "getString" -> tcpUserTimeout;
            default -> null;
        });
        Statement statement = proxy(Statement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                executed.add((String) arguments[0]);
            }
            return switch (method.getName()) {
                case "execute" -> false;
                case "executeQuery" -> row;
                default -> null;
            };
        });
        return proxy(Connection.class, (proxy, method, arguments) -> statement);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
