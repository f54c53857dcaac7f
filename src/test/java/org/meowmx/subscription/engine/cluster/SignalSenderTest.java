package org.meowmx.subscription.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The times at which appends are signalled to other nodes. The executor keeps its tasks, and the test runs them step by step. */
class SignalSenderTest {

    private final Tasks tasks = new Tasks();
    private final AtomicInteger sent = new AtomicInteger();
    private final SignalSender sender = new SignalSender(sent::incrementAndGet, tasks);

    /** Keeps scheduled tasks. */
    private static final class Tasks extends ScheduledThreadPoolExecutor {

        private final List<Runnable> kept = new ArrayList<>();

        Tasks() {
            super(1);
        }

        @Override
        public @Nullable ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            kept.add(task);
            return null;
        }

        void runAll() {
            List<Runnable> now = List.copyOf(kept);
            kept.clear();
            now.forEach(Runnable::run);
        }
    }

    @AfterEach
    void end() {
        tasks.shutdownNow();
    }

    @Test
    void many_appends_share_one_signal() {
        sender.send();
        sender.send();
        assertThat(tasks.kept).hasSize(1);
        tasks.runAll();
        assertThat(sent).hasValue(1);

        sender.send();
        tasks.runAll();
        assertThat(sent).as("the next append is signalled again").hasValue(2);
    }

    @Test
    void a_signal_that_the_server_has_dropped_is_replaced_by_that_of_a_later_append() {
        sender.send();
        tasks.kept.clear();

        Awaitility.await().pollInSameThread().until(() -> {
            sender.send();
            return !tasks.kept.isEmpty();
        });
        tasks.runAll();
        assertThat(sent).hasValue(1);
    }
}
