package org.meowmx.rest.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.meowmx.CapturedLog;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.LogGrowth;
import org.meowmx.LogQuery;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.message.Cursor;
import org.meowmx.transaction.ClaimTransaction;

class LiveReadersTest {

    private static final UUID LOG = new UUID(0, 1);

    private final LiveReaders readers = new LiveReaders();
    private boolean down = true;

    /** A connection that takes everything. */
    private static final class Taking extends ServletOutputStream {

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            try {
                listener.onWritePossible();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void write(int data) {}
    }

    private static <T> T proxy(Class<T> type, InvocationHandler answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answer));
    }

    private static AsyncContext client() {
        Taking taking = new Taking();
        ServletResponse response = proxy(ServletResponse.class, (self, method, arguments) -> taking);
        return proxy(AsyncContext.class, (self, method, arguments) -> response);
    }

    /** Polls at once, in the thread that wakes it. */
    private void wake() {
        readers.grown(new LogGrowth(List.of()));
    }

    @Test
    void an_outage_is_logged_once_when_it_begins_and_once_when_it_ends() throws IOException {
        readers.settings = new Settings(new SmallRyeConfigBuilder().build(), Set.of());
        readers.executor = proxy(ManagedScheduledExecutorService.class, (self, method, arguments) -> {
            ((Runnable) arguments[0]).run();
            return null;
        });
        readers.transaction = new ClaimTransaction() {
            @Override
            public <T> T run(Supplier<T> work) {
                return work.get();
            }
        };
        readers.catalog = proxy(
                LogCatalog.class,
                (self, method, arguments) -> method.getName().equals("logId") ? LOG : Optional.empty());
        readers.events = proxy(EventStore.class, (self, method, arguments) -> {
            if (down) {
                throw new IllegalStateException("no database");
            }
            return 0L;
        });
        try (CapturedLog logged = new CapturedLog(LiveReaders.class)) {
            readers.add(LogQuery.all(), Cursor.beginning(LOG), client());
            wake();
            assertThat(logged.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING The log could not be read for clients that follow it. They wait");

            down = false;
            wake();
            wake();
            assertThat(logged.lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("INFO The log can be read again for clients that follow it, after ");
        }
    }
}
