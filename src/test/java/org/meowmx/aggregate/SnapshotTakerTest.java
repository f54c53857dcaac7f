package org.meowmx.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The queue of snapshots, with an executor that the test runs step by step. */
class SnapshotTakerTest {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> taken = new ArrayList<>();
    private final SnapshotTaker taker = new SnapshotTaker(this::execute);
    private boolean rejecting;

    private void execute(Runnable task) {
        if (rejecting) {
            throw new RejectedExecutionException();
        }
        tasks.add(task);
    }

    private void ask(String what) {
        taker.ask(what, () -> taken.add(what));
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void what_is_asked_for_again_is_taken_once_and_by_one_worker() {
        ask("a");
        ask("b");
        ask("a");

        assertThat(tasks).hasSize(1);
        runTasks();
        assertThat(taken).containsExactlyInAnyOrder("a", "b");
        ask("a");
        runTasks();
        assertThat(taken).hasSize(3);
    }

    @Test
    void what_comes_while_the_worker_is_busy_is_taken_too() {
        taker.ask("first", () -> ask("second"));
        runTasks();

        assertThat(taken).containsExactly("second");
    }

    @Test
    void a_failure_is_logged_and_stops_nothing() {
        Logger logger = Logger.getLogger(SnapshotTaker.class.getName());
        Level before = logger.getLevel();
        logger.setLevel(Level.OFF);
        try {
            taker.ask("failing", () -> {
                throw new AssertionError("no");
            });
            runTasks();
        } finally {
            logger.setLevel(before);
        }
        ask("next");
        runTasks();
        assertThat(taken).containsExactly("next");
    }

    @Test
    void no_more_wait_than_are_allowed() {
        for (int i = 0; i < SnapshotTaker.MOST + 10; i++) {
            ask("stream " + i);
        }
        runTasks();

        assertThat(taken).hasSize(SnapshotTaker.MOST);
    }

    @Test
    void an_executor_that_takes_nothing_is_asked_again_next_time() {
        rejecting = true;
        ask("a");
        rejecting = false;
        ask("a");
        runTasks();

        assertThat(taken).containsExactly("a");
    }

    @Test
    void nothing_is_taken_after_the_end() {
        taker.stop();
        ask("a");

        assertThat(tasks).isEmpty();
    }
}
