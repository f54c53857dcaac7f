package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.testkit.MeowmxTest;

/**
 * Promise no-skip: the statement that reads a page is a later one than the statement that reads the fences, also within one
 * message. If they were one statement, they would have one snapshot. A writer that commits between the snapshot and the read of its
 * fence would leave neither an event nor a fence, and the reader would skip its event.
 */
@MeowmxTest(database = ReadOrderIT.WaitingDatabase.class)
class ReadOrderIT {

    private static final String WAITING = """
            select count(*) from pg_locks where locktype = 'advisory' and not granted and objid = %d""".formatted(WaitingDataSource.KEY);

    @Inject
    EventStore events;

    /** A schema whose readers can be made to wait. */
    public static class WaitingDatabase extends PostgreSqlDatabase {
        @Override
        protected Class<?> provider() {
            return WaitingDataSource.class;
        }
    }

    @Test
    void a_writer_that_commits_before_its_fence_is_looked_for_is_on_the_page() throws SQLException {
        try (Connection holder = PostgreSqlServer.shared().connect("public");
                Statement lock = holder.createStatement()) {
            lock.execute("select pg_advisory_lock(%d)".formatted(WaitingDataSource.KEY));
            Session writer = Session.begin();
            long position =
                    writer.does(() -> events.append(StreamId.of("test", "late"), any(), NewEvent.of("noted", "{}"))
                            .position());
            CompletableFuture<LogPage> page = CompletableFuture.supplyAsync(() -> events.readPage(LogQuery.all(), 10));
            Awaitility.await().until(() -> number(lock, WAITING) > 0);

            writer.commit();
            lock.execute("select pg_advisory_unlock(%d)".formatted(WaitingDataSource.KEY));

            LogPage read = page.join();
            assertThat(read.readTo()).isGreaterThanOrEqualTo(position);
            assertThat(read.events()).extracting(RecordedEvent::position).contains(position);
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
