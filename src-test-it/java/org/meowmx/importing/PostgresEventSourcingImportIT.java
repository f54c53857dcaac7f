package org.meowmx.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

/** Sources in all forms, on PostgreSQL. The store and the source have separate data sources. */
@MeowmxTest(beans = PostgresEventSourcingImportIT.Caller.class, database = PostgreSqlDatabase.class)
class PostgresEventSourcingImportIT {

    private static final int STREAMS = 5;

    @Inject
    PostgresEventSourcingImport imports;

    @Inject
    EventStore events;

    @Inject
    Caller caller;

    @ParameterizedTest
    @MethodSource("org.meowmx.importing.SourceShape#names")
    void every_shape_arrives_whole_in_order_and_once(String shape) {
        try (SourceDatabase seed = new SourceDatabase(SourceShape.of(shape))) {
            seed.rounds(1, 4, STREAMS);

            assertThat(importFrom(seed)).isEqualTo(new ImportReport(STREAMS, 20, 20, 0, 0));
            assertLogHasRounds(seed, 4);
            List<RecordedEvent> first = log();

            assertThat(importFrom(seed)).isEqualTo(new ImportReport(STREAMS, 20, 0, 0, 0));
            assertThat(log()).as("repeating it changes nothing").isEqualTo(first);

            seed.rounds(5, 6, STREAMS);
            assertThat(importFrom(seed)).isEqualTo(new ImportReport(STREAMS, 30, 10, 0, 0));
            assertLogHasRounds(seed, 6);
            assertThat(log()).startsWith(first.toArray(RecordedEvent[]::new));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"the same with jsonb and times", "plural, versions from 1"})
    void the_sources_times_are_kept_and_those_without_a_zone_are_utc(String name) {
        SourceShape shape = SourceShape.of(name);
        try (SourceDatabase seed = new SourceDatabase(shape)) {
            seed.rounds(1, 1, 1);
            seed.run("update %s set %s = '2024-02-29T12:00:00.123456Z'"
                    .formatted(seed.table(shape.events()), shape.timeColumn()));

            importFrom(seed);

            assertThat(log())
                    .extracting(RecordedEvent::recordedAt)
                    .containsExactly(Instant.parse("2024-02-29T12:00:00.123456Z"));
        }
    }

    @Test
    void a_source_of_many_pages_arrives_in_order() {
        try (SourceDatabase seed = meowmx()) {
            seed.run("insert into %s select gen_random_uuid(), 0, 'order' from generate_series(1, 50)"
                    .formatted(seed.table("es_aggregate")));
            seed.run("""
                    insert into %s (transaction_id, aggregate_id, version, event_type, json_data)
                    select cast(cast(v as text) as xid8), a.id, v, 'changed', '{}'
                    from generate_series(0, 69) v, %s a""".formatted(seed.table("es_event"), seed.table("es_aggregate")));

            assertThat(importFrom(seed)).isEqualTo(new ImportReport(50, 3_500, 3_500, 0, 0));
            assertThat(log())
                    .extracting(RecordedEvent::version)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 3_500).mapToObj(i -> 1L + i / 50).toList());
        }
    }

    @Test
    void pages_end_where_large_events_fill_them() {
        try (SourceDatabase seed = meowmx()) {
            for (int version = 1; version <= 5; version++) {
                seed.append(version, "order", 1, version, "\"" + "x".repeat(6 * 1024 * 1024) + "\"");
            }

            assertThat(importFrom(seed)).isEqualTo(new ImportReport(1, 5, 5, 0, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("org.meowmx.importing.SourceShape#names")
    void an_event_that_the_source_has_before_its_predecessors_comes_behind_them(String shape) {
        try (SourceDatabase seed = new SourceDatabase(SourceShape.of(shape))) {
            seed.append(10, "order", 1, 1, "1");
            seed.append(30, "order", 1, 2, "2");
            seed.append(15, "order", 2, 1, "3");
            seed.append(20, "order", 1, 3, "4");

            assertThat(importFrom(seed)).isEqualTo(new ImportReport(2, 4, 4, 1, 0));
            assertThat(log()).extracting(RecordedEvent::data).containsExactly("1", "3", "2", "4");
        }
    }

    @Test
    void a_source_whose_transaction_ids_began_anew_is_imported_stream_by_stream() {
        try (SourceDatabase seed = meowmx()) {
            for (int version = 1; version <= 2_500; version++) {
                seed.append(10_000 - version, "order", 1, version, "{}");
            }

            ImportReport report = importFrom(seed);

            assertThat(report.stored()).isEqualTo(2_500);
            assertThat(events.read(seed.stream("order", 1)).version()).isEqualTo(2_500);
        }
    }

    @Test
    void an_event_that_was_committed_late_is_found_by_the_next_import() {
        try (SourceDatabase seed = meowmx()) {
            seed.append(20, "order", 1, 1, "1");
            importFrom(seed);
            seed.append(10, "order", 2, 1, "2");

            assertThat(importFrom(seed)).isEqualTo(new ImportReport(2, 2, 1, 1, 0));
        }
    }

    @Test
    void a_stream_that_has_gone_on_in_the_log_may_be_imported_again() {
        try (SourceDatabase seed = meowmx()) {
            seed.rounds(1, 2, 1);
            importFrom(seed);
            events.append(seed.stream("order", 1), ExpectedVersion.exactly(2), NewEvent.of("order-shipped", "{}"));

            assertThat(importFrom(seed)).isEqualTo(new ImportReport(1, 2, 0, 0, 0));
        }
    }

    @Test
    void an_empty_source_is_imported_with_nothing_done() {
        try (SourceDatabase seed = meowmx()) {
            assertThat(importFrom(seed)).isEqualTo(new ImportReport(0, 0, 0, 0, 0));
        }
    }

    @Test
    void a_gap_in_the_versions_is_refused_before_anything_is_stored() {
        try (SourceDatabase seed = meowmx()) {
            seed.rounds(1, 3, 2);
            seed.run("delete from %s where version = 1 and aggregate_id = '%s'"
                    .formatted(seed.table("es_event"), seed.stream("order", 2).id()));

            assertRefused(
                    seed,
                    "The source has a gap: aggregate %s has 2 events with versions from 0 to 2; they must start at 0 and be contiguous.",
                    seed.stream("order", 2));
        }
    }

    @Test
    void a_stream_that_begins_later_than_the_others_is_refused() {
        try (SourceDatabase seed = meowmx()) {
            seed.rounds(1, 2, 1);
            seed.append(900, "order", 2, 2, "{}");

            assertRefused(
                    seed,
                    "The source has a gap: aggregate %s has 1 events with versions from 1 to 1; they must start at 0 and be contiguous.",
                    seed.stream("order", 2));
        }
    }

    @Test
    void versions_that_begin_at_neither_0_nor_1_are_refused() {
        try (SourceDatabase seed = meowmx()) {
            seed.append(1, "order", 1, 5, "{}");

            assertRefused(seed, "The source's versions start at 4; they must start at 0 or 1.");
        }
    }

    @Test
    void a_stream_that_the_log_has_of_its_own_is_refused() {
        try (SourceDatabase seed = meowmx()) {
            seed.rounds(1, 2, 1);
            StreamId stream = seed.stream("order", 1);
            events.append(stream, ExpectedVersion.noStream(), NewEvent.of("order-placed", "{}"));

            assertThatExceptionOfType(ImportException.class)
                    .isThrownBy(() -> importFrom(seed))
                    .withMessage(
                            "The source's event 1, version 1 of stream %s, is missing in the log, but the stream is already at version 1 with other events.",
                            stream)
                    .satisfies(refused -> assertThat(refused.stream()).isEqualTo(stream));
            assertThat(log()).hasSize(1);
        }
    }

    @Test
    void an_event_that_was_changed_in_the_source_is_noticed() {
        try (SourceDatabase seed = meowmx()) {
            seed.rounds(1, 2, 1);
            importFrom(seed);
            seed.run("update %s set json_data = '{}' where version = 1".formatted(seed.table("es_event")));

            assertThatExceptionOfType(ImportException.class)
                    .isThrownBy(() -> importFrom(seed))
                    .withMessageStartingWith("The log differs from the source: ");
        }
    }

    @Test
    void an_event_that_the_store_does_not_take_is_named_and_its_page_is_not_stored() {
        try (SourceDatabase seed = meowmx()) {
            seed.append(1, "order", 1, 1, "{}");
            seed.append(2, "order", 2, 1, "{\"name\": \"\\u0000\"}");

            assertThatExceptionOfType(ImportException.class)
                    .isThrownBy(() -> importFrom(seed))
                    .withMessageStartingWith(
                            "The source's event 2, version 1 of stream %s, cannot be stored: ",
                            seed.stream("order", 2));
            assertThat(log()).isEmpty();
        }
    }

    @Test
    void an_event_at_a_time_that_the_store_does_not_know_is_named() {
        try (SourceDatabase seed = new SourceDatabase(SourceShape.of("the same with jsonb and times"))) {
            seed.append(1, "order", 1, 1, "{}");
            seed.append(2, "order", 1, 2, "{}");
            seed.run("update %s set created_at = 'infinity' where id = 2".formatted(seed.table("es_event")));

            assertThatExceptionOfType(ImportException.class)
                    .isThrownBy(() -> importFrom(seed))
                    .withMessageStartingWith("The source's event 2 cannot be stored: recordedAt");
        }
    }

    @Test
    void a_time_that_went_wrong_in_the_source_after_an_import_is_noticed() {
        try (SourceDatabase seed = new SourceDatabase(SourceShape.of("the same with jsonb and times"))) {
            seed.append(1, "order", 1, 1, "{}");
            importFrom(seed);
            seed.run("update %s set created_at = 'infinity'".formatted(seed.table("es_event")));

            assertThatExceptionOfType(ImportException.class)
                    .isThrownBy(() -> importFrom(seed))
                    .withMessageStartingWith("The source's event 1 cannot be stored: recordedAt");
        }
    }

    @Test
    void an_import_that_stopped_in_the_middle_goes_on_where_it_was() {
        try (SourceDatabase seed = meowmx()) {
            for (int version = 1; version <= 1_500; version++) {
                seed.append(version, "order", 1, version, version == 1_400 ? "\"\\u0000\"" : "{}");
            }
            assertThatExceptionOfType(ImportException.class)
                    .isThrownBy(() -> importFrom(seed))
                    .withMessageStartingWith("The source's event 1400, version 1400 of stream ");
            assertThat(events.read(seed.stream("order", 1)).version()).isEqualTo(1_000);

            seed.run("update %s set json_data = '{}' where id = 1400".formatted(seed.table("es_event")));

            assertThat(importFrom(seed)).isEqualTo(new ImportReport(1, 1_500, 500, 0, 0));
        }
    }

    @Test
    void two_imports_at_a_time_store_everything_once() {
        try (SourceDatabase seed = meowmx()) {
            seed.rounds(1, 40, STREAMS);

            CompletableFuture<ImportReport> other = CompletableFuture.supplyAsync(() -> importFrom(seed));
            ImportReport one = importFrom(seed);

            assertThat(one.stored() + other.join().stored()).isEqualTo(200);
            assertLogHasRounds(seed, 40);
        }
    }

    @Test
    void the_callers_transaction_is_none_of_its_business() {
        try (SourceDatabase seed = meowmx()) {
            seed.rounds(1, 1, 1);

            assertThatIllegalStateException().isThrownBy(() -> caller.importAndFail(() -> importFrom(seed)));

            assertThat(log()).hasSize(1);
        }
    }

    @Test
    void a_schema_without_the_tables_or_with_both_spellings_or_with_other_columns_is_refused() {
        try (SourceDatabase seed = meowmx()) {
            assertThatExceptionOfType(ImportException.class)
                    .isThrownBy(() -> imports.importFrom(seed.dataSource(), "no such schema"))
                    .withMessage("The source's schema has no table named es_event or es_events.");
            seed.run("alter table %s drop column transaction_id".formatted(seed.table("es_event")));
            assertThatExceptionOfType(ImportException.class)
                    .isThrownBy(() -> importFrom(seed))
                    .withMessageEndingWith("es_event lacks the columns transaction_id.");
            seed.run("create table %s (id bigint)".formatted(seed.table("es_events")));
            assertRefused(
                    seed, "The source's schema has both es_event and es_events; move one of them to another schema.");
        }
    }

    @Test
    void without_a_name_the_current_schema_is_the_source() {
        try (SourceDatabase seed = meowmx()) {
            seed.rounds(1, 1, 1);
            assertThat(imports.importFrom(seed.dataSourceOfSchema()).stored()).isEqualTo(1);
        }
    }

    private static SourceDatabase meowmx() {
        return new SourceDatabase(SourceShape.of("meowmx"));
    }

    private ImportReport importFrom(SourceDatabase seed) {
        return imports.importFrom(seed.dataSource(), seed.schema());
    }

    private List<RecordedEvent> log() {
        return events.scan(LogQuery.all()).toList();
    }

    private void assertLogHasRounds(SourceDatabase seed, int rounds) {
        assertThat(log())
                .extracting(RecordedEvent::stream, RecordedEvent::version, RecordedEvent::type)
                .containsExactlyElementsOf(IntStream.range(0, rounds * STREAMS)
                        .mapToObj(i ->
                                tuple(seed.stream("order", i % STREAMS + 1), (long) i / STREAMS + 1, "order-changed"))
                        .toList());
        assertThat(log()).allSatisfy(event -> assertThat(event.data())
                .contains("\"round\": " + event.version(), "\"of\": \"ann\""));
    }

    private void assertRefused(SourceDatabase seed, String sentence, Object... parts) {
        assertThatExceptionOfType(ImportException.class)
                .isThrownBy(() -> importFrom(seed))
                .withMessage(sentence, parts);
        assertThat(log()).isEmpty();
    }

    /** A caller that has a transaction. */
    @ApplicationScoped
    static class Caller {

        @Transactional
        void importAndFail(Runnable imports) {
            imports.run();
            throw new IllegalStateException("rolled back");
        }
    }
}
