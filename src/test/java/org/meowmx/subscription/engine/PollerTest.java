package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meowmx.CapturedLog;
import org.meowmx.LogGrowth;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.engine.declaration.Segments;

/** The times at which a node polls for events. The executor keeps its tasks, and the test runs them step by step. */
class PollerTest {

    private final Tasks tasks = new Tasks();
    private final Queries queries = new Queries();
    private long handledByWorker;
    private boolean follows;
    private int workers;
    private boolean waiting;

    private final Poller poller = new Poller(
            queries::run,
            segment -> waiting,
            (segment, stopped) -> {
                workers++;
                return new Poller.Result(handledByWorker, follows);
            },
            new RecentlyActiveSegments(new ListSubscription()),
            tasks,
            Duration.ofMillis(500));

    /** Counts the queries. The test decides whether a segment is due. */
    private static final class Queries {

        private int count;
        private int atATime;
        private int mostAtATime;
        private boolean due;
        private boolean failing;
        private Runnable meanwhile = () -> {};

        List<DueSegment> run() {
            count++;
            atATime++;
            mostAtATime = Math.max(mostAtATime, atATime);
            Runnable calls = meanwhile;
            meanwhile = () -> {};
            calls.run();
            atATime--;
            if (failing) {
                throw new IllegalStateException("no database");
            }
            return due ? List.of(new DueSegment(ListSubscription.NAME, new Segments.Range(0, 1023))) : List.of();
        }
    }

    /** Keeps scheduled tasks, and runs workers at once. */
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
            worker.run();
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
    void many_wake_ups_are_one_query() {
        poller.wake();
        poller.wake();
        poller.wake();
        assertThat(tasks.atOnce).hasSize(1);

        tasks.runAll(tasks.atOnce);
        assertThat(queries.count).isEqualTo(1);

        poller.wake();
        assertThat(tasks.atOnce).as("the next wake-up is a new query").hasSize(1);
    }

    @Test
    void a_segment_that_waits_after_a_failure_gets_no_worker() {
        queries.due = true;
        waiting = true;
        poller.wake();
        tasks.runAll(tasks.atOnce);
        assertThat(workers).isZero();

        waiting = false;
        poller.wake();
        tasks.runAll(tasks.atOnce);
        assertThat(workers).isEqualTo(1);
    }

    @Test
    void a_poll_that_is_due_later_does_not_swallow_a_wake_up() {
        queries.due = true;
        poller.wake();
        tasks.runAll(tasks.atOnce);
        assertThat(tasks.later).as("nothing was handled: poll again soon").hasSize(1);

        poller.wake();
        assertThat(tasks.atOnce).hasSize(1);
    }

    @Test
    void while_nothing_can_be_handled_polls_come_later_each_time_and_finally_only_at_the_interval() {
        queries.due = true;
        poller.wake();
        tasks.runAll(tasks.atOnce);

        int repeated = 0;
        while (!tasks.later.isEmpty()) {
            tasks.runAll(tasks.later);
            repeated++;
        }

        assertThat(repeated).as("5, 10, 20 … 320 ms").isEqualTo(7);
        assertThat(tasks.atOnce).isEmpty();
    }

    @Test
    void a_version_that_follows_the_serving_one_does_not_make_polls_after_open_appends_come_later() {
        queries.due = true;
        follows = true;
        for (int i = 0; i < 10; i++) {
            poller.wake();
            tasks.runAll(tasks.atOnce);
        }
        assertThat(tasks.later).isEmpty();

        follows = false;
        poller.wake();
        tasks.runAll(tasks.atOnce);
        assertThat(tasks.later).hasSize(1);
    }

    @Test
    void wake_ups_during_a_query_are_one_further_query_and_never_a_concurrent_one() {
        queries.meanwhile = () -> {
            poller.wake();
            tasks.runAll(tasks.atOnce);
            poller.wake();
            tasks.runAll(tasks.atOnce);
        };

        poller.wake();
        tasks.runAll(tasks.atOnce);

        assertThat(queries.mostAtATime).isEqualTo(1);
        assertThat(queries.count).isEqualTo(2);
    }

    @Test
    void a_stopped_poller_runs_no_query() {
        poller.stop();
        poller.wake();
        tasks.runAll(tasks.atOnce);

        assertThat(queries.count).isZero();
    }

    private void append(String category) {
        RecordedEvent event = ListSubscription.event(category, 1);
        poller.appended(List.of(new LogGrowth.Added(event.stream(), event.type())));
    }

    /** Polls, and polls again after a worker that has handled events. */
    private void poll() {
        poller.wake();
        tasks.runAll(tasks.atOnce);
        queries.due = false;
        tasks.runAll(tasks.atOnce);
    }

    @Test
    void an_own_append_starts_workers_of_recently_active_segments_at_once_and_a_poll_for_others_soon() {
        queries.due = true;
        handledByWorker = 1;
        poll();
        assertThat(workers).isEqualTo(1);
        assertThat(queries.count).isEqualTo(2);

        append(ListSubscription.CATEGORY);
        assertThat(workers).isEqualTo(2);
        assertThat(queries.count).isEqualTo(2);
        assertThat(tasks.later).hasSize(1);

        tasks.runAll(tasks.later);
        assertThat(queries.count).isEqualTo(3);
    }

    @Test
    void the_poll_soon_after_an_own_append_is_not_swallowed_by_one_that_is_due_later() {
        queries.due = true;
        handledByWorker = 1;
        poll();
        queries.due = true;
        handledByWorker = 0;
        poller.wake();
        tasks.runAll(tasks.atOnce);
        assertThat(tasks.later).as("nothing was handled: poll again later").hasSize(1);

        handledByWorker = 1;
        poller.wake();
        tasks.runAll(tasks.atOnce);
        append(ListSubscription.CATEGORY);
        assertThat(tasks.later).hasSize(2);
    }

    @Test
    void an_append_that_no_recently_active_segment_requests_causes_a_poll_at_once() {
        append(ListSubscription.CATEGORY);
        assertThat(tasks.atOnce).as("no segment was active").hasSize(1);

        queries.due = true;
        handledByWorker = 1;
        tasks.runAll(tasks.atOnce);
        queries.due = false;
        tasks.runAll(tasks.atOnce);

        append("other");
        assertThat(tasks.atOnce).hasSize(1);
        assertThat(workers).isEqualTo(1);
    }

    @Test
    void a_segment_whose_worker_found_nothing_is_no_longer_recently_active() {
        queries.due = true;
        handledByWorker = 1;
        poll();

        handledByWorker = 0;
        append(ListSubscription.CATEGORY);
        assertThat(workers).isEqualTo(2);

        append(ListSubscription.CATEGORY);
        assertThat(workers).isEqualTo(2);
        assertThat(tasks.atOnce).hasSize(1);
    }

    @Test
    void an_outage_is_logged_once_when_it_begins_and_once_when_it_ends() {
        try (CapturedLog logged = new CapturedLog(Poller.class)) {
            queries.failing = true;
            for (int i = 0; i < 3; i++) {
                poller.wake();
                tasks.runAll(tasks.atOnce);
            }
            assertThat(logged.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING The poll for new events failed. Subscriptions of this node wait");

            queries.failing = false;
            poller.wake();
            tasks.runAll(tasks.atOnce);
            assertThat(logged.lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .matches("INFO The poll for new events works again, .*, after \\d+ s");

            poller.wake();
            tasks.runAll(tasks.atOnce);
            assertThat(logged.lines()).hasSize(2);
        }
    }

    @Test
    void the_segments_that_outlive_the_stop_timeout_are_named() {
        Checkpoint.Key key = new Checkpoint.Key("list", (short) 512);

        assertThat(SubscriptionLifecycle.unfinished(Set.of(key), Duration.ofSeconds(10)))
                .startsWith("Turns did not end within PT10S: 'list' (segment at slice 512). ");
    }
}
