package org.meowmx.subscription.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.meowmx.CapturedLog;
import org.meowmx.subscription.engine.cluster.SignalListener.Loop;
import org.postgresql.PGConnection;

class SignalListenerTest {

    private static final int PROCESS = 4711;

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicBoolean starved = new AtomicBoolean();
    private final AtomicBoolean querying = new AtomicBoolean();
    private final Loop loop = new Loop(() -> {}, starved::get, querying::get, stopped::get);
    private Runnable atListening = () -> stopped.set(true);

    private static <T> T proxy(Class<T> type, InvocationHandler answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answer));
    }

    /** Fails twice. The next connection works, and the poll loop ends while it listens. */
    private Connection open() throws SQLException {
        if (opened.incrementAndGet() <= 2) {
            throw new SQLException("refused", "08001");
        }
        PGConnection postgreSql = proxy(PGConnection.class, (self, method, arguments) -> {
            if (method.getName().equals("getBackendPID")) {
                return PROCESS;
            }
            atListening.run();
            return null;
        });
        ResultSet row = proxy(ResultSet.class, (self, method, arguments) -> switch (method.getName()) {
            case "next" -> true;
            case "getInt" -> PROCESS;
            default -> null;
        });
        Statement statement = proxy(Statement.class, (self, method, arguments) -> {
            if (method.getName().equals("executeQuery")) {
                return row;
            }
            return method.getReturnType() == boolean.class ? false : null;
        });
        return proxy(Connection.class, (self, method, arguments) -> switch (method.getName()) {
            case "unwrap" -> postgreSql;
            case "createStatement" -> statement;
            default -> null;
        });
    }

    private SignalListener listener() {
        DataSource dataSource = proxy(DataSource.class, (self, method, arguments) -> open());
        return new SignalListener(dataSource, "channel", new Signals(null, null, null, null, null), loop);
    }

    @Test
    void while_the_database_stands_still_the_listener_waits_and_listens_again_soon_after_it() {
        opened.set(2);
        atListening = () -> starved.set(true);
        querying.set(true);
        SignalListener listener = listener();
        try (CapturedLog logged = new CapturedLog(SignalListener.class)) {
            listener.run();
            listener.run();
            assertThat(opened).hasValue(3);
            assertThat(logged.records()).singleElement().satisfies(record -> {
                String text = MessageFormat.format(record.getMessage(), record.getParameters());
                assertThat(text)
                        .startsWith(
                                "The poll loop waits for a connection from the pool or for the answer of the database")
                        .contains("If PostgreSQL answers others meanwhile, enlarge the connection pool");
            });

            starved.set(false);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                listener.run();
                return opened.get() > 3;
            });
        }
    }

    @Test
    void without_a_thread_the_executor_is_to_be_enlarged_and_not_the_pool() {
        opened.set(2);
        atListening = () -> starved.set(true);
        try (CapturedLog logged = new CapturedLog(SignalListener.class)) {
            listener().run();
            assertThat(logged.records()).singleElement().satisfies(record -> {
                String text = MessageFormat.format(record.getMessage(), record.getParameters());
                assertThat(text)
                        .startsWith("The poll loop gets no thread from the executor")
                        .contains("Enlarge the executor")
                        .doesNotContain("pool,");
            });
        }
    }

    @Test
    void a_lost_connection_is_logged_once_and_its_return_once() {
        try (CapturedLog logged = new CapturedLog(SignalListener.class)) {
            listener().run();

            assertThat(opened).hasValue(3);
            assertThat(logged.lines()).hasSize(2);
            assertThat(logged.lines().get(0))
                    .startsWith("WARNING The connection that listens for other nodes was lost.");
            assertThat(logged.lines().get(1))
                    .startsWith("INFO The connection that listens for other nodes is open again, after ");
        }
    }
}
