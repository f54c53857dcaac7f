package org.meowmx.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.meowmx.subscription.SubscriptionStatus.Segment;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.engine.SubscriptionOutline;

class StatusTextTest {

    private static String text(State state, long distance, boolean parking, @Nullable Instant retryAt) {
        int attempts = state == State.FAILING ? 3 : 0;
        String failure = attempts == 0 ? null : "a.B: no stock\n\tat a.C.d(C.java:1)";
        Segment segment = new Segment(0, 1023, 7, attempts, failure, retryAt, null, "node", null);
        return StatusText.of(
                new SubscriptionOutline("list", state, List.of(segment), 7, distance, parking, true, null));
    }

    @Test
    void a_running_subscription() {
        assertThat(text(State.RUNNING, 0, false, null)).isEqualTo("running at position 7; everything is read");
        assertThat(text(State.RUNNING, 100_000, true, null))
                .isEqualTo("running at position 7; events to read: at most 100000; some streams are parked");
    }

    @Test
    void a_paused_subscription_says_that_it_waits_for_an_operator() {
        assertThat(text(State.PAUSED, 3, false, null))
                .isEqualTo(
                        "paused at position 7: it handles nothing until an operator resumes it; events to read: at most 3");
    }

    @Test
    void a_failing_subscription_says_why_and_when_it_is_tried_again() {
        assertThat(text(State.FAILING, 3, false, Instant.EPOCH))
                .isEqualTo(
                        "failing at position 7: a.B: no stock; failed attempts: 3, next attempt at 1970-01-01T00:00:00Z; events to read: at most 3");
        assertThat(text(State.FAILING, 3, false, null)).contains("next attempt when it is resumed");
    }

    @Test
    void a_delayed_subscription_says_since_when_and_that_no_event_is_to_blame() {
        Segment segment = new Segment(
                0,
                1023,
                7,
                0,
                "the database was not available",
                Instant.EPOCH.plusSeconds(60),
                Instant.EPOCH,
                "node",
                null);
        assertThat(StatusText.of(
                        new SubscriptionOutline("list", State.DELAYED, List.of(segment), 7, 0, false, true, null)))
                .isEqualTo("delayed at position 7 since 1970-01-01T00:00:00Z: the database was not available; "
                        + "no event is to blame, next turn at 1970-01-01T00:01:00Z; everything is read");
    }

    @Test
    void a_requested_operation_and_a_pause_by_the_store_are_named() {
        Segment segment = new Segment(0, 1023, 0, 0, "The checkpoint disappeared.", null, null, null, null);
        assertThat(StatusText.of(
                        new SubscriptionOutline("list", State.PAUSED, List.of(segment), 0, 0, false, true, "replay")))
                .contains("resumes it (The checkpoint disappeared.)", "'replay' is requested");
    }

    @Test
    void a_removed_subscription_says_how_to_get_it_back() {
        assertThat(StatusText.of(new SubscriptionOutline("list", State.REMOVED, List.of(), 0, 0, false, true, null)))
                .startsWith("was renamed or deleted on purpose")
                .contains("resume it");
    }

    @Test
    void a_version_that_does_not_serve_says_so() {
        assertThat(StatusText.of(new SubscriptionOutline("list@2", State.RUNNING, List.of(), 7, 0, false, false, null)))
                .isEqualTo("running at position 7; everything is read; another version serves");
    }
}
