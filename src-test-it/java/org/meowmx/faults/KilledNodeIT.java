package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.Sql;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** A node is killed at critical points of a turn, or repeatedly. */
@Tag("heavy")
@MeowmxTest(
        beans = {Trial.class, OutsideFile.class, Sql.class},
        database = PostgreSqlDatabase.class)
class KilledNodeIT {

    private static final int BATCH = 50;
    private static final int LATEST_PASSING = 100;
    private static final int STARTS = Extent.of(2);

    /** A small number, because on a small machine more writers would only delay the nodes. */
    private static final int WRITERS = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The longest start of a node, under load and on a machine that may be slow. */
    private static final Duration START = Duration.ofMinutes(3);

    @Inject
    Trial trial;

    @Inject
    Subscriptions subscriptions;

    @TempDir
    Path folder;

    @BeforeEach
    void begin() throws SQLException {
        trial.begin(PostgreSqlServer.shared(), folder);
    }

    @ParameterizedTest
    @EnumSource
    void another_node_takes_over_without_loss_or_repetition(Breakpoint.Place place) throws Exception {
        Path reached = folder.resolve("reached");
        Map<String, String> breakpoint = Map.of(
                Breakpoint.PLACE, place.name(),
                Breakpoint.PASSING, Integer.toString(1 + trial.random().nextInt(LATEST_PASSING)),
                Breakpoint.FILE, reached.toString());
        try (NodeProcess victim = trial.node(breakpoint);
                NodeProcess heir = trial.node(Map.of());
                Load load = trial.load(WRITERS, 100)) {
            Awaitility.await().atMost(START).until(() -> Files.exists(reached));
            victim.kill();
            Awaitility.await().atMost(START).until(() -> handledBy(heir) > 0);
            trial.stop(load);
            trial.settle();
        }
        trial.verdict(BATCH);
    }

    private long handledBy(NodeProcess node) throws SQLException {
        return trial.number("select count(*) from ledger where process = " + node.pid());
    }

    @Test
    void nodes_that_start_together_and_one_that_flaps_share_without_loss_or_repetition() throws Exception {
        try (NodeProcess steady = trial.node(Map.of());
                Load load = trial.load(WRITERS, 100)) {
            for (int i = 0; i < STARTS; i++) {
                NodeProcess flapping = trial.node(Map.of());
                Awaitility.await().atMost(START).until(() -> handledBy(flapping) > 0);
                if (i % 2 == 0) {
                    flapping.kill();
                } else {
                    flapping.close();
                }
            }
            trial.stop(load);
            trial.settle();
            assertThat(handledBy(steady)).isPositive();
        }
        trial.verdict(BATCH);
    }

    /** The merge is requested on a node that does not run the subscription, and that may end after the answer. */
    @Test
    void segments_are_joined_whoever_is_killed_meanwhile() throws Exception {
        try (NodeProcess steady = trial.node(Map.of());
                Load load = trial.load(1, 100)) {
            Awaitility.await().atMost(START).until(() -> handledBy(steady) > 0);
            for (int count : new int[] {5, 3}) {
                NodeProcess victim = trial.node(Map.of());
                Awaitility.await().atMost(START).until(() -> handledBy(victim) > 0);
                subscriptions.changeSegments(Readers.SHARED, count);
                victim.kill();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> status().segments().size() == count);
            }
            trial.stop(load);
            trial.settle();
            assertThat(status().wantedSegments()).isEqualTo(3);
            assertThat(status().state()).isEqualTo(SubscriptionStatus.State.RUNNING);
        }
        trial.verdict(BATCH);
    }

    private SubscriptionStatus status() {
        return subscriptions.status(Readers.SHARED);
    }
}
