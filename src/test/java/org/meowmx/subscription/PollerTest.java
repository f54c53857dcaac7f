package org.meowmx.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a node looks for events: tasks are kept and run by hand. */
class PollerTest {

    private final Tasks tasks = new Tasks();
    private final Looks looks = new Looks();
    private final Poller poller = new Poller(
            new NamesOnly(),
            looks,
            new SegmentWorker.Crew(
                    new Turn(), new Failures(), new Division(), notification -> {}, new Heartbeat(), () -> false),
            tasks,
            Duration.ofMillis(500));

    /** Counts the queries; says that a segment is due as long as it is told to. */
    private static final class Looks extends Backlog {

        private int count;
        private boolean due;

        @Override
        public List<Checkpoint.Key> due(Collection<String> subscriptions) {
            count++;
            return due ? List.of(new Checkpoint.Key("list", (short) 0)) : List.of();
        }
    }

    /** Knows no settings, so that a worker ends with an exception and nothing handled. */
    private static final class NamesOnly extends Catalog {

        @Override
        Set<String> names() {
            return Set.of("list");
        }

        @Override
        Subscription subscription(String name) {
            throw new IllegalStateException("no worker is wanted here");
        }
    }

    /** Keeps what it is to run. */
    private static final class Tasks extends ScheduledThreadPoolExecutor {

        private final List<Runnable> atOnce = new ArrayList<>();
        private final List<Runnable> later = new ArrayList<>();

        Tasks() {
            super(1);
        }

        @Override
        public @Nullable ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            (delay == 0 ? atOnce : later).add(task);
            return null;
        }

        @Override
        public <V> @Nullable ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void execute(Runnable worker) {
            try {
                worker.run();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("no worker");
            }
        }

        void runAll(List<Runnable> due) {
            List<Runnable> now = List.copyOf(due);
            due.clear();
            now.forEach(Runnable::run);
        }
    }

    @AfterEach
    void end() {
        tasks.shutdownNow();
    }

    @Test
    void many_calls_are_one_look() {
        poller.wake();
        poller.wake();
        poller.wake();

        assertThat(tasks.atOnce).hasSize(1);
        tasks.runAll(tasks.atOnce);
        assertThat(looks.count).isEqualTo(1);
        poller.wake();
        assertThat(tasks.atOnce).as("the next call is a new look").hasSize(1);
    }

    @Test
    void a_look_that_is_to_come_later_does_not_swallow_a_call_to_look_at_once() {
        looks.due = true;
        poller.wake();
        tasks.runAll(tasks.atOnce);
        assertThat(tasks.later).as("nothing was handled: look again soon").hasSize(1);

        poller.wake();
        assertThat(tasks.atOnce).hasSize(1);
    }

    @Test
    void while_nothing_can_be_handled_looks_come_later_each_time_and_in_the_end_with_the_tick_only() {
        looks.due = true;
        poller.wake();
        tasks.runAll(tasks.atOnce);
        int looksAgain = 0;
        while (!tasks.later.isEmpty()) {
            tasks.runAll(tasks.later);
            looksAgain++;
        }
        assertThat(looksAgain).as("5, 10, 20 … 320 ms").isEqualTo(7);
        assertThat(tasks.atOnce).isEmpty();
    }
}
