package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meowmx.AppendResult;
import org.meowmx.subscription.engine.declaration.Segments;

/** When a node looks for events: tasks are kept and run by hand. */
class PollerTest {

    private final Tasks tasks = new Tasks();
    private final Looks looks = new Looks();
    private final Turns turns = new Turns();
    private final Poller poller = new Poller(
            new ListSubscription(),
            looks,
            new SegmentWorker.Crew(
                    turns,
                    new Failures(),
                    new SegmentLayout(),
                    notification -> {},
                    new PollLoopWatchdog(),
                    () -> false),
            tasks,
            Duration.ofMillis(500));

    /** Counts the queries; says that a segment is due as long as it is told to. */
    private static final class Looks extends Backlog {

        private int count;
        private int atATime;
        private int mostAtATime;
        private boolean due;
        private Runnable meanwhile = () -> {};

        @Override
        public List<DueSegment> due(Collection<String> subscriptions) {
            count++;
            atATime++;
            mostAtATime = Math.max(mostAtATime, atATime);
            Runnable calls = meanwhile;
            meanwhile = () -> {};
            calls.run();
            atATime--;
            return due ? List.of(new DueSegment(ListSubscription.NAME, new Segments.Range(0, 1023))) : List.of();
        }
    }

    /** Counts the turns, each of which handles so many events. */
    private static final class Turns extends Turn {

        private int count;
        private long handled;

        @Override
        public Outcome take(Order order) {
            count++;
            return new Outcome(Result.DONE, handled, false, 0);
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

    @Test
    void calls_during_a_look_are_one_look_more_and_none_beside_it() {
        looks.meanwhile = () -> {
            poller.wake();
            tasks.runAll(tasks.atOnce);
            poller.wake();
            tasks.runAll(tasks.atOnce);
        };
        poller.wake();
        tasks.runAll(tasks.atOnce);

        assertThat(looks.mostAtATime).isEqualTo(1);
        assertThat(looks.count).isEqualTo(2);
    }

    private void append(String category) {
        AppendResult result = new AppendResult(List.of(ListSubscription.event(category, 1)), false);
        poller.appended(poller.askingFor(List.of(result)));
    }

    /** Looks, and again after a turn that has handled events. */
    private void look() {
        poller.wake();
        tasks.runAll(tasks.atOnce);
        looks.due = false;
        tasks.runAll(tasks.atOnce);
    }

    @Test
    void an_own_append_comes_to_a_segment_that_is_known_before_any_look_and_to_others_by_one_soon_after() {
        looks.due = true;
        turns.handled = 1;
        look();
        assertThat(turns.count).isEqualTo(1);
        assertThat(looks.count).isEqualTo(2);

        append(ListSubscription.CATEGORY);

        assertThat(turns.count).isEqualTo(2);
        assertThat(looks.count).isEqualTo(2);
        assertThat(tasks.later).hasSize(1);
        tasks.runAll(tasks.later);
        assertThat(looks.count).isEqualTo(3);
    }

    @Test
    void the_look_soon_after_an_own_append_is_not_swallowed_by_one_that_is_to_come_later() {
        looks.due = true;
        turns.handled = 1;
        look();
        looks.due = true;
        turns.handled = 0;
        poller.wake();
        tasks.runAll(tasks.atOnce);
        assertThat(tasks.later).as("nothing was handled: look again later").hasSize(1);
        turns.handled = 1;
        poller.wake();
        tasks.runAll(tasks.atOnce);

        append(ListSubscription.CATEGORY);

        assertThat(tasks.later).hasSize(2);
    }

    @Test
    void an_append_that_no_segment_known_asks_for_is_looked_for_at_once() {
        append(ListSubscription.CATEGORY);
        assertThat(tasks.atOnce).as("no segment is known").hasSize(1);
        looks.due = true;
        turns.handled = 1;
        tasks.runAll(tasks.atOnce);
        looks.due = false;
        tasks.runAll(tasks.atOnce);

        append("other");

        assertThat(tasks.atOnce).hasSize(1);
        assertThat(turns.count).isEqualTo(1);
    }

    @Test
    void a_segment_where_nothing_was_found_is_not_known_any_more() {
        looks.due = true;
        turns.handled = 1;
        look();
        turns.handled = 0;
        append(ListSubscription.CATEGORY);
        assertThat(turns.count).isEqualTo(2);

        append(ListSubscription.CATEGORY);

        assertThat(turns.count).isEqualTo(2);
        assertThat(tasks.atOnce).hasSize(1);
    }
}
