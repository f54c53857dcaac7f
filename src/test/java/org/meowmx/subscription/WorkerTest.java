package org.meowmx.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meowmx.EventTypes;

/** A worker never throws, and waits longer after each failure. */
class WorkerTest {

    private static final Logger LOG = Logger.getLogger(Worker.class.getName());

    private final HandClock clock = new HandClock();
    private final ScriptedTurn turn = new ScriptedTurn();
    private final Worker worker =
            new Worker(new Subscription("list", "", EventTypes.union(List.of()), true), turn, clock);

    @BeforeEach
    void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterEach
    void loud() {
        LOG.setLevel(null);
    }

    /** A clock that stands still until it is moved. */
    private static final class HandClock extends Clock {
        private Instant now = Instant.parse("2024-01-01T00:00:00Z");

        void passes(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** Turns that end as the test says; busy when it says no more. */
    private static final class ScriptedTurn extends Turn {
        private final Deque<Object> script = new ArrayDeque<>();
        private int taken;

        @Override
        public Outcome take(Subscription subscription) {
            taken++;
            Object next = script.isEmpty() ? Result.BUSY : script.remove();
            if (next instanceof RuntimeException e) {
                throw e;
            }
            if (next instanceof Error e) {
                throw e;
            }
            return new Outcome((Result) next, 0);
        }
    }

    @Test
    void it_takes_turns_until_nothing_is_left() {
        turn.script.addAll(List.of(Turn.Result.MORE, Turn.Result.MORE, Turn.Result.CAUGHT_UP, Turn.Result.MORE));
        worker.run();

        assertThat(turn.taken).isEqualTo(3);
    }

    @Test
    void it_waits_longer_after_each_failure_and_starts_over_after_a_success() {
        turn.script.addAll(List.of(new IllegalStateException("1"), new AssertionError("2"), Turn.Result.CAUGHT_UP));
        worker.run();
        worker.run();
        assertThat(turn.taken).as("one second has not passed").isEqualTo(1);

        clock.passes(Duration.ofSeconds(1));
        worker.run();
        clock.passes(Duration.ofMillis(1_999));
        worker.run();
        assertThat(turn.taken).as("two seconds have not passed").isEqualTo(2);

        clock.passes(Duration.ofMillis(1));
        worker.run();
        turn.script.add(new IllegalStateException("3"));
        worker.run();
        clock.passes(Duration.ofSeconds(1));
        worker.run();
        assertThat(turn.taken).as("back to one second").isEqualTo(5);
    }

    @Test
    void stopped_it_takes_no_further_turn() {
        turn.script.addAll(List.of(Turn.Result.MORE, Turn.Result.MORE));
        worker.stop();
        worker.run();

        assertThat(turn.taken).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, PT1S", "2, PT2S", "5, PT16S", "6, PT32S", "7, PT1M", "1000000, PT1M"})
    void the_delay_doubles_within_bounds(int failures, Duration delay) {
        assertThat(new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)).after(failures))
                .isEqualTo(delay);
    }
}
