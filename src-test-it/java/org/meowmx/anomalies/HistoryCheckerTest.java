package org.meowmx.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.anomalies.Anomaly.*;
import static org.meowmx.anomalies.Attempt.ANY;
import static org.meowmx.anomalies.Forgery.A1;
import static org.meowmx.anomalies.Forgery.A2;
import static org.meowmx.anomalies.Forgery.A3;
import static org.meowmx.anomalies.Forgery.B1;
import static org.meowmx.anomalies.Forgery.C1;
import static org.meowmx.anomalies.Forgery.FAILED;
import static org.meowmx.anomalies.Forgery.UNKNOWN;
import static org.meowmx.anomalies.Forgery.begun;
import static org.meowmx.anomalies.Forgery.entry;
import static org.meowmx.anomalies.Forgery.handled;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.meowmx.anomalies.LedgerEntry.Handled;
import org.meowmx.anomalies.LedgerEntry.Repositioned;

/** The checker finds each anomaly in a forged history, and finds none in a correct one. */
class HistoryCheckerTest {

    private final Forgery forgery = new Forgery();

    private void assertFound(Anomaly... anomalies) {
        assertThat(forgery.anomalies()).containsExactlyInAnyOrder(anomalies);
    }

    @Test
    void a_clean_history_has_no_anomaly() {
        HistoryChecker.assertNoAnomaly(forgery.history(), 1);
        assertFound();
    }

    @Test
    void an_event_of_unknown_fate_may_be_stored() {
        forgery.log.add(UNKNOWN);
        forgery.handle("third", 8, UNKNOWN);
        assertFound();
    }

    @Test
    void an_acknowledged_event_that_is_not_stored_is_a_lost_write() {
        forgery.log.remove(A3);
        forgery.forget(A3);
        assertFound(LOST_WRITE);
    }

    @Test
    void a_failed_event_that_is_stored_is_an_aborted_read() {
        forgery.log.add(FAILED);
        forgery.handle("third", 8, FAILED);
        assertFound(ABORTED_READ);
    }

    @Test
    void an_event_that_is_handled_but_not_stored_is_an_aborted_read() {
        forgery.handle("third", 8, UNKNOWN);
        assertFound(ABORTED_READ);
    }

    @Test
    void an_event_that_is_handled_in_another_place_than_it_is_stored_is_an_aborted_read() {
        forgery.forget(A3);
        forgery.handle("second", 4, new LogEntry(A3.event(), "a", 3, 7));
        assertFound(ABORTED_READ, SKIPPED_POLL);
    }

    @Test
    void a_part_of_an_append_is_torn() {
        LogEntry other = entry("d", 1, 11);
        forgery.attempts.add(begun(1, ANY, UNKNOWN, other));
        forgery.log.add(other);
        forgery.handle("third", 8, other);
        assertFound(TORN_APPEND);
    }

    @Test
    void a_version_that_is_missing_is_a_gap() {
        LogEntry far = entry("a", 5, 11);
        forgery.attempts.add(begun(1, ANY, far).ok(List.of(far)));
        forgery.log.add(far);
        forgery.handle("third", 8, far);
        assertFound(GAP);
    }

    @Test
    void an_event_that_is_stored_twice_is_a_duplicate() {
        LogEntry again = new LogEntry(A3.event(), "a", 4, 11);
        forgery.log.add(again);
        forgery.handle("third", 8, again);
        assertFound(DUPLICATE);
    }

    @Test
    void a_version_that_is_stored_twice_is_a_duplicate() {
        LogEntry twin = entry("a", 3, 11);
        forgery.attempts.add(begun(1, ANY, twin));
        forgery.log.add(twin);
        forgery.handle("third", 8, twin);
        assertFound(DUPLICATE);
    }

    @Test
    void an_event_that_is_handled_twice_is_a_duplicate() {
        forgery.handle("third", 4, A3);
        assertThat(forgery.anomalies()).contains(DUPLICATE);
    }

    @Test
    void an_event_that_is_handled_and_parked_is_a_duplicate() {
        forgery.parked.add(A3.event());
        assertFound(DUPLICATE);
    }

    @Test
    void an_answer_that_is_not_what_is_stored_is_false() {
        forgery.attempts.add(begun(3, ANY, A1).ok(List.of(new LogEntry(A1.event(), "a", 7, 77))));
        assertFound(FALSE_REPLY);
    }

    @Test
    void a_repeat_that_is_refused_is_a_false_answer() {
        forgery.attempts.add(begun(1, ANY, C1).refused());
        assertFound(FALSE_REPLY);
    }

    @Test
    void an_append_behind_another_version_than_expected_is_a_lost_update() {
        forgery.attempts.add(begun(3, 1, A3).ok(List.of(A3)));
        assertFound(LOST_UPDATE);
    }

    @Test
    void an_event_that_is_neither_handled_nor_parked_is_a_skipped_poll() {
        forgery.forget(C1);
        assertFound(SKIPPED_POLL);
    }

    @Test
    void an_event_may_be_parked_instead() {
        forgery.forget(C1);
        forgery.parked.add(C1.event());
        assertFound();
    }

    @Test
    void an_event_that_overtakes_a_parked_one_of_its_stream_is_in_inconsistent_order() {
        forgery.forget(A2);
        forgery.parked.add(A2.event());
        assertFound(INCONSISTENT_ORDER);
    }

    @Test
    void a_parked_event_may_be_handled_late() {
        forgery.forget(A3);
        forgery.add(new Handled(A3, 0, 10, "retry", true));
        assertFound();
    }

    @Test
    void events_of_a_stream_that_are_handled_in_another_order_are_in_inconsistent_order() {
        forgery.forgetAll();
        forgery.handle("first", 0, A2, A1, B1);
        forgery.handle("second", 4, C1, A3);
        assertFound(INCONSISTENT_ORDER, NON_MONOTONIC_POLL);
    }

    @Test
    void versions_whose_positions_are_in_another_order_are_in_inconsistent_order() {
        LogEntry late = entry("e", 1, 12);
        LogEntry early = entry("e", 2, 11);
        forgery.attempts.add(begun(1, ANY, late));
        forgery.attempts.add(begun(1, ANY, early));
        forgery.log.addAll(List.of(early, late));
        forgery.handle("third", 8, early, late);
        assertFound(INCONSISTENT_ORDER);
    }

    @Test
    void appends_of_one_writer_whose_positions_are_in_another_order_are_in_inconsistent_order() {
        forgery.attempts.add(begun(1, ANY, C1).ok(List.of(C1)));
        assertFound(INCONSISTENT_ORDER);
    }

    @Test
    void a_segment_that_goes_back_to_another_stream_is_a_non_monotonic_poll() {
        forgery.forgetAll();
        forgery.handle("first", 0, A1, B1, A2);
        forgery.handle("second", 4, C1, A3);
        assertFound(NON_MONOTONIC_POLL);
    }

    @Test
    void a_replay_begins_anew() {
        forgery.ledger.add(new Repositioned(0));
        forgery.handle("third", 0, A1, A2, B1);
        forgery.handle("fourth", 4, C1, A3);
        assertFound();
    }

    @Test
    void what_a_replay_leaves_out_is_a_skipped_poll() {
        forgery.ledger.add(new Repositioned(3));
        forgery.handle("third", 3, B1, A3);
        assertFound(SKIPPED_POLL);
    }

    @Test
    void what_is_left_out_before_a_replay_is_a_skipped_poll_too() {
        forgery.forget(A2);
        forgery.ledger.add(new Repositioned(0));
        forgery.handle("third", 0, A1, A2, B1);
        forgery.handle("fourth", 4, C1, A3);
        assertFound(SKIPPED_POLL);
    }

    @Test
    void a_turn_that_began_before_the_end_of_the_one_before_is_a_second_writer() {
        forgery.forget(A3);
        forgery.handle("third", 4, A3);
        assertFound(SECOND_WRITER);
    }

    @Test
    void an_event_that_the_checkpoint_had_passed_is_behind_a_checkpoint_that_is_ahead() {
        forgery.forget(A3);
        forgery.ledger.add(handled("third", 8, A3));
        forgery.outside.add(handled("third", 8, A3));
        assertFound(CHECKPOINT_AHEAD, STRAY_OUTSIDE_EFFECT);
    }

    @Test
    void a_checkpoint_that_moves_back_is_found() {
        forgery.samples.add(new Sample(0, 0, 9, 10));
        assertFound(CHECKPOINT_BACK);
    }

    @Test
    void a_checkpoint_may_be_moved_back_by_hand() {
        forgery.samples.add(new Sample(0, 1, 0, 10));
        assertFound();
    }

    @Test
    void a_checkpoint_beyond_the_end_of_the_log_is_found() {
        forgery.samples.add(new Sample(0, 0, 11, 10));
        assertFound(CHECKPOINT_BEYOND);
    }

    @Test
    void an_event_that_was_handled_without_its_effect_outside_is_found() {
        forgery.outside.remove(handled("second", 4, A3));
        assertFound(LOST_OUTSIDE_EFFECT);
    }

    @Test
    void an_effect_of_a_turn_that_was_rolled_back_is_no_effect_of_the_turn_that_was_committed() {
        forgery.outside.remove(handled("second", 4, C1));
        assertFound(LOST_OUTSIDE_EFFECT);
    }

    @Test
    void an_effect_that_is_repeated_from_before_the_last_batch_is_a_stray() {
        forgery.outside.add(handled("rolled back", 4, A1));
        assertFound(STRAY_OUTSIDE_EFFECT);
    }

    @Test
    void more_effects_than_a_batch_has_events_are_strays() {
        for (int i = 0; i < 3; i++) {
            forgery.outside.add(handled("rolled back", 4, A3));
        }
        assertFound(STRAY_OUTSIDE_EFFECT);
    }

    @Test
    void a_report_tells_the_seed_the_promise_and_the_story_of_the_shortest_stream() {
        forgery.forget(A3);
        forgery.forget(C1);
        assertThatThrownBy(() -> HistoryChecker.assertNoAnomaly(forgery.history(), 4711))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("2 anomalies with seed 4711")
                .hasMessageContaining("SKIPPED_POLL (no-skip: ")
                .hasMessageContaining("The shortest stream concerned is c\n  tried: ")
                .hasMessageContaining("stored: " + C1)
                .hasMessageNotContaining("stored: " + B1);
    }
}
