package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.FailingCommit;
import org.meowmx.server.Sql;
import org.meowmx.subscription.EventParked;
import org.meowmx.subscription.FailureClassifier;
import org.meowmx.subscription.FailureKind;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionCaughtUp;
import org.meowmx.subscription.SubscriptionDelayed;
import org.meowmx.subscription.SubscriptionFailed;
import org.meowmx.subscription.SubscriptionRecovered;
import org.meowmx.subscription.SubscriptionStatus.Segment;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.Subscriptions;

/** Promise poison-contained: with workers running, a failing event stops its subscription, or only its stream. */
abstract class FailureContract {

    /** Configuration that the contract counts on. */
    static final String ENABLED = "meowmx.subscription.enabled=true";

    static final String FAST = "meowmx.subscription.poll-interval=PT0.02S";
    static final String DELAY = "meowmx.subscription.retry-delay=PT0.02S";
    static final String LONGEST = "meowmx.subscription.max-retry-delay=PT0.05S";
    static final String PARK = "meowmx.subscription.parking.on-failure=park";
    static final String ATTEMPTS = "meowmx.subscription.parking.max-attempts=3";
    static final String TIMEOUT = "meowmx.subscription.slow.transaction-timeout=PT1S";
    static final String PAIRS = "meowmx.subscription.other.batch-size=2";

    /** Longer than 0.2 s, after which a turn starts no further event. */
    private static final Duration LONGER_THAN_A_TURN = Duration.ofMillis(250);

    private static final Logger LOG = Logger.getLogger("org.meowmx.subscription");

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Handlers handlers;

    @Inject
    Sql sql;

    /** An event whose type has every special character of patterns. */
    @EventType("odd\\%_type")
    record Odd() {}

    /** The exception of a handler whose mail server is down. */
    static class MailIsDown extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The application's own rule. */
    @ApplicationScoped
    static class MailFailures implements FailureClassifier {

        @Override
        public Optional<FailureKind> classify(Throwable failure) {
            return failure instanceof MailIsDown ? Optional.of(FailureKind.TRANSIENT) : Optional.empty();
        }
    }

    /** Observers that fail at the versions that a test sets. */
    @ApplicationScoped
    static class Handlers {

        private final List<String> blocked = new CopyOnWriteArrayList<>();
        private final List<String> parked = new CopyOnWriteArrayList<>();
        private final List<String> other = new CopyOnWriteArrayList<>();
        private final List<Object> notifications = new CopyOnWriteArrayList<>();
        private final List<String> odd = new CopyOnWriteArrayList<>();
        private final AtomicInteger slow = new AtomicInteger();
        private final Set<String> poison = new ConcurrentSkipListSet<>();
        private final Set<String> poisonAtCommit = new ConcurrentSkipListSet<>();
        private final Set<String> deadlocks = new ConcurrentSkipListSet<>();
        private final Set<String> mailIsDown = new ConcurrentSkipListSet<>();
        private final Set<String> giveUp = new ConcurrentSkipListSet<>();
        private final Set<String> lengthy = new ConcurrentSkipListSet<>();

        @Inject
        EventStore events;

        @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
        TransactionSynchronizationRegistry transaction;

        List<String> blocked() {
            return blocked;
        }

        List<String> parked() {
            return parked;
        }

        List<String> other() {
            return other;
        }

        List<Object> notifications() {
            return notifications;
        }

        List<String> odd() {
            return odd;
        }

        int slow() {
            return slow.get();
        }

        Set<String> poison() {
            return poison;
        }

        Set<String> poisonAtCommit() {
            return poisonAtCommit;
        }

        Set<String> deadlocks() {
            return deadlocks;
        }

        Set<String> mailIsDown() {
            return mailIsDown;
        }

        Set<String> giveUp() {
            return giveUp;
        }

        Set<String> lengthy() {
            return lengthy;
        }

        private void handle(String subscription, RecordedEvent event, List<String> seen) {
            String name = event.stream().id() + "v" + event.version();
            if (poison.contains(name)) {
                throw new AssertionError("poison " + name);
            }
            if (deadlocks.contains(name)) {
                throw new IllegalStateException(new SQLException("deadlock detected (40P01)", "40P01"));
            }
            if (mailIsDown.contains(name)) {
                throw new MailIsDown();
            }
            if (poisonAtCommit.contains(name)) {
                transaction.registerInterposedSynchronization(new FailingCommit("poison at commit"));
            }
            if (lengthy.contains(name)) {
                LockSupport.parkNanos(LONGER_THAN_A_TURN.toNanos());
            }
            if (giveUp.contains(name)) {
                transaction.setRollbackOnly();
            }
            events.append(StreamId.of("effect-" + subscription, name), any(), NewEvent.of("handled", "{}"));
            seen.add(name);
        }

        void block(@Observes @Subscribed(value = "blocking", category = "test") RecordedEvent event) {
            handle("blocking", event, blocked);
        }

        void park(@Observes @Subscribed(value = "parking", category = "test") RecordedEvent event) {
            handle("parking", event, parked);
        }

        void other(@Observes @Subscribed(value = "other", category = "test") RecordedEvent event) {
            other.add(event.stream().id() + "v" + event.version());
        }

        void odd(@Observes @Subscribed("odd") Odd event, RecordedEvent recorded) {
            odd.add(recorded.type());
        }

        void slow(@Observes @Subscribed(value = "slow", category = "slow") RecordedEvent event) {
            if (slow.incrementAndGet() == 1) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .pollInSameThread()
                        .until(() -> transaction.getTransactionStatus() != Status.STATUS_ACTIVE);
            }
        }

        void caughtUp(@Observes SubscriptionCaughtUp caughtUp) {
            notifications.add(caughtUp);
        }

        void failed(@Observes SubscriptionFailed failed) {
            notifications.add(failed);
        }

        void delayed(@Observes SubscriptionDelayed delayed) {
            notifications.add(delayed);
        }

        void recovered(@Observes SubscriptionRecovered recovered) {
            notifications.add(recovered);
        }

        void parked(@Observes EventParked parked) {
            notifications.add(parked);
        }
    }

    @BeforeEach
    void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterEach
    void loud() {
        LOG.setLevel(null);
    }

    private static void eventually(Runnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion::run);
    }

    private void append(String... streams) {
        Jta.committed(() -> {
            for (String stream : streams) {
                events.append(StreamId.of("test", stream), any(), NewEvent.of("noted", "{}"));
            }
            return null;
        });
    }

    private long effects(String subscription, String name) {
        return events.read(StreamId.of("effect-" + subscription, name)).version();
    }

    @Test
    void events_reach_every_subscription_by_themselves() {
        append("a", "b", "a");

        eventually(() -> assertThat(handlers.blocked()).containsExactly("av1", "bv1", "av2"));
        eventually(() -> assertThat(handlers.parked()).containsExactly("av1", "bv1", "av2"));
        assertThat(subscriptions.await("blocking", 3, Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void a_blocking_subscription_stays_before_the_event_and_keeps_its_cause() {
        handlers.poison().add("bv1");
        append("a", "b", "c");

        eventually(() -> assertThat(
                        subscriptions.status("blocking").segments().get(0).attempts())
                .isGreaterThan(2));
        assertThat(subscriptions.status("blocking").state()).isEqualTo(State.FAILING);
        assertThat(subscriptions.status("blocking").segments().get(0).lastFailure())
                .startsWith("java.lang.AssertionError: poison bv1")
                .contains("\tat ");
        assertThat(subscriptions.status("blocking").position())
                .as("what came before it is committed")
                .isEqualTo(1);
        assertThat(effects("blocking", "av1")).isEqualTo(1);
        assertThat(effects("blocking", "cv1")).isZero();
        eventually(() ->
                assertThat(handlers.other()).as("another subscription goes on").contains("cv1"));

        handlers.poison().clear();
        eventually(() -> assertThat(effects("blocking", "cv1")).isEqualTo(1));
        assertThat(effects("blocking", "av1")).isEqualTo(1);
        assertThat(effects("blocking", "bv1")).isEqualTo(1);
        eventually(() -> assertThat(subscriptions.status("blocking").state()).isEqualTo(State.RUNNING));
        assertThat(handlers.notifications())
                .filteredOn(SubscriptionFailed.class::isInstance)
                .first()
                .satisfies(notification -> {
                    SubscriptionFailed failed = (SubscriptionFailed) notification;
                    assertThat(failed.attempts()).isEqualTo(1);
                    assertThat(failed.event().stream().id()).isEqualTo("b");
                });
        eventually(() -> assertThat(handlers.notifications()).contains(new SubscriptionRecovered("blocking", 0)));
    }

    @Test
    void a_change_to_as_many_segments_as_there_are_forgets_no_failure() {
        handlers.poison().add("bv1");
        append("b");
        eventually(() -> assertThat(
                        subscriptions.status("blocking").segments().get(0).attempts())
                .isGreaterThan(2));

        subscriptions.changeSegments("blocking", 1);

        assertThat(subscriptions.status("blocking").segments().get(0).attempts())
                .isGreaterThan(2);
    }

    @Test
    void a_failure_at_commit_is_found_to_be_one_events() {
        handlers.poisonAtCommit().add("bv1");
        append("a", "b", "c");

        eventually(() -> assertThat(handlers.notifications())
                .filteredOn(SubscriptionFailed.class::isInstance)
                .isNotEmpty()
                .allSatisfy(notification -> assertThat(((SubscriptionFailed) notification).event().stream())
                        .isEqualTo(StreamId.of("test", "b"))));
        eventually(() -> assertThat(subscriptions.parked("parking")).hasSize(1));
        assertThat(subscriptions.parked("parking").get(0).failure()).contains("poison at commit");
        assertThat(effects("blocking", "av1")).isEqualTo(1);
        assertThat(effects("blocking", "cv1")).isZero();

        handlers.poisonAtCommit().clear();
        eventually(() -> assertThat(effects("blocking", "cv1")).isEqualTo(1));
        assertThat(effects("blocking", "bv1")).isEqualTo(1);
        assertThat(effects("parking", "bv1")).isZero();
        assertThat(effects("parking", "cv1")).isEqualTo(1);
    }

    /** The events after the slow one belong to the next turn, including the event of the parked stream. */
    @Test
    void events_that_follow_their_parked_stream_do_so_once_where_a_turn_ends_early() {
        handlers.poison().add("bv1");
        append("b");
        eventually(() -> assertThat(subscriptions.parked("parking")).hasSize(1));
        subscriptions.pause("parking");
        handlers.lengthy().add("av1");
        append("a", "b", "c", "b");
        subscriptions.resume("parking");

        eventually(() -> assertThat(effects("parking", "cv1")).isEqualTo(1));
        eventually(() ->
                assertThat(subscriptions.parked("parking").get(0).events()).isEqualTo(3));
        assertThat(handlers.notifications())
                .filteredOn(EventParked.class::isInstance)
                .hasSize(1);
        assertThat(subscriptions.status("parking").state()).isEqualTo(State.RUNNING);
    }

    /** For example, because it has caught the exception of a call in its transaction. */
    @Test
    void a_handler_that_only_marks_the_transaction_for_rollback_has_failed() {
        handlers.giveUp().add("bv1");
        append("a", "b", "c");

        eventually(() -> assertThat(subscriptions.parked("parking")).hasSize(1));
        assertThat(subscriptions.parked("parking").get(0).failure()).contains("marked for rollback");
        eventually(() -> assertThat(subscriptions.status("blocking").state()).isEqualTo(State.FAILING));
        assertThat(effects("blocking", "av1")).isEqualTo(1);
        assertThat(effects("blocking", "cv1")).isZero();
    }

    @Test
    void a_transient_failure_delays_the_segment_and_is_never_counted() {
        handlers.deadlocks().add("bv1");
        append("a", "b", "c");

        eventually(() -> assertThat(handlers.notifications())
                .filteredOn(SubscriptionDelayed.class::isInstance)
                .filteredOn(delayed ->
                        ((SubscriptionDelayed) delayed).subscription().equals("parking"))
                .hasSizeGreaterThan(3));
        assertThat(subscriptions.parked("parking")).isEmpty();
        Segment segment = subscriptions.status("parking").segments().get(0);
        assertThat(segment.attempts()).isZero();
        assertThat(segment.delayedSince()).isNotNull();
        assertThat(segment.lastFailure()).contains("40P01");
        assertThat(subscriptions.status("parking").state()).isEqualTo(State.DELAYED);

        handlers.deadlocks().clear();
        eventually(() -> assertThat(effects("parking", "cv1")).isEqualTo(1));
        assertThat(effects("parking", "bv1")).isEqualTo(1);
        eventually(() -> assertThat(subscriptions.status("parking").state()).isEqualTo(State.RUNNING));
        Segment recovered = subscriptions.status("parking").segments().get(0);
        assertThat(recovered.delayedSince()).isNull();
        assertThat(recovered.lastFailure()).isNull();
        eventually(() -> assertThat(handlers.notifications()).contains(new SubscriptionRecovered("parking", 0)));
    }

    @Test
    void a_delay_ends_although_nothing_is_left_to_read() {
        Jta.committed(() ->
                sql.run("update meowmx_checkpoints set delayed_since = current_timestamp where subscription = 'odd'"));

        eventually(() -> assertThat(subscriptions.status("odd").state()).isEqualTo(State.RUNNING));
    }

    @Test
    void the_application_decides_which_of_its_failures_are_transient() {
        handlers.mailIsDown().add("bv1");
        append("b");

        eventually(() -> assertThat(subscriptions.status("parking").state()).isEqualTo(State.DELAYED));
        assertThat(subscriptions.status("parking").segments().get(0).attempts()).isZero();

        handlers.mailIsDown().clear();
        eventually(() -> assertThat(effects("parking", "bv1")).isEqualTo(1));
    }

    /** A node or a former primary whose clock is an hour ahead has written the time. */
    @Test
    void no_retry_waits_longer_than_the_longest_delay() {
        subscriptions.pause("blocking");
        append("a");
        Instant inAnHour = Instant.now().plus(Duration.ofHours(1));
        Jta.committed(() -> {
            sql.update(
                    "update meowmx_checkpoints set attempts = 1, retry_at = ?, paused = false where subscription = 'blocking'",
                    inAnHour.atOffset(ZoneOffset.UTC));
            return null;
        });

        eventually(() -> assertThat(effects("blocking", "av1")).isEqualTo(1));
    }

    @Test
    void a_turn_that_outlives_its_transaction_timeout_is_rolled_back_and_tried_again() {
        events.append(StreamId.of("slow", 1L), any(), NewEvent.of("noted", "{}"));

        eventually(() -> assertThat(handlers.slow()).isGreaterThan(1));
        assertThat(subscriptions.await("slow", 1, Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void a_type_of_any_characters_wakes_its_subscription() {
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new Odd()));
        eventually(() -> assertThat(handlers.odd()).containsExactly("odd\\%_type"));
    }

    @Test
    void a_subscription_that_was_behind_tells_when_it_has_caught_up() {
        append("a", "a", "a", "a", "a");
        eventually(() -> assertThat(handlers.notifications())
                .filteredOn(SubscriptionCaughtUp.class::isInstance)
                .first()
                .satisfies(notification -> {
                    SubscriptionCaughtUp caughtUp = (SubscriptionCaughtUp) notification;
                    assertThat(caughtUp.subscription()).isEqualTo("other");
                    assertThat(caughtUp.position()).isGreaterThanOrEqualTo(5);
                }));
    }

    @Test
    void a_parking_subscription_sets_the_stream_aside_and_goes_on() {
        handlers.poison().add("bv1");
        append("a", "b", "c", "b");

        eventually(() -> assertThat(handlers.parked()).contains("av1", "cv1"));
        append("b", "d");
        eventually(() -> assertThat(handlers.parked()).contains("dv1"));

        assertThat(handlers.parked())
                .as("later events of the stream wait behind it")
                .noneMatch(name -> name.startsWith("b"));
        ParkedStream stream = subscriptions.parked("parking").get(0);
        assertThat(stream.stream()).isEqualTo(StreamId.of("test", "b"));
        assertThat(stream.events()).isEqualTo(3);
        assertThat(stream.firstVersion()).isEqualTo(1);
        assertThat(stream.failure()).contains("AssertionError: poison bv1");
        assertThat(subscriptions.status("parking").parkedStreams()).isEqualTo(1);
        assertThat(handlers.notifications().stream().filter(EventParked.class::isInstance))
                .hasSize(1);
    }

    private long retryParked(String subscription, StreamId stream) {
        return whenNoWorkerIsBusy(() -> subscriptions.retryParked(subscription, stream));
    }

    private long skipParked(String subscription, StreamId stream) {
        return whenNoWorkerIsBusy(() -> subscriptions.skipParked(subscription, stream));
    }

    /** Repeats a call while a worker is in a last turn that finds nothing. */
    private static long whenNoWorkerIsBusy(Callable<Long> call) {
        return Awaitility.await()
                .ignoreException(SubscriptionBusyException.class)
                .until(call, result -> true);
    }

    private void park(String... streams) {
        handlers.poison().add("bv1");
        append(streams);
        eventually(() -> assertThat(subscriptions.parked("parking")).isNotEmpty());
        subscriptions.await("parking", events.highWaterMark(), Duration.ofSeconds(20));
    }

    @Test
    void a_parked_stream_is_retried_in_order_and_takes_part_again() {
        park("b", "a", "b", "b");
        assertThatThrownBy(() -> retryParked("parking", StreamId.of("test", "b")))
                .hasMessageContaining("poison bv1");
        assertThat(subscriptions.parked("parking").get(0).events())
                .as("nothing was lost")
                .isEqualTo(3);

        handlers.poison().clear();
        assertThat(retryParked("parking", StreamId.of("test", "b"))).isEqualTo(3);
        append("b");

        eventually(() -> assertThat(handlers.parked()).contains("bv4"));
        assertThat(handlers.parked())
                .filteredOn(name -> name.startsWith("b"))
                .containsExactly("bv1", "bv2", "bv3", "bv4");
        assertThat(subscriptions.parked("parking")).isEmpty();
        assertThat(effects("parking", "bv1")).isEqualTo(1);
    }

    @Test
    void the_first_event_of_a_parked_stream_can_be_skipped() {
        park("b", "b", "b");

        assertThat(skipParked("parking", StreamId.of("test", "b"))).isEqualTo(2);
        assertThat(handlers.parked()).containsExactly("bv2", "bv3");
        assertThat(subscriptions.parked("parking")).isEmpty();
    }

    @Test
    void a_parked_stream_can_be_discarded() {
        park("b", "b");

        assertThat(whenNoWorkerIsBusy(() -> subscriptions.discardParked("parking", StreamId.of("test", "b"))))
                .isEqualTo(2);
        append("b");
        eventually(() -> assertThat(handlers.parked()).containsExactly("bv3"));
    }

    @Test
    void a_replay_says_how_many_parked_events_it_discards() {
        park("b", "b");
        handlers.poison().clear();

        assertThat(subscriptions.replay("parking", () -> handlers.parked().clear()))
                .isEqualTo(2);
        eventually(() -> assertThat(handlers.parked()).containsExactly("bv1", "bv2"));
    }

    @Test
    void a_paused_subscription_handles_nothing_until_it_is_resumed() {
        append("a");
        eventually(() -> assertThat(handlers.blocked()).hasSize(1));
        subscriptions.pause("blocking");
        append("a");
        eventually(() -> assertThat(handlers.parked()).hasSize(2));
        assertThat(handlers.blocked()).hasSize(1);

        subscriptions.resume("blocking");
        eventually(() -> assertThat(handlers.blocked()).hasSize(2));
    }
}
