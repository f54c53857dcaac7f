package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.SharedApplication;

/** Requests get 503 while the database cannot be used, on each server with its own pool and transactions. */
@ExtendWith(SharedApplication.class)
class UnavailableDatabaseIT {

    private static final String EVENT = "{\"type\":\"noted\",\"data\":{}}";

    private static final Duration LONG = Duration.ofMinutes(1);

    private static final Duration LASTING = Duration.ofSeconds(2);

    private static final String DISCONNECT = """
            select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s' and pid <> pg_backend_pid()""";

    private final PostgreSqlServer server = SharedApplication.database();
    private final Api writer = Api.as(SharedApplication.server(), "writer");

    private Answer append() {
        return writer.post("/streams/unavailable/" + Api.newId(), EVENT);
    }

    /** Changes the database, and disconnects the application, so that its pool connects again. */
    private void change(String sql) {
        server.executeIn("postgres", "alter database \"%s\" %s".formatted(server.database(), sql));
        server.executeIn("postgres", DISCONNECT.formatted(server.database()));
    }

    /** Read-only as after a failover (25006), and a time limit for statements (57014). A lost connection alone would not last. */
    @ParameterizedTest
    @CsvSource({
        "set default_transaction_read_only = on, reset default_transaction_read_only",
        "set statement_timeout = '1ms', reset statement_timeout"
    })
    void an_append_is_refused_with_503_and_succeeds_when_the_database_is_back(String broken, String mended) {
        change(broken);
        try {
            await().during(LASTING).atMost(LONG).untilAsserted(() -> {
                Answer refused = append();
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.problem()).isEqualTo("unavailable");
                assertThat(refused.header("Retry-After")).isNotBlank();
                assertThat(refused.body()).doesNotContain("PSQLException", "ERROR:");
            });
        } finally {
            change(mended);
        }
        await().atMost(LONG).until(() -> append().status() == 201);
    }
}
