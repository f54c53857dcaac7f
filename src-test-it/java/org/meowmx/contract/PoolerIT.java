package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.meowmx.CapturedLog;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.Engine;
import org.meowmx.server.ExistingDatabase;
import org.meowmx.server.PooledDatabase;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.engine.cluster.Signals;
import org.meowmx.testkit.MeowmxTest;

/** A pooler in transaction mode between the nodes and PostgreSQL. */
@EnabledIf("org.meowmx.server.PgBouncer#isInstalled")
@MeowmxTest(
        config = {
            "meowmx.subscription.enabled=true",
            "meowmx.subscription.check-names=false",
            "meowmx.subscription.poll-interval=PT0.2S"
        },
        database = PooledDatabase.class)
class PoolerIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    EventStore events;

    /** Counts events on another node. */
    @ApplicationScoped
    static class Counter {

        private final List<Long> positions = new CopyOnWriteArrayList<>();

        List<Long> positions() {
            return positions;
        }

        void count(@Observes @Subscribed("counter") RecordedEvent event) {
            positions.add(event.position());
        }
    }

    private void append() {
        events.append(StreamId.of("order", 1), ExpectedVersion.any(), NewEvent.of("noted", "1"));
    }

    @Test
    void notifications_are_switched_off_and_polling_finds_the_events() throws SQLException {
        try (CapturedLog logged = new CapturedLog(Signals.class);
                Engine node = Engine.start(PooledDatabase.with("?prepareThreshold=0"), Counter.class)) {
            Awaitility.await().atMost(SOON).until(() -> !logged.lines().isEmpty());
            for (int number = 0; number < 20; number++) {
                append();
            }
            Counter counter = node.get(Counter.class);
            Awaitility.await().atMost(SOON).until(() -> counter.positions().size() == 20);

            assertThat(logged.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING A connection pooler in transaction mode is between jdbc/meowmx and PostgreSQL")
                    .contains("every PT0.2S", "meowmx.subscription.notify=false");
            assertThat(listening()).isZero();
        }
    }

    /** The number of the pooler's sessions that listen. */
    private static int listening() throws SQLException {
        ExistingDatabase pooled = PooledDatabase.with("?prepareThreshold=0");
        int sum = 0;
        for (int tried = 0; tried < 20; tried++) {
            try (Connection connection = DriverManager.getConnection(pooled.url(), pooled.user(), pooled.password());
                    ResultSet row =
                            connection.createStatement().executeQuery("select count(*) from pg_listening_channels()")) {
                row.next();
                sum += row.getInt(1);
            }
        }
        return sum;
    }

    @Test
    void prepared_statements_that_the_pooler_loses_are_refused_at_start() {
        assertThatThrownBy(() ->
                        Engine.start(PooledDatabase.with(""), Counter.class).close())
                .hasStackTraceContaining(
                        "meowmx cannot start: A connection pooler between jdbc/meowmx and PostgreSQL loses")
                .hasStackTraceContaining("prepareThreshold=0");
    }
}
