package org.meowmx.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;
import static org.meowmx.ExpectedVersion.streamExists;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.LogQuery;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.server.ExecutedStatement;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.Message;

/** The number of statements of each operation. */
class StatementsIT {

    private static final StreamId STREAM = StreamId.of("test", 1L);
    private static final NewEvent EVENT = NewEvent.of("noted", "{}");

    private static List<String> statementsOf(Runnable work) {
        CountingDataSource.executed().clear();
        work.run();
        return executed();
    }

    private static List<String> executed() {
        return CountingDataSource.executed().stream()
                .map(ExecutedStatement::sql)
                .toList();
    }

    @Nested
    @MeowmxTest(
            config = {"meowmx.subscription.enabled=false", "meowmx.subscription.notify=false"},
            database = CountingDatabase.class)
    class Appending {

        @Inject
        EventStore events;

        @Test
        void is_one_statement_under_every_expectation() {
            assertThat(statementsOf(() -> events.append(STREAM, noStream(), EVENT)))
                    .hasSize(1);
            assertThat(statementsOf(() -> events.append(STREAM, exactly(1), EVENT)))
                    .hasSize(1);
            assertThat(statementsOf(() -> events.append(STREAM, any(), EVENT))).hasSize(1);
            assertThat(statementsOf(() -> events.append(STREAM, streamExists(), EVENT)))
                    .hasSize(1);
        }

        @Test
        void is_one_statement_for_ten_thousand_events() {
            List<NewEvent> many =
                    IntStream.range(0, 10_000).mapToObj(i -> EVENT).toList();

            assertThat(statementsOf(() -> events.append(STREAM, any(), many))).hasSize(1);
        }

        @Test
        void is_one_statement_with_ids_given_where_the_expectation_can_fail() {
            NewEvent event = EVENT.withId(UUID.randomUUID());

            assertThat(statementsOf(() -> events.append(STREAM, noStream(), event)))
                    .hasSize(1);
            assertThat(statementsOf(() -> events.append(STREAM, noStream(), event)))
                    .as("and two more for a repeat: what it is, and its data")
                    .hasSize(3);
            NewEvent next = EVENT.withId(UUID.randomUUID());
            assertThat(statementsOf(() -> events.append(STREAM, exactly(1), next)))
                    .hasSize(1);
        }

        @Test
        void reads_no_data_of_an_event_that_is_no_repeat() {
            NewEvent event = EVENT.withId(UUID.randomUUID());
            events.append(StreamId.of("test", 2L), noStream(), event);
            events.append(STREAM, noStream(), EVENT);

            List<String> statements = statementsOf(() -> assertThatThrownBy(() -> events.append(STREAM, any(), event))
                    .isInstanceOf(EventIdConflictException.class));
            assertThat(statements).hasSize(2).noneMatch(sql -> sql.contains("event.data,"));
        }
    }

    @Nested
    @MeowmxTest(
            config = {"meowmx.subscription.enabled=false", "meowmx.subscription.notify=false"},
            database = CountingDatabase.class)
    class Reading {

        @Inject
        EventStore events;

        @Inject
        LogCatalog catalog;

        @BeforeEach
        void appendSome() {
            events.append(STREAM, noStream(), EVENT, EVENT.withMetadata(Metadata.CORRELATION_ID, "request-1"));
        }

        @Test
        void a_stream_is_one_statement() {
            assertThat(statementsOf(() -> events.read(STREAM))).hasSize(1);
            assertThat(statementsOf(() -> events.read(STREAM, StreamRange.all().backwards())))
                    .hasSize(1);
            assertThat(statementsOf(() -> events.readPage(STREAM, StreamRange.all())))
                    .hasSize(1);
        }

        @Test
        void a_stream_as_of_a_time_is_one_statement_more() {
            assertThat(statementsOf(() -> events.read(STREAM, StreamRange.all().asOf(Instant.now()))))
                    .hasSize(2);
        }

        @Test
        void a_page_of_the_log_is_one_message_whatever_it_asks_for() {
            for (LogQuery query : List.of(
                    LogQuery.all(),
                    LogQuery.category("test").types("noted"),
                    LogQuery.all().correlatedBy("request-1"))) {
                assertThat(statementsOf(() -> events.readPage(query, 100)))
                        .as("last position, fences, events")
                        .singleElement(STRING)
                        .satisfies(message ->
                                assertThat(message.split(Message.SEPARATOR)).hasSize(3));
            }
        }

        @Test
        void a_backward_page_of_the_log_is_two_messages() {
            assertThat(statementsOf(() -> events.readPage(LogQuery.all().backwards(), 100)))
                    .as("last position and fences; events")
                    .hasSize(2);
        }

        @Test
        void the_mark_is_one_message() {
            assertThat(statementsOf(() -> events.highWaterMark())).hasSize(1);
            assertThat(statementsOf(() -> events.status())).hasSize(2);
        }

        @Test
        void the_catalog_is_one_statement_each() {
            assertThat(statementsOf(() -> catalog.streams("test", "", "", 10))).hasSize(1);
            assertThat(statementsOf(() -> catalog.eventsPerSecond())).hasSize(1);
            assertThat(statementsOf(() -> catalog.categories("", 10))).hasSize(1);
        }
    }

    @Nested
    @MeowmxTest(
            beans = {Reader.class, Sql.class},
            config = {"meowmx.subscription.enabled=false", "meowmx.subscription.notify=false"},
            database = CountingDatabase.class)
    class Handling {

        @Inject
        EventStore events;

        @Inject
        Sql sql;

        @Inject
        Subscriptions subscriptions;

        @Test
        void a_turn_is_four_messages_however_many_events_it_has() {
            List<String> none = statementsOf(() -> subscriptions.catchUp("reader"));
            events.append(STREAM, any(), EVENT);
            List<String> one = statementsOf(() -> subscriptions.catchUp("reader"));
            events.append(STREAM, any(), Collections.nCopies(100, EVENT));
            List<String> many = statementsOf(() -> subscriptions.catchUp("reader"));

            int status = (int)
                    none.stream().takeWhile(sql -> !sql.contains("skip locked")).count();
            assertThat(many)
                    .as("limits and claim; checkpoint; last position, fences and events; checkpoint")
                    .hasSize(status + 4);
            assertThat(one).isEqualTo(many);
        }

        @Test
        void an_append_of_a_handler_is_one_statement_more_and_searches_only_in_a_replay() {
            RecordedEvent event =
                    events.append(StreamId.of("to-bill", 1L), any(), EVENT).last();
            subscriptions.catchUp("writer");
            events.append(event.stream(), any(), EVENT);
            List<String> live = statementsOf(() -> subscriptions.catchUp("writer"));
            assertThat(live)
                    .filteredOn(sql -> sql.contains("insert into meowmx_events"))
                    .hasSize(1);
            assertThat(live).noneMatch(sql -> sql.contains("event_id = any") || sql.contains("event.eventId in"));
            int withoutAppend = statementsOf(() -> {
                        events.append(StreamId.of("test", 77L), any(), EVENT);
                        subscriptions.catchUp("reader");
                    })
                    .size();
            assertThat(live).hasSize(withoutAppend);

            subscriptions.replay("writer");
            assertThat(subscriptions.catchUp("writer")).isEqualTo(2);
            assertThat(events.read(StreamId.of("bill", 1L)).version()).isEqualTo(2);
        }

        @Test
        void what_other_subscriptions_have_parked_costs_nothing() {
            events.append(STREAM, any(), EVENT);
            List<String> before = statementsOf(() -> subscriptions.catchUp("reader"));
            sql.asOwner("""
                    insert into meowmx_parked_events (subscription, position, category, stream_id, version, parked_at)
                    values ('another', 1, 'test', '1', 1, now())""");
            events.append(STREAM, any(), EVENT);

            assertThat(statementsOf(() -> subscriptions.catchUp("reader"))).isEqualTo(before);
        }
    }

    /** A subscription to every event. */
    @ApplicationScoped
    static class Reader {

        @Inject
        EventStore events;

        /** Appends in each handled event, with a derived id. */
        void append(@Observes @Subscribed(value = "writer", category = "to-bill") RecordedEvent event) {
            events.append(StreamId.of("bill", event.stream().id()), any(), EVENT);
        }

        void see(@Observes @Subscribed("reader") RecordedEvent event) {}
    }

    @Nested
    @MeowmxTest(
            beans = FiftyObservers.class,
            config = {"meowmx.subscription.enabled=true", "meowmx.subscription.poll-interval=PT0.05S"},
            database = CountingDatabase.class)
    class Idling {

        @Inject
        EventStore events;

        @Inject
        Subscriptions subscriptions;

        @Test
        void fifty_subscriptions_cost_one_query_per_tick() {
            long position = events.append(STREAM, any(), EVENT).position();
            assertThat(subscriptions.names()).hasSize(50);
            subscriptions.names().forEach(name -> assertThat(
                            subscriptions.await(name, position, Duration.ofSeconds(20)))
                    .isTrue());
            awaitQuiet();

            List<String> ticks = statementsOf(() ->
                    Awaitility.await().until(() -> CountingDataSource.executed().size() >= 10));

            assertThat(ticks.stream().distinct())
                    .as("one statement, again and again")
                    .hasSize(1);
            assertThat(ticks.get(0)).contains("from meowmx_checkpoints");
        }

        /** Waits until the last turns and their signals have ended. */
        private void awaitQuiet() {
            Awaitility.await().pollInterval(Duration.ofMillis(200)).until(() -> {
                List<String> executed = executed();
                CountingDataSource.executed().clear();
                return !executed.isEmpty() && executed.stream().distinct().count() == 1;
            });
        }
    }
}
