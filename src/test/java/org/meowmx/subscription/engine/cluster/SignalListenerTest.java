package org.meowmx.subscription.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.meowmx.CapturedLog;
import org.postgresql.PGConnection;

class SignalListenerTest {

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();

    private static <T> T proxy(Class<T> type, InvocationHandler answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answer));
    }

    /** Fails twice. The next connection works, and the poll loop ends while it listens. */
    private Connection open() throws SQLException {
        if (opened.incrementAndGet() <= 2) {
            throw new SQLException("refused", "08001");
        }
        PGConnection postgreSql = proxy(PGConnection.class, (self, method, arguments) -> {
            stopped.set(true);
            return null;
        });
        Statement statement = proxy(
                Statement.class, (self, method, arguments) -> method.getReturnType() == boolean.class ? false : null);
        return proxy(Connection.class, (self, method, arguments) -> switch (method.getName()) {
            case "unwrap" -> postgreSql;
            case "createStatement" -> statement;
            default -> null;
        });
    }

    @Test
    void a_lost_connection_is_logged_once_and_its_return_once() {
        DataSource dataSource = proxy(DataSource.class, (self, method, arguments) -> open());
        SignalListener.Loop loop = new SignalListener.Loop(() -> {}, () -> false, stopped::get);
        try (CapturedLog logged = new CapturedLog(SignalListener.class)) {
            new SignalListener(dataSource, "channel", new Signals(null, null, null, null, null), loop).run();

            assertThat(opened).hasValue(3);
            assertThat(logged.lines()).hasSize(2);
            assertThat(logged.lines().get(0))
                    .startsWith("WARNING The connection that listens for other nodes was lost.");
            assertThat(logged.lines().get(1))
                    .startsWith("INFO The connection that listens for other nodes is open again, after ");
        }
    }
}
