package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.PostgreSqlServer;

/** Promise bounded-stop: a server that receives SIGTERM ends soon, although clients follow the log and it listens for other nodes. */
class ShutdownIT {

    /** An idle server without the application ends in about two seconds. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String LISTENING = """
            select count(*) from pg_stat_activity where datname = current_database() and query like 'listen meowmx%'""";

    @TempDir
    Path folder;

    @Test
    void sigterm_ends_a_server_with_live_readers_and_a_listener_within_seconds_and_without_errors() throws IOException {
        PostgreSqlServer database = PostgreSqlServer.sharedWithDatabase();
        Map<String, String> environment = new HashMap<>(ApplicationServer.database(database));
        environment.put("MEOWMX_SCHEMA_MODE", "migrate");
        try (ApplicationServer server =
                ApplicationServer.start(folder.resolve("server"), ApplicationServer.warWithSample(), environment)) {
            server.awaitReady("/demo/shipments", Duration.ofMinutes(2));
            Api reader = Api.as(server, "reader");
            List<InputStream> live = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                HttpResponse<InputStream> response = reader.open("/events/live?after=0");
                assertThat(response.body().read()).as("the first byte").isPositive();
                live.add(response.body());
            }
            assertThat(reader.get("/subscriptions").status()).isEqualTo(200);
            Awaitility.await().until(() -> database.numberIn(database.database(), LISTENING) == 1);

            long begin = System.nanoTime();
            server.stop();
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);

            for (InputStream stream : live) {
                stream.readAllBytes();
            }
            assertThat(server.errors()).isEmpty();
            assertThat(server.log()).doesNotContain("did not end within", "was not closed within");
            assertThat(server.hasEndedInOrder()).as(server.log()).isTrue();
            assertThat(taken).as(server.log()).isLessThan(LIMIT);
        }
    }
}
