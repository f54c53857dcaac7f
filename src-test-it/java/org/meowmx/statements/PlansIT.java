package org.meowmx.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;
import static org.meowmx.ExpectedVersion.streamExists;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.CategorySummary;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogCatalog;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.server.ExecutedStatement;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/**
 * The plans of the executed statements, on a log of some size. They use indexes and the order of indexes, so their cost does not grow
 * with the log.
 */
@MeowmxTest(
        beans = {PlansIT.Database.class, PlansIT.Readers.class, Sql.class},
        config = {"meowmx.subscription.enabled=false", "meowmx.subscription.notify=false"},
        database = CountingDatabase.class)
class PlansIT {

    private static final StreamId STREAM = StreamId.of("order", 8L);
    private static final NewEvent EVENT = NewEvent.of("noted", "{}");

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Database database;

    /** Subscriptions with and without a filter. */
    @ApplicationScoped
    static class Readers {

        void all(@Observes @Subscribed("all") RecordedEvent event) {}

        void category(@Observes @Subscribed(value = "category", category = "refund") RecordedEvent event) {}

        void types(@Observes @Subscribed("types") Shipped event) {}
    }

    /** One event in fifty. */
    @EventType("shipped")
    record Shipped() {}

    /** The changes that the test makes without the store. */
    @ApplicationScoped
    static class Database {

        private static final List<String> FILL = List.of("""
                insert into meowmx_events
                    (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
                select gen_random_uuid(),
                       case when n % 40 = 0 then 'refund' when n % 4 = 0 then 'order' else 'invoice' end,
                       cast(n % 20000 as text), n / 20000 + 1, n % 1024, case when n % 50 = 0 then 'shipped' else 'noted' end, '{"total": 12}',
                       case when n % 1000 = 0 then jsonb_build_object('correlationId', 'request-' || n) else '{}' end, now()
                from generate_series(0, 59999) as n""", """
                insert into meowmx_streams (category, stream_id, version)
                select category, stream_id, max(version) from meowmx_events group by category, stream_id""");

        @Inject
        Sql sql;

        @PersistenceContext(unitName = "meowmx")
        EntityManager em;

        @Transactional
        void fill() {
            FILL.forEach(sql::run);
        }

        @Transactional
        void forgetCorrelations() {
            sql.asOwner("update meowmx_events set metadata = '{}' where metadata ->> 'correlationId' is not null");
        }

        @Transactional
        void analyze() {
            sql.asOwner("analyze meowmx_events, meowmx_streams");
        }

        @Transactional
        String plan(ExecutedStatement statement) {
            return em.unwrap(Session.class).doReturningWork(connection -> plan(statement, connection));
        }

        /** How many rows of the log PostgreSQL reads for a query; 0 for other statements. */
        @Transactional
        long rowsOfLog(ExecutedStatement statement) {
            return rows("meowmx_events", statement);
        }

        /** How many rows of a table PostgreSQL reads for a query; 0 for other statements. */
        @Transactional
        long rows(String table, ExecutedStatement statement) {
            return statement.sql().contains(table)
                    ? em.unwrap(Session.class).doReturningWork(connection -> rows(table, statement, connection))
                    : 0;
        }

        private static long rows(String table, ExecutedStatement statement, Connection connection) {
            try {
                return statement.rowsRead(table, connection);
            } catch (Exception e) {
                throw new IllegalStateException(statement.sql(), e);
            }
        }

        /** The number of uses of a generic plan, for each prepared statement that contains a text. */
        @Transactional
        List<?> takenAgain(String text, Runnable work) {
            work.run();
            return sql.list("select generic_plans from pg_prepared_statements where statement like '%" + text + "%'");
        }

        private static String plan(ExecutedStatement statement, Connection connection) {
            try {
                return statement.plan(connection);
            } catch (Exception e) {
                throw new IllegalStateException(statement.sql(), e);
            }
        }
    }

    @BeforeEach
    void fill() {
        database.fill();
        database.analyze();
    }

    /** The plan of the last statement that names a table. */
    private String planOf(String table, Runnable work) {
        CountingDataSource.executed().clear();
        work.run();
        ExecutedStatement last = CountingDataSource.executed().stream()
                .filter(statement -> statement.sql().contains(table))
                .reduce((first, second) -> second)
                .orElseThrow();
        return database.plan(last);
    }

    private String planOfEvents(Runnable work) {
        return planOf("meowmx_events", work);
    }

    private static void assertIndexed(String plan, String index) {
        assertThat(plan)
                .contains("using " + index)
                .doesNotContain("Seq Scan on meowmx_events")
                .doesNotContain("Seq Scan on meowmx_streams")
                .doesNotContain("Sort");
    }

    private String planOfAppend(ExpectedVersion expected, StreamId stream) {
        return planOfEvents(() -> events.append(stream, expected, EVENT));
    }

    @Test
    void an_append_finds_its_stream_by_the_key_and_sorts_nothing() {
        assertIndexed(planOfAppend(exactly(3), STREAM), "meowmx_streams_pkey");
        assertIndexed(planOfAppend(streamExists(), STREAM), "meowmx_streams_pkey");
        for (ExpectedVersion expected : List.of(noStream(), any())) {
            assertThat(planOfAppend(expected, StreamId.of("order", "new-" + expected)))
                    .contains("Conflict Arbiter Indexes: meowmx_streams_pkey")
                    .doesNotContain("Seq Scan")
                    .doesNotContain("Sort");
        }
    }

    @Test
    void an_append_of_several_events_goes_through_them_side_by_side_and_sorts_their_positions_only() {
        String plan = planOfEvents(() -> events.append(STREAM, exactly(3), EVENT, EVENT));

        assertThat(plan)
                .contains("using meowmx_streams_pkey", "ProjectSet", "Sort Key: event.version")
                .doesNotContain("Function Scan", "Seq Scan")
                .containsOnlyOnce("Sort Key");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void an_append_is_planned_once_and_not_for_each_that_follows(int count) {
        List<NewEvent> several = Collections.nCopies(count, EVENT);

        List<?> taken = database.takenAgain("insert into meowmx_events", () -> {
            for (int i = 0; i < 30; i++) {
                events.append(StreamId.of("planned", i), noStream(), several);
                events.append(StreamId.of("planned", i), exactly(count), several);
                events.append(StreamId.of("planned", i), streamExists(), several);
                events.append(StreamId.of("planned", i), any(), several);
                events.append(
                        StreamId.of("planned", i),
                        exactly(4L * count),
                        several.stream()
                                .map(event -> event.withId(UUID.randomUUID()))
                                .toList());
            }
        });

        assertThat(taken).hasSize(5).allSatisfy(times -> assertThat(((Number) times).intValue())
                .as("of 30, after some by which driver and server find out that it pays")
                .isGreaterThan(15));
    }

    @Test
    void an_append_looks_for_its_ids_by_their_index() {
        NewEvent known = EVENT.withId(UUID.randomUUID());

        assertIndexed(planOfEvents(() -> events.append(STREAM, exactly(3), known)), "meowmx_events_event_id_key");
    }

    @Test
    void a_stream_is_read_along_its_versions_in_both_directions() {
        String key = "meowmx_events_stream_version_key";
        assertIndexed(planOfEvents(() -> events.read(STREAM)), key);
        assertIndexed(planOfEvents(() -> events.read(STREAM, StreamRange.all().from(2))), key);
        assertIndexed(planOfEvents(() -> events.readPage(STREAM, StreamRange.all())), key);
        assertThat(planOfEvents(() -> events.read(STREAM, StreamRange.all().backwards())))
                .contains("Backward using " + key)
                .doesNotContain("Sort");
    }

    @Test
    void the_first_event_after_a_time_is_looked_for_in_its_stream_only() {
        Runnable reading = () -> events.read(STREAM, StreamRange.all().asOf(Instant.EPOCH));

        assertIndexed(planOf("recorded_at>", reading), "meowmx_events_stream_version_key");
    }

    @Test
    void the_log_is_read_along_its_positions() {
        assertIndexed(planOfEvents(() -> events.readPage(LogQuery.all(), 100)), "meowmx_events_pkey");
        assertIndexed(planOfEvents(() -> events.readPage(LogQuery.all().after(50_000), 100)), "meowmx_events_pkey");
        assertIndexed(planOfEvents(() -> events.readPage(LogQuery.all().types("shipped"), 100)), "meowmx_events_pkey");
        assertIndexed(
                planOfEvents(() -> events.readPage(LogQuery.category("refund"), 100)),
                "meowmx_events_category_position");
    }

    @Test
    void a_request_is_found_by_its_correlation_id() {
        String plan = planOfEvents(() -> events.readPage(LogQuery.all().correlatedBy("request-1000"), 100));

        assertThat(plan).contains("meowmx_events_correlation").doesNotContain("Seq Scan");
    }

    /** PostgreSQL then has no statistics of the index, and estimates 0.5 % of all events. */
    @ParameterizedTest
    @ValueSource(strings = {"request-1000", "01a22be8-9085-7776-a82d-c960a1a33c87"})
    void correlated_events_are_found_by_their_index_if_no_event_is_correlated(String id) {
        database.forgetCorrelations();
        database.analyze();

        for (LogQuery query : List.of(LogQuery.all(), LogQuery.all().backwards())) {
            String plan = planOfEvents(() -> events.readPage(query.correlatedBy(id), 1));
            assertThat(plan).contains("meowmx_events_correlation").doesNotContain("using meowmx_events_pkey");
        }
    }

    @Test
    void subscriptions_read_along_the_positions() {
        assertIndexed(planOfFirstPage("all"), "meowmx_events_pkey");
        assertIndexed(planOfFirstPage("types"), "meowmx_events_pkey");
        assertIndexed(planOfFirstPage("category"), "meowmx_events_category_position");
    }

    /** The last page may be so small that sorting it is as good. */
    private String planOfFirstPage(String subscription) {
        CountingDataSource.executed().clear();
        subscriptions.catchUp(subscription);
        ExecutedStatement first = CountingDataSource.executed().stream()
                .filter(statement -> statement.sql().contains("from meowmx_events"))
                .findFirst()
                .orElseThrow();
        return database.plan(first);
    }

    @Test
    void the_mark_is_read_without_any_table_of_the_log() {
        assertThat(planOf("pg_locks", () -> events.highWaterMark()))
                .contains("pg_lock_status")
                .doesNotContain("on meowmx_");
    }

    @Test
    void categories_are_found_by_the_index_and_counted_up_to_a_limit() {
        CountingDataSource.executed().clear();
        List<CategorySummary> categories = catalog.categories("", 100);
        ExecutedStatement listing = CountingDataSource.executed().stream()
                .filter(statement -> statement.sql().contains("meowmx_streams"))
                .findFirst()
                .orElseThrow();

        assertThat(categories).extracting(CategorySummary::category).containsExactly("invoice", "order", "refund");
        assertThat(categories)
                .filteredOn(category -> category.category().equals("invoice"))
                .allSatisfy(invoice -> {
                    assertThat(invoice.isEstimated()).isTrue();
                    assertThat((double) invoice.events()).isCloseTo(45_000.0, withinPercentage(10));
                });
        assertThat(database.rows("meowmx_streams", listing))
                .as("of %d".formatted(3 * 20_000))
                .isLessThan(3 * CategorySummary.MAX_COUNTED + 10);
        assertThat(database.rowsOfLog(listing)).isLessThan(10);
    }

    @Test
    void streams_are_listed_along_their_key() {
        assertIndexed(planOf("meowmx_streams", () -> catalog.streams("order", "", "", 50)), "meowmx_streams_pkey");
        String plan = planOf("meowmx_streams", () -> catalog.streams("order", "1", "", 50));
        assertIndexed(plan, "meowmx_streams_pkey");
        assertThat(plan).as("the index ends the search").contains("stream_id < ");
    }
}
