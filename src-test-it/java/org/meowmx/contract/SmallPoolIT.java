package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.Subscribed;
import org.meowmx.Subscriptions;
import org.meowmx.server.SmallPoolDatabase;
import org.meowmx.testkit.MeowmxTest;

/** Promise self-heal: where connections are scarce, subscriptions and writers wait for each other but all come to an end. */
@MeowmxTest(
        beans = SmallPoolIT.Handlers.class,
        config = {
            "meowmx.subscription.enabled=true",
            "meowmx.subscription.poll-interval=PT0.05S",
            "meowmx.subscription.segments=2"
        },
        database = SmallPoolDatabase.class)
class SmallPoolIT {

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    /** Four subscriptions of two segments each. */
    @ApplicationScoped
    static class Handlers {

        void a(@Observes @Subscribed("a") RecordedEvent event) {}

        void b(@Observes @Subscribed("b") RecordedEvent event) {}

        void c(@Observes @Subscribed("c") RecordedEvent event) {}

        void d(@Observes @Subscribed("d") RecordedEvent event) {}
    }

    @Test
    void eight_segments_and_two_writers_share_two_connections() {
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < 2; writer++) {
            long stream = writer;
            writers.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 100; i++) {
                    events.append(StreamId.of("test", stream), any(), NewEvent.of("noted", "{}"));
                }
            }));
        }
        writers.forEach(CompletableFuture::join);

        for (String name : subscriptions.names()) {
            assertThat(subscriptions.await(name, events.highWaterMark(), Duration.ofSeconds(60)))
                    .as(name)
                    .isTrue();
        }
    }
}
