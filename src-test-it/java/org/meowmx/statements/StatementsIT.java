package org.meowmx.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;
import static org.meowmx.ExpectedVersion.streamExists;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** What operations cost in statements. */
class StatementsIT {

    private static final StreamId STREAM = StreamId.of("test", 1L);
    private static final NewEvent EVENT = NewEvent.of("noted", "{}");

    private static List<String> statementsOf(Runnable work) {
        CountingDataSource.executed().clear();
        work.run();
        return List.copyOf(CountingDataSource.executed());
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
                    .as("and one more for a repeat")
                    .hasSize(2);
        }
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

        /** Until the last turns and their wake-up calls are through. */
        private void awaitQuiet() {
            Awaitility.await().pollInterval(Duration.ofMillis(200)).until(() -> {
                List<String> executed = List.copyOf(CountingDataSource.executed());
                CountingDataSource.executed().clear();
                return !executed.isEmpty() && executed.stream().distinct().count() == 1;
            });
        }
    }
}
