package org.meowmx.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionStatus.Segment;
import org.meowmx.subscription.SubscriptionStatus.State;

class StatusTextTest {

    private static String text(State state, boolean declared, long lagEvents, long parked, @Nullable Instant retryAt) {
        int attempts = state == State.FAILING ? 3 : 0;
        String failure = attempts == 0 ? null : "a.B: no stock\n\tat a.C.d(C.java:1)";
        Segment segment = new Segment(0, 1023, 7, attempts, failure, retryAt, null, "node");
        return StatusText.of(new SubscriptionStatus(
                "list", state, declared, List.of(segment), 1, lagEvents, Duration.ofSeconds(50), parked, null));
    }

    @Test
    void a_running_subscription() {
        assertThat(text(State.RUNNING, true, 0, 0, null)).isEqualTo("running at position 7; no event is waiting");
        assertThat(text(State.RUNNING, true, 100_000, 2, null))
                .isEqualTo(
                        "running at position 7; events waiting: 100000 or more, the oldest for 50 s; parked streams: 2");
    }

    @Test
    void a_paused_subscription_says_that_it_waits_for_an_operator() {
        assertThat(text(State.PAUSED, true, 3, 0, null))
                .isEqualTo(
                        "paused at position 7: it handles nothing until an operator resumes it; events waiting: 3, the oldest for 50 s");
    }

    @Test
    void a_failing_subscription_says_why_and_when_it_is_tried_again() {
        assertThat(text(State.FAILING, true, 3, 0, Instant.EPOCH))
                .isEqualTo(
                        "failing at position 7: a.B: no stock; failed attempts: 3, next attempt at 1970-01-01T00:00:00Z; events waiting: 3, the oldest for 50 s");
        assertThat(text(State.FAILING, true, 3, 0, null)).contains("next attempt when it is resumed");
    }

    @Test
    void a_delayed_subscription_says_since_when_and_that_no_event_is_to_blame() {
        Segment segment = new Segment(
                0, 1023, 7, 0, "the database was not available", Instant.EPOCH.plusSeconds(60), Instant.EPOCH, "node");
        assertThat(StatusText.of(new SubscriptionStatus(
                        "list", State.DELAYED, true, List.of(segment), 1, 0, Duration.ZERO, 0, null)))
                .isEqualTo("delayed at position 7 since 1970-01-01T00:00:00Z: the database was not available; "
                        + "no event is to blame, next turn at 1970-01-01T00:01:00Z; no event is waiting");
    }

    @Test
    void a_requested_operation_and_a_pause_by_the_store_are_named() {
        Segment segment = new Segment(0, 1023, 0, 0, "The checkpoint disappeared.", null, null, null);
        assertThat(StatusText.of(new SubscriptionStatus(
                        "list", State.PAUSED, true, List.of(segment), 1, 0, Duration.ZERO, 0, "replay")))
                .contains("resumes it (The checkpoint disappeared.)", "'replay' is requested");
    }

    @Test
    void a_removed_subscription_says_how_to_get_it_back() {
        assertThat(StatusText.of(
                        new SubscriptionStatus("list", State.REMOVED, true, List.of(), 1, 0, Duration.ZERO, 0, null)))
                .startsWith("was renamed or deleted on purpose")
                .contains("resume it");
    }

    @Test
    void an_orphan_is_not_failing_even_if_its_last_attempt_failed() {
        assertThat(text(State.FAILING, false, 0, 0, null))
                .isEqualTo(
                        "orphaned at position 7: no running node declares it, so it handles nothing; rename or delete it; no event is waiting");
    }
}
