package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogCatalog;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.rest.live.LiveResource;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.server.LiveClient;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

/**
 * Promise log-change-noticed: clients of the live log notice that the log went back. As in a restore, events are deleted from its end,
 * and the sequence is set back.
 */
@MeowmxTest(beans = Sql.class, config = "meowmx.rest.live.heartbeat=PT0.1S", database = PostgreSqlDatabase.class)
class LogWentBackIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int EVENTS = 10;
    private static final int KEPT = 6;

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    @Inject
    LiveResource live;

    @Inject
    Sql sql;

    @BeforeEach
    void append() {
        for (int i = 1; i <= EVENTS; i++) {
            events.append(
                    StreamId.of(i == 1 ? "rare" : "often", i), ExpectedVersion.noStream(), NewEvent.of("noted", "1"));
        }
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private LiveClient reader(String category, int events) {
        LiveClient client = new LiveClient(live, category).connect("0");
        Awaitility.await().atMost(SOON).until(() -> client.received().size() == events);
        return client;
    }

    private static String goBack() {
        return "delete from meowmx_events where position > %1$d; select setval('meowmx_events_position_seq', %1$d);"
                .formatted(KEPT);
    }

    /** Appends like another node that was started after the restore. */
    private static String append(String category, int count) {
        return """
                insert into meowmx_events (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
                select gen_random_uuid(), '%s', 'new', number, 0, 'noted', '2', '{}', now()
                from generate_series(1, %d) as number;""".formatted(category, count);
    }

    private static void awaitClosed(LiveClient client) {
        Awaitility.await().atMost(SOON).until(() -> !client.isConnected());
    }

    private static void assertRefused(LiveClient client, ProblemType type) {
        assertThatThrownBy(client::reconnect).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().type()).isEqualTo(type);
            assertThat(refused.problem().detail()).contains("Start again");
        });
    }

    @Test
    void a_reader_after_the_end_of_the_log_is_disconnected_and_refused() {
        LiveClient client = reader("", EVENTS);

        sql.asOwner(goBack());

        awaitClosed(client);
        assertRefused(client, ProblemType.LOG_WENT_BACK);
    }

    @Test
    void a_reader_is_refused_although_the_log_has_grown_past_its_position_again() {
        LiveClient client = reader("", EVENTS);

        sql.asOwner(goBack() + append("often", 2 * EVENTS));

        awaitClosed(client);
        assertThat(client.positions()).isEqualTo(upTo(EVENTS));
        assertRefused(client, ProblemType.LOG_WENT_BACK);
        client.startOver();
        Awaitility.await().atMost(SOON).until(() -> client.positions().equals(upTo(KEPT + 2 * EVENTS)));
    }

    @Test
    void a_reader_whose_last_event_still_exists_continues_after_it() {
        LiveClient client = reader("", EVENTS);
        LiveClient late = new LiveClient(live, "").connect("0");
        Awaitility.await().atMost(SOON).until(() -> late.received().size() == EVENTS);
        String trusted = client.received().get(KEPT - 1).get("position").asText();

        sql.asOwner(goBack() + append("often", 2 * EVENTS));

        awaitClosed(client);
        client.received().clear();
        client.connect(trusted);
        Awaitility.await().atMost(SOON).until(() -> client.received().size() == 2 * EVENTS);
    }

    /** The last event that it received has survived. The position up to which it has read has not. */
    @Test
    void a_reader_with_a_filter_that_matched_nothing_for_long_misses_nothing() {
        LiveClient client = reader("rare", 1);
        Awaitility.await().atMost(SOON).until(() -> client.lastId().contains(":" + EVENTS));

        sql.asOwner(goBack() + append("rare", 2 * EVENTS));

        Awaitility.await().atMost(SOON).until(() -> {
            if (client.stayConnected() == ProblemType.LOG_WENT_BACK) {
                client.startOver();
            }
            return client.received().size() == 1 + 2 * EVENTS;
        });
    }

    @Test
    void a_reader_is_disconnected_and_refused_when_the_log_gets_another_id() {
        LiveClient client = reader("", EVENTS);

        sql.asOwner("update meowmx_log set log_id = gen_random_uuid()");

        awaitClosed(client);
        assertRefused(client, ProblemType.OTHER_LOG);
    }

    /** A crash of PostgreSQL may take back positions that no committed event has. */
    @Test
    void positions_that_no_event_has_are_neither_named_nor_skipped() {
        LiveClient client = reader("", EVENTS);
        sql.asOwner("select setval('meowmx_events_position_seq', %d)".formatted(EVENTS + 5));
        Awaitility.await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> client.lastId()
                .contains(":" + EVENTS));

        sql.asOwner("select setval('meowmx_events_position_seq', %d);".formatted(EVENTS) + append("often", 3));

        Awaitility.await().atMost(SOON).until(() -> client.positions().equals(upTo(EVENTS + 3)));
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void a_cursor_of_a_store_with_the_same_positions_is_refused() {
        LiveClient client = reader("", EVENTS);
        String forged = client.lastId()
                .replace(catalog.logId().toString(), UUID.randomUUID().toString());

        assertThatThrownBy(() -> new LiveClient(live, "").connect(forged))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.OTHER_LOG));
    }
}
