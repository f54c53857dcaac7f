package org.meowmx.history;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.EventStream;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.history.HistoryFile.Line;
import org.meowmx.serialization.JsonComparison;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** A real history: 39,205 events in 4,454 streams, imported through the API and compared with the file. */
@MeowmxTest(
        beans = {AuthorTotals.class, HistoryImportIT.Importer.class, Sql.class},
        database = PostgreSqlDatabase.class)
class HistoryImportIT {

    private static final int CHUNK = 1_000;

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Importer importer;

    @Inject
    Sql sql;

    @Test
    void what_is_written_and_projected_is_what_the_file_says() {
        Assumptions.assumeTrue(HistoryFile.isThere(), "skipped: " + HistoryFile.PATH + " is not beside the checkout");
        List<Line> lines = HistoryFile.read();
        assertThat(lines).hasSize(39_205);
        AuthorTotals.TABLES.forEach(sql::asOwner);

        importAll(lines);

        assertLogIsTheFile(lines);
        assertStreamsAreTheFiles(lines);
        assertTypesAreTheFiles(lines);
        assertThat(subscriptions.catchUp(AuthorTotals.SUBSCRIPTION)).isEqualTo(lines.size());
        assertReadModelIsTheFiles(lines);

        importAll(lines.subList(0, 2_000));
        assertThat(events.scan(LogQuery.all()).count())
                .as("repeating it stores nothing twice")
                .isEqualTo(lines.size());
        assertThat(subscriptions.catchUp(AuthorTotals.SUBSCRIPTION)).isZero();
    }

    /** Imports the lines in the order of the file, one append per line, many appends per transaction. */
    private void importAll(List<Line> lines) {
        for (int from = 0; from < lines.size(); from += CHUNK) {
            List<Line> chunk = lines.subList(from, Math.min(from + CHUNK, lines.size()));
            importer.inOneTransaction(
                    () -> chunk.forEach(line -> events.append(line.stream(), ExpectedVersion.any(), line.event())));
        }
    }

    private void assertLogIsTheFile(List<Line> lines) {
        Iterator<Line> expected = lines.iterator();
        events.scan(LogQuery.all()).forEach(event -> {
            Line line = expected.next();
            assertThat(event.id()).isEqualTo(line.id());
            assertThat(event.stream()).isEqualTo(line.stream());
            assertThat(event.type()).isEqualTo(line.type());
            assertThat(event.recordedAt()).isEqualTo(line.time());
            assertThat(JsonComparison.same(event.data(), line.data().toString()))
                    .isTrue();
        });
        assertThat(expected).isExhausted();
    }

    private void assertStreamsAreTheFiles(List<Line> lines) {
        Map<StreamId, List<UUID>> streams =
                lines.stream().collect(groupingBy(Line::stream, mapping(Line::id, toList())));
        assertThat(streams).hasSize(4_454);
        streams.forEach((stream, ids) -> {
            EventStream read = events.read(stream);
            assertThat(read.version()).isEqualTo(ids.size());
            assertThat(read.events()).extracting(RecordedEvent::id).containsExactlyElementsOf(ids);
            assertThat(read.events())
                    .extracting(RecordedEvent::version)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, ids.size()).boxed().toList());
        });
    }

    private void assertTypesAreTheFiles(List<Line> lines) {
        lines.stream().collect(groupingBy(Line::type, counting())).forEach((type, count) -> assertThat(
                        events.scan(LogQuery.category("file").types(type)).count())
                .as(type)
                .isEqualTo(count));
    }

    private void assertReadModelIsTheFiles(List<Line> lines) {
        Map<String, Long> added = lines.stream()
                .collect(groupingBy(
                        HistoryImportIT::author,
                        summingLong(line -> line.data().path("added").asLong())));
        Map<String, Long> files = lines.stream()
                .collect(
                        groupingBy(HistoryImportIT::author, collectingAndThen(mapping(Line::stream, toSet()), streams ->
                                (long) streams.size())));
        assertThat(importer.totals("select author, added from author_lines")).isEqualTo(added);
        assertThat(importer.totals("select author, count(*) from author_files group by author"))
                .isEqualTo(files);
    }

    private static String author(Line line) {
        return line.data().get("author").asText();
    }

    /** The importer's own transactions. */
    @ApplicationScoped
    static class Importer {

        @PersistenceContext(unitName = "meowmx")
        EntityManager em;

        @Transactional
        void inOneTransaction(Runnable work) {
            work.run();
        }

        @Transactional
        Map<String, Long> totals(String sql) {
            List<?> rows = em.createNativeQuery(sql).getResultList();
            return rows.stream()
                    .map(Object[].class::cast)
                    .collect(toMap(row -> (String) row[0], row -> ((Number) row[1]).longValue()));
        }
    }
}
