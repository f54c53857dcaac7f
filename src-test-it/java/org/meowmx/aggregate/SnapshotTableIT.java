package org.meowmx.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;

/** Several nodes write snapshots of one stream at the same time. */
@MeowmxTest(database = PostgreSqlDatabase.class)
class SnapshotTableIT {

    private static final StreamId STREAM = StreamId.of("account", 1L);

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    CurrentTransaction current;

    @Inject
    OwnTransaction own;

    private SnapshotTable table;

    @BeforeEach
    void createTable() {
        table = new SnapshotTable(em, current, own);
    }

    private void put(long version, boolean evenNewer) {
        table.put(STREAM, "kind", new SnapshotTable.Row(version, UUID.randomUUID(), "{}"), evenNewer);
    }

    private long version() {
        return table.find(STREAM, "kind", Long.MAX_VALUE).orElseThrow().version();
    }

    @Test
    void the_latest_wins_and_nobody_fails() {
        for (int round = 0; round < 20; round++) {
            long first = round * 8L + 1;
            List<CompletableFuture<Void>> writers = LongStream.range(first, first + 8)
                    .mapToObj(version -> CompletableFuture.runAsync(() -> put(version, false)))
                    .toList();
            writers.forEach(CompletableFuture::join);

            assertThat(version()).isEqualTo(first + 7);
        }
    }

    @Test
    void one_that_cannot_be_used_is_replaced_by_an_earlier_one() {
        put(9, false);
        put(5, false);
        assertThat(version()).isEqualTo(9);
        put(5, true);
        assertThat(version()).isEqualTo(5);
    }

    @Test
    void one_that_is_later_than_asked_for_is_not_found() {
        put(9, false);

        assertThat(table.find(STREAM, "kind", 8)).isEmpty();
        assertThat(table.find(STREAM, "kind", 9)).isPresent();
        assertThat(table.find(STREAM, "other", 9)).isEmpty();
    }
}
