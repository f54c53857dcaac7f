package org.meowmx.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

/** Promises effect-once, stream-order, single-writer and self-heal, with nodes that are killed and frozen. */
@MeowmxTest(
        beans = {ClusterIT.Database.class, Sql.class},
        config = "meowmx.node=of the same name",
        database = PostgreSqlDatabase.class)
class ClusterIT {

    private static final int STREAMS = 200;
    private static final int EVENTS_EACH = 40;

    /** Eight segments; a claim is lost after two seconds of silence. */
    private static final Map<String, String> CONFIGURATION = Map.of(
            "meowmx.node", "of the same name",
            "meowmx.schema.mode", "validate",
            "meowmx.subscription.enabled", "true",
            "meowmx.subscription.poll-interval", "PT0.1S",
            "meowmx.subscription.segments", "8",
            "meowmx.subscription.batch-size", "50",
            "meowmx.subscription.retry-delay", "PT0.1S",
            "meowmx.subscription.frozen-after", "PT2S");

    @Inject
    EventStore events;

    @Inject
    Database database;

    @TempDir
    Path folder;

    /** What the test asks of the database. */
    @ApplicationScoped
    static class Database {

        @Inject
        Sql sql;

        @Transactional
        String schema() {
            return (String) sql.value("select current_schema()");
        }

        @Transactional
        void createLedger() {
            sql.asOwner(Ledger.TABLE);
        }

        @Transactional
        long handled() {
            return sql.number("select count(*) from ledger");
        }

        @Transactional
        long handledBy(NodeProcess node) {
            return sql.number("select count(*) from ledger where process = " + node.pid());
        }

        @Transactional
        long listeners() {
            return sql.number(
                    "select count(*) from pg_stat_activity where query like 'listen meowmx%' and application_name = current_schema()");
        }

        @Transactional
        void cutTheListener() {
            sql.number(
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where query like 'listen meowmx%' and application_name = current_schema()");
        }

        @Transactional
        long handledTwice() {
            return sql.number("select count(*) - count(distinct event_id) from ledger");
        }

        /** How many events were handled after a later one of their stream. */
        @Transactional
        long inverted() {
            return sql.number("""
                    select count(*) from (
                        select version, lag(version) over (partition by stream_id order by number) as before from ledger)
                    where version <> coalesce(before, 0) + 1""");
        }
    }

    private NodeProcess node() {
        return node(Map.of());
    }

    private NodeProcess node(Map<String, String> more) {
        Map<String, String> configuration = new HashMap<>(CONFIGURATION);
        configuration.putAll(more);
        return NodeProcess.start(database.schema(), folder.resolve("nodes.log"), configuration);
    }

    private void append(int eventsEach) {
        for (int i = 0; i < eventsEach; i++) {
            for (int stream = 0; stream < STREAMS; stream += 20) {
                List<org.meowmx.StreamAppend> appends = new ArrayList<>();
                for (int s = stream; s < stream + 20; s++) {
                    appends.add(org.meowmx.StreamAppend.of(StreamId.of("test", s), any(), NewEvent.of("noted", "{}")));
                }
                events.appendAll(appends);
            }
        }
    }

    private static void eventually(Runnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(assertion::run);
    }

    @Test
    void nodes_share_the_segments_and_lose_nothing_when_one_is_killed_and_one_is_frozen() throws Exception {
        database.createLedger();
        append(EVENTS_EACH / 2);
        try (NodeProcess killed = node();
                NodeProcess frozen = node()) {
            eventually(() -> {
                assertThat(database.handledBy(killed)).isPositive();
                assertThat(database.handledBy(frozen)).isPositive();
            });
            killed.kill();
            frozen.freeze();
            long whenFrozen = database.handledBy(frozen);
            try (NodeProcess heir = node()) {
                append(EVENTS_EACH / 2);
                eventually(() -> assertThat(database.handled()).isEqualTo(STREAMS * EVENTS_EACH));
                assertThat(database.handledBy(heir)).isPositive();
                assertThat(database.handledBy(frozen))
                        .as("a frozen node commits nothing")
                        .isEqualTo(whenFrozen);

                frozen.thaw();
                append(1);
                eventually(() -> assertThat(database.handled()).isEqualTo(STREAMS * (EVENTS_EACH + 1)));
                heir.close();
                append(1);
                eventually(() -> assertThat(database.handled()).isEqualTo(STREAMS * (EVENTS_EACH + 2)));
                assertThat(database.handledBy(frozen))
                        .as("thawed, it works again")
                        .isGreaterThan(whenFrozen);
                assertThat(heir.endedWell()).isTrue();
            }
        }
        assertThat(database.handledTwice()).isZero();
        assertThat(database.inverted()).isZero();
    }

    @Test
    void a_node_hears_of_another_nodes_append_without_waiting_for_its_tick() throws Exception {
        database.createLedger();
        try (NodeProcess sleepy = node(Map.of("meowmx.subscription.poll-interval", "PT10M"))) {
            append(1);
            eventually(() -> assertThat(database.handledBy(sleepy)).isEqualTo(STREAMS));
            append(1);
            eventually(() -> assertThat(database.handledBy(sleepy)).isEqualTo(2 * STREAMS));

            database.cutTheListener();
            eventually(() ->
                    assertThat(database.listeners()).as("it listens again").isEqualTo(1));
            append(1);
            eventually(() -> assertThat(database.handledBy(sleepy)).isEqualTo(3 * STREAMS));
        }
        assertThat(database.listeners()).as("the connection is given back").isZero();
    }
}
