package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionStatus.Segment;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.testkit.TestClock;

/**
 * The store's clock, which a test moves. On PostgreSQL, the database's clock decides when an event is recorded and when
 * a failed one is retried.
 */
@MeowmxTest(
        beans = ClockOnH2Test.Handlers.class,
        config = {
            ClockOnH2Test.ENABLED,
            ClockOnH2Test.FAST,
            ClockOnH2Test.DELAY,
            ClockOnH2Test.LONGEST,
            ClockOnH2Test.PARK,
            ClockOnH2Test.ATTEMPTS
        })
class ClockOnH2Test {

    /** Configuration that the test requires: frequent polls, and a retry delay of an hour. */
    static final String ENABLED = "meowmx.subscription.enabled=true";

    static final String FAST = "meowmx.subscription.poll-interval=PT0.02S";
    static final String DELAY = "meowmx.subscription.retry-delay=PT1H";
    static final String LONGEST = "meowmx.subscription.max-retry-delay=PT1H";
    static final String PARK = "meowmx.subscription.parking.on-failure=park";
    static final String ATTEMPTS = "meowmx.subscription.parking.max-attempts=2";

    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Logger LOG = Logger.getLogger("org.meowmx.subscription");

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    TestClock clock;

    @Inject
    Handlers handlers;

    /** Observers that fail until the test corrects them. */
    @ApplicationScoped
    static class Handlers {

        private final AtomicBoolean mended = new AtomicBoolean();
        private final AtomicInteger tries = new AtomicInteger();

        /** The application's own clock, which the store must not use. */
        @Produces
        static Clock clock() {
            return Clock.systemDefaultZone();
        }

        void mend() {
            mended.set(true);
        }

        int tries() {
            return tries.get();
        }

        void handle(@Observes @Subscribed("failing") RecordedEvent event) {
            tries.incrementAndGet();
            if (!mended.get()) {
                throw new IllegalStateException("not yet");
            }
        }

        void park(@Observes @Subscribed("parking") RecordedEvent event) {
            throw new IllegalStateException("never");
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

    private Segment segment(String subscription) {
        return subscriptions.status(subscription).segments().get(0);
    }

    private void awaitFailure(String subscription) {
        Awaitility.await().atMost(SOON).until(() -> segment(subscription).attempts() == 1);
    }

    private long append() {
        return events.append(StreamId.of("order", 1L), any(), NewEvent.of("noted", "{}"))
                .position();
    }

    @Test
    void a_retry_comes_due_when_the_clock_is_moved() {
        clock.set(NOON);
        long position = append();
        awaitFailure("failing");
        assertThat(segment("failing").retryAt())
                .isBetween(NOON.plus(Duration.ofMinutes(48)), NOON.plus(Duration.ofHours(1)));
        int tries = handlers.tries();

        handlers.mend();
        clock.advance(Duration.ofMinutes(47));
        assertThat(subscriptions.await("failing", position, Duration.ofMillis(200)))
                .as("ten looks at what is due")
                .isFalse();
        assertThat(handlers.tries()).isEqualTo(tries);

        clock.advance(Duration.ofMinutes(13));
        assertThat(subscriptions.await("failing", position, SOON)).isTrue();
    }

    @Test
    void an_event_is_parked_at_the_time_of_the_clock() {
        clock.set(NOON);
        append();
        awaitFailure("parking");
        clock.advance(Duration.ofHours(1));

        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(subscriptions.parked("parking"))
                .singleElement()
                .satisfies(parked -> assertThat(parked.parkedAt()).isEqualTo(NOON.plus(Duration.ofHours(1)))));
    }

    @Test
    void events_are_recorded_at_the_time_of_the_clock() {
        Instant time = Instant.parse("2031-12-31T23:59:59.123456Z");
        clock.set(time);

        assertThat(events.append(StreamId.of("order", 1L), any(), NewEvent.of("noted", "{}"))
                        .last()
                        .recordedAt())
                .isEqualTo(time);
    }
}
