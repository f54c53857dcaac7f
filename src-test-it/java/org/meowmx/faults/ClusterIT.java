package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

/** Nodes that share subscriptions while one of them is killed and one is frozen. */
@Tag("heavy")
@MeowmxTest(
        beans = {Trial.class, OutsideFile.class, Sql.class},
        database = PostgreSqlDatabase.class)
class ClusterIT {

    private static final int STREAMS = 200;
    private static final int WRITERS = 2;
    private static final int BATCH = 50;
    private static final Map<String, String> NAME = Map.of("meowmx.node", "of the same name");

    @Inject
    EventStore events;

    @Inject
    Trial trial;

    @TempDir
    Path folder;

    @BeforeEach
    void begin() throws SQLException {
        trial.begin(PostgreSqlServer.shared(), folder);
    }

    private long handledBy(NodeProcess node) throws SQLException {
        return trial.number("select count(*) from ledger where process = " + node.pid());
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(assertion);
    }

    private static void beforeTheNextTick(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }

    @Test
    void nodes_share_the_segments_and_lose_nothing_when_one_is_killed_and_one_is_frozen() throws Exception {
        try (NodeProcess killed = trial.node(NAME);
                NodeProcess frozen = trial.node(NAME);
                Load load = trial.load(WRITERS, STREAMS)) {
            eventually(() -> {
                assertThat(handledBy(killed)).isPositive();
                assertThat(handledBy(frozen)).isPositive();
            });
            killed.kill();
            frozen.freeze();
            long whenFrozen = handledBy(frozen);
            try (NodeProcess heir = trial.node(NAME)) {
                eventually(() -> assertThat(handledBy(heir)).isPositive());
                trial.stop(load);
                trial.settle();
                assertThat(handledBy(frozen))
                        .as("a frozen node commits nothing")
                        .isEqualTo(whenFrozen);

                frozen.thaw();
                try (Load more = trial.load(WRITERS, STREAMS)) {
                    eventually(() -> assertThat(handledBy(frozen))
                            .as("thawed, it works again")
                            .isGreaterThan(whenFrozen));
                    heir.close();
                    trial.stop(more);
                }
                trial.settle();
                assertThat(heir.endedWell()).isTrue();
            }
        }
        trial.verdict(BATCH);
    }

    private void append() {
        List<StreamAppend> appends = new ArrayList<>();
        for (int stream = 0; stream < STREAMS; stream++) {
            appends.add(StreamAppend.of(StreamId.of("test", stream), any(), NewEvent.of("noted", "{}")));
        }
        events.appendAll(appends);
    }

    private long listeners() throws SQLException {
        return trial.number(
                "select count(*) from pg_stat_activity where query like 'listen meowmx%' and application_name = current_schema()");
    }

    @Test
    void a_node_hears_of_another_nodes_append_without_waiting_for_its_tick() throws Exception {
        try (NodeProcess sleepy = trial.node(Map.of("meowmx.subscription.poll-interval", "PT1M"))) {
            append();
            eventually(() -> assertThat(handledBy(sleepy)).isEqualTo(2 * STREAMS));
            append();
            beforeTheNextTick(() -> assertThat(handledBy(sleepy)).isEqualTo(4 * STREAMS));

            trial.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen meowmx%' and application_name = current_schema()");
            beforeTheNextTick(
                    () -> assertThat(listeners()).as("it listens again").isEqualTo(1));
            append();
            beforeTheNextTick(() -> assertThat(handledBy(sleepy)).isEqualTo(6 * STREAMS));
        }
        assertThat(listeners()).as("the connection is given back").isZero();
    }
}
