package org.meowmx.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.server.ExecutedStatement;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** The cost of an idle node's polls does not depend on the number of events that nobody requests. */
@MeowmxTest(
        beans = {PlansIT.Database.class, TickCostIT.Readers.class, Sql.class},
        config = {
            "meowmx.subscription.enabled=true",
            "meowmx.subscription.poll-interval=PT0.05S",
            "meowmx.subscription.one.segments=8",
            "meowmx.subscription.two.segments=8",
            "meowmx.subscription.three.segments=8"
        },
        database = CountingDatabase.class)
class TickCostIT {

    private static final NewEvent FOREIGN = NewEvent.of("noted", "{}");
    private static final int TICKS = 10;

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    PlansIT.Database database;

    /** Observers of a class, in every category. */
    @ApplicationScoped
    static class Readers {

        void one(@Observes @Subscribed("one") Paid event) {}

        void two(@Observes @Subscribed("two") Paid event) {}

        void three(@Observes @Subscribed("three") Paid event) {}
    }

    @EventType("paid")
    record Paid() {}

    /** How many rows of the log the next polls read, on average. */
    private long rowsPerTick() {
        CountingDataSource.executed().clear();
        Awaitility.await().until(() -> ticks().size() >= TICKS);
        List<ExecutedStatement> executed = List.copyOf(CountingDataSource.executed());
        long ticks = executed.stream().filter(TickCostIT::isTick).count();
        return executed.stream().mapToLong(database::rowsOfLog).sum() / ticks;
    }

    private static List<ExecutedStatement> ticks() {
        return CountingDataSource.executed().stream().filter(TickCostIT::isTick).toList();
    }

    private static boolean isTick(ExecutedStatement statement) {
        return statement.sql().contains("checkpoint.paused");
    }

    private static void settle() {
        Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
    }

    @Test
    void a_tick_reads_as_much_with_eight_thousand_foreign_events_as_with_none() {
        long first = events.append(StreamId.of("test", 1L), any(), NewEvent.of("paid", "{}"))
                .position();
        subscriptions.names().forEach(name -> assertThat(subscriptions.await(name, first, Duration.ofSeconds(20)))
                .isTrue());
        settle();
        long before = rowsPerTick();

        events.append(StreamId.of("test", 2L), any(), Collections.nCopies(8_000, FOREIGN));
        settle();
        long after = rowsPerTick();

        System.out.println("rows of the log per poll: " + before + " without foreign events, " + after + " with 8,000");
        assertThat(after).as("each poll may read some events again").isLessThanOrEqualTo(before + 250);
        subscriptions.names().forEach(name -> assertThat(
                        subscriptions.status(name).position())
                .as("moved without a turn")
                .isEqualTo(first + 8_000));
        long last = events.append(StreamId.of("test", 3L), any(), NewEvent.of("paid", "{}"))
                .position();
        subscriptions.names().forEach(name -> assertThat(subscriptions.await(name, last, Duration.ofSeconds(20)))
                .isTrue());
    }
}
