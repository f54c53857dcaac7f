package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meowmx.CapturedLog;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.EventParked;
import org.meowmx.subscription.SubscriptionDelayed;
import org.meowmx.subscription.SubscriptionFailed;
import org.meowmx.subscription.engine.TurnResult.Next;

/**
 * The steps of a worker after a failure: it commits the events before the failing one, finds that event and tries it
 * alone.
 */
class SegmentWorkerTest {

    private static final int EVENTS = 12;

    private final CapturedLog logged = new CapturedLog(SegmentWorker.class);
    private final FakeLog log = new FakeLog();
    private final RecordedFailures failures = new RecordedFailures();
    private final UnrecordedFailures unrecorded = new UnrecordedFailures();
    private boolean stopped;

    @AfterEach
    void end() {
        logged.close();
    }

    private static RecordedEvent event(long position) {
        return ListSubscription.event(ListSubscription.CATEGORY, position);
    }

    /** A log of events at positions 1 to 12, some of which fail. Its turns behave as on a database. */
    private static final class FakeLog {

        private final TreeSet<Long> poison = new TreeSet<>();
        private final List<List<Long>> committed = new ArrayList<>();
        private final List<Integer> sizes = new ArrayList<>();
        private final TreeSet<Long> atCommit = new TreeSet<>();
        private boolean namesEvents = true;
        private boolean heals;
        private boolean down;
        private int transientFailures;
        private long checkpoint;

        TurnResult take(TurnRequest request) {
            List<Long> page = LongStream.rangeClosed(checkpoint + 1, Math.min(EVENTS, request.upTo()))
                    .limit(request.size())
                    .boxed()
                    .toList();
            sizes.add(page.size());
            if (transientFailures > 0) {
                transientFailures--;
                throw new TurnFailure(null, false, new IllegalStateException("deadlock")).asTransient();
            }
            for (long position : page) {
                if (poison.contains(position)) {
                    if (heals) {
                        poison.clear();
                    }
                    if (namesEvents) {
                        throw new TurnFailure(event(position), page.size() == 1, new IllegalStateException("poison"));
                    }
                    throw unnamed(page);
                }
            }
            if (down || page.stream().anyMatch(atCommit::contains)) {
                throw unnamed(page);
            }
            if (!page.isEmpty()) {
                checkpoint = page.get(page.size() - 1);
                committed.add(page);
            }
            boolean more = page.size() == request.size() && checkpoint < Math.min(EVENTS, request.upTo());
            return new TurnResult(more ? Next.MORE : Next.DONE, page.size(), false, checkpoint);
        }

        /** As at a commit: the failing event is known only if it is the only one of the turn. */
        private TurnFailure unnamed(List<Long> page) {
            boolean alone = page.size() == 1 && !down;
            return new TurnFailure(alone ? event(page.get(0)) : null, alone, new IllegalStateException("at commit"));
        }
    }

    /** Parks every event that fails, or blocks at it. */
    private final class RecordedFailures {

        private final List<Long> events = new ArrayList<>();
        private final List<TurnFailure> delays = new ArrayList<>();
        private boolean parks;
        private boolean unwritable;
        private boolean repeated;

        Optional<RecordedFailure> recordFailure(DeclaredSegment segment, TurnFailure failure) {
            if (unwritable) {
                throw new IllegalStateException("cannot be written");
            }
            if (failure.isTransient()) {
                delays.add(failure);
                return Optional.of(new RecordedFailure(
                        new SubscriptionDelayed("list", 0, Instant.EPOCH, Instant.EPOCH, failure.thrown()), repeated));
            }
            long failing = log.checkpoint + 1;
            events.add(failing);
            if (parks) {
                log.checkpoint = failing;
                return Optional.of(new RecordedFailure(new EventParked("list", event(failing)), false));
            }
            return Optional.of(new RecordedFailure(
                    new SubscriptionFailed("list", 0, event(failing), 3, Instant.EPOCH, failure.thrown()), repeated));
        }
    }

    private long run() {
        SegmentSteps steps = new SegmentSteps(log::take, failures::recordFailure, merged -> false, operation -> false);
        return new SegmentWorker(ListSubscription.segment(), steps, notification -> {}, unrecorded, () -> stopped)
                .run()
                .handled();
    }

    @Test
    void turns_are_taken_until_nothing_is_left() {
        assertThat(run()).isEqualTo(12);
        assertThat(log.sizes).containsExactly(5, 5, 2);
    }

    @Test
    void the_events_before_the_failing_one_are_committed_and_its_failure_recorded() {
        log.poison.add(8L);
        run();

        assertThat(log.committed).containsExactly(List.of(1L, 2L, 3L, 4L, 5L), List.of(6L, 7L));
        assertThat(failures.events).containsExactly(8L);
    }

    @Test
    void the_event_of_a_failure_that_names_none_is_found_by_trying_each_alone() {
        log.namesEvents = false;
        log.poison.add(8L);
        run();

        assertThat(log.committed).containsExactly(List.of(1L, 2L, 3L, 4L, 5L), List.of(6L), List.of(7L));
        assertThat(failures.events).containsExactly(8L);
    }

    @Test
    void a_commit_that_fails_while_the_events_before_are_repeated_is_found_too() {
        log.poison.add(8L);
        log.atCommit.add(6L);
        run();

        assertThat(failures.events).containsExactly(6L);
        assertThat(log.checkpoint).isEqualTo(5);
    }

    @Test
    void after_an_event_is_parked_the_worker_continues() {
        failures.parks = true;
        log.poison.addAll(List.of(1L, 8L, 12L));
        run();

        assertThat(failures.events).containsExactly(1L, 8L, 12L);
        assertThat(log.checkpoint).isEqualTo(12);
    }

    @Test
    void a_failure_that_does_not_repeat_is_not_recorded() {
        log.poison.add(3L);
        log.heals = true;
        run();

        assertThat(failures.events).isEmpty();
        assertThat(log.checkpoint).isEqualTo(12);
    }

    @Test
    void no_event_is_blamed_for_a_turn_that_reaches_none() {
        log.down = true;
        assertThat(run()).isZero();
        assertThat(failures.events).isEmpty();
    }

    @Test
    void the_first_transient_failure_is_retried_at_once() {
        log.transientFailures = 1;

        assertThat(run()).isEqualTo(12);
        assertThat(log.sizes).containsExactly(5, 5, 5, 2);
        assertThat(failures.delays).isEmpty();
    }

    @Test
    void the_second_transient_failure_in_a_row_delays_the_segment_and_blames_no_event() {
        log.transientFailures = 2;

        assertThat(run()).isZero();
        assertThat(failures.delays).hasSize(1);
        assertThat(failures.events).isEmpty();
        assertThat(log.sizes).containsExactly(5, 5);
    }

    @Test
    void a_segment_waits_on_this_node_after_a_failure_that_could_not_be_recorded() {
        log.poison.add(1L);
        failures.unwritable = true;
        run();
        assertThat(unrecorded.isPending(ListSubscription.segment().key())).isTrue();

        failures.unwritable = false;
        run();
        assertThat(unrecorded.isPending(ListSubscription.segment().key())).isFalse();
    }

    @Test
    void a_stopped_worker_takes_no_turn() {
        stopped = true;
        assertThat(run()).isZero();
        assertThat(log.sizes).isEmpty();
    }

    @Test
    void the_first_attempt_is_logged_with_its_root_cause_and_stack_trace() {
        log.poison.add(1L);
        run();

        assertThat(logged.lines())
                .singleElement()
                .satisfies(
                        line -> assertThat(line)
                                .startsWith("WARNING Subscription 'list' failed at ")
                                .contains(
                                        ": java.lang.IllegalStateException: poison; this was attempt 3, the next one is at 1970-01-01T00:00:00Z"));
        assertThat(logged.records().get(0).getThrown()).hasMessage("poison");
    }

    @Test
    void a_repeated_failure_is_logged_in_one_line() {
        log.poison.add(1L);
        failures.repeated = true;
        run();

        assertThat(logged.lines()).singleElement().asString().contains("poison; this was attempt 3");
        assertThat(logged.records().get(0).getThrown()).isNull();
    }
}
