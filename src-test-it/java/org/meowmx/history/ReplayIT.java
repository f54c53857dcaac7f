package org.meowmx.history;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.history.AuthorTotals.FileEvent;
import org.meowmx.history.HistoryFile.Line;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** A read model is replayed from a real history while four writers append to the same category. */
@MeowmxTest(
        beans = {AuthorTotals.class, HistoryImportIT.Importer.class, Sql.class},
        config = {"meowmx.subscription.enabled=true", "meowmx.subscription.poll-interval=PT0.05S"},
        database = PostgreSqlDatabase.class)
class ReplayIT {

    private static final int LINES = 8_000;
    private static final int CHUNK = 500;
    private static final int WRITERS = 4;
    private static final int EVENTS_EACH = 300;

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    HistoryImportIT.Importer importer;

    @Inject
    Sql sql;

    @Test
    void a_replay_under_load_ends_with_the_same_sums() throws Exception {
        Assumptions.assumeTrue(HistoryFile.isThere(), "skipped: " + HistoryFile.PATH + " is not beside the checkout");
        AuthorTotals.TABLES.forEach(sql::asOwner);
        List<Line> lines = HistoryFile.read().subList(0, LINES);
        importAll(lines);
        awaitEverything();

        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> CompletableFuture.runAsync(() -> write(writer), threads))
                    .toList();
            subscriptions.replay(AuthorTotals.SUBSCRIPTION, () -> {
                sql.run("delete from author_lines");
                sql.run("delete from author_files");
            });
            for (CompletableFuture<Void> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        awaitEverything();

        assertThat(importer.totals("select author, added from author_lines")).isEqualTo(addedLines(lines));
        assertThat(importer.totals("select author, count(*) from author_files group by author"))
                .isEqualTo(filesTouched(lines));
    }

    private void importAll(List<Line> lines) {
        for (int from = 0; from < lines.size(); from += CHUNK) {
            List<Line> chunk = lines.subList(from, from + CHUNK);
            importer.inOneTransaction(
                    () -> chunk.forEach(line -> events.append(line.stream(), ExpectedVersion.any(), line.event())));
        }
    }

    private void awaitEverything() {
        assertThat(subscriptions.await(
                        AuthorTotals.SUBSCRIPTION, events.status().lastPosition(), Duration.ofMinutes(2)))
                .isTrue();
    }

    private void write(int writer) {
        for (int i = 0; i < EVENTS_EACH; i++) {
            events.append(
                    StreamId.of("file", "writer-" + writer + "/" + i % 7),
                    ExpectedVersion.any(),
                    NewEvent.of(new FileEvent.Changed("writer-" + writer, 2)).withId(UUID.randomUUID()));
        }
    }

    private static Map<String, Long> addedLines(List<Line> lines) {
        Map<String, Long> sums = new HashMap<>();
        lines.forEach(line -> sums.merge(
                line.data().get("author").asText(), line.data().path("added").asLong(), Long::sum));
        IntStream.range(0, WRITERS).forEach(writer -> sums.put("writer-" + writer, 2L * EVENTS_EACH));
        return sums;
    }

    private static Map<String, Long> filesTouched(List<Line> lines) {
        Map<String, Set<StreamId>> files = new HashMap<>();
        lines.forEach(line -> files.computeIfAbsent(line.data().get("author").asText(), author -> new HashSet<>())
                .add(line.stream()));
        Map<String, Long> counts = new HashMap<>();
        files.forEach((author, streams) -> counts.put(author, (long) streams.size()));
        IntStream.range(0, WRITERS).forEach(writer -> counts.put("writer-" + writer, 7L));
        return counts;
    }
}
