package org.meowmx.contract;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.SmallPoolDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.OwnTransaction;

/** Handlers that open a transaction of their own, on a pool that cannot serve two of them at a time. */
@MeowmxTest(
        beans = {SecondConnectionIT.Auditors.class, Sql.class},
        config = {"meowmx.subscription.enabled=true", "meowmx.subscription.poll-interval=PT0.1S"},
        database = SmallPoolDatabase.class)
class SecondConnectionIT {

    private static final int EVENTS = 20;

    @Inject
    EventStore events;

    @Inject
    Auditors auditors;

    /** Three subscriptions that record each event in a second transaction. */
    @ApplicationScoped
    static class Auditors {

        private final AtomicInteger noted = new AtomicInteger();

        @Inject
        OwnTransaction second;

        @Inject
        Sql sql;

        int noted() {
            return noted.get();
        }

        private void note() {
            second.run(() -> sql.number("select 1 from pg_sleep(0.005)"));
            noted.incrementAndGet();
        }

        void a(@Observes @Subscribed("a") RecordedEvent event) {
            note();
        }

        void b(@Observes @Subscribed("b") RecordedEvent event) {
            note();
        }

        void c(@Observes @Subscribed("c") RecordedEvent event) {
            note();
        }
    }

    @Test
    void all_events_are_handled_although_the_pool_is_too_small_for_all_turns_at_once() {
        for (int number = 0; number < EVENTS; number++) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
                events.append(StreamId.of("order", 1), ExpectedVersion.any(), NewEvent.of("noted", "1"));
                return true;
            });
        }

        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> auditors.noted() >= 3 * EVENTS);
    }
}
