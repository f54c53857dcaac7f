package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.faults.Intent.Way;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.Sql;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** Events at which handlers fail, and large events, among others. */
@Tag("heavy")
@MeowmxTest(
        beans = {Trial.class, PoisonIT.Handlers.class, Ledger.class, OutsideFile.class, Breakpoint.class, Sql.class},
        config = {
            TrialTest.ENABLED,
            TrialTest.POLLING,
            "meowmx.subscription.segments=4",
            "meowmx.subscription.retry-delay=PT0.05S",
            "meowmx.subscription.max-attempts=2",
            "meowmx.subscription.parking.on-failure=park"
        },
        database = PostgreSqlDatabase.class)
class PoisonIT {

    private static final String POISON = "poison";
    private static final int POISONED = 20;

    @Inject
    Trial trial;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Handlers handlers;

    @TempDir
    Path folder;

    /** Handlers that fail after they have recorded the event, so the record must be rolled back. */
    @ApplicationScoped
    static class Handlers {

        private final Map<UUID, Integer> failures = new ConcurrentHashMap<>();
        private volatile boolean cured;

        @Inject
        Ledger ledger;

        void cure() {
            cured = true;
        }

        void blocking(@Observes @Subscribed("blocking") RecordedEvent event) {
            ledger.write("blocking", event);
            if (event.data().contains(POISON) && failures.merge(event.id(), 1, Integer::sum) <= 3) {
                throw new StackOverflowError("as of a handler that recurses");
            }
        }

        void parking(@Observes @Subscribed("parking") RecordedEvent event) {
            ledger.write("parking", event);
            if (event.data().contains(POISON) && !cured) {
                throw new IllegalStateException("cannot bear it");
            }
        }
    }

    @BeforeEach
    void begin() throws SQLException {
        trial.begin(PostgreSqlServer.shared(), folder);
    }

    private void awaitStored(int events) {
        Awaitility.await()
                .atMost(Trial.PATIENCE)
                .until(() -> trial.number("select count(*) from meowmx_events") > events);
    }

    private NewEvent event(String json) {
        return trial.intents(1).event(json);
    }

    @Test
    void a_poison_stops_its_stream_alone_and_is_handled_when_it_is_cured() throws Exception {
        try (Load load = trial.load(4, 50)) {
            for (int i = 0; i < POISONED; i++) {
                StreamId stream = StreamId.of("test", trial.random().nextInt(50));
                trial.write(Intent.of(stream, event("{\"" + POISON + "\": true}")));
            }
            awaitStored(1_000);
            trial.stop(load);
        }
        trial.settle();
        assertThat(subscriptions.parked("parking")).isNotEmpty();
        trial.verdict();

        handlers.cure();
        for (ParkedStream parked : subscriptions.parked("parking")) {
            subscriptions.retryParked("parking", parked.stream());
        }
        assertThat(subscriptions.parked("parking")).isEmpty();
        trial.verdict();
    }

    @Test
    void a_batch_of_ten_thousand_and_an_event_of_ten_megabytes_are_events_like_others() throws Exception {
        List<NewEvent> batch = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            batch.add(event("{\"number\": " + i + "}"));
        }
        String large = "{\"text\": \"" + "0123456789".repeat(1024 * 1024) + "\"}";
        try (Load load = trial.load(4, 50)) {
            trial.write(new Intent(Map.of(StreamId.of("test", 1L), batch), Way.ANY_VERSION));
            for (int i = 0; i < 3; i++) {
                trial.write(Intent.of(StreamId.of("test", 2L), event(large)));
            }
            awaitStored(11_000);
            trial.stop(load);
        }
        trial.settle();
        trial.verdict();
    }
}
