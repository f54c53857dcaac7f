package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.PostgreSqlServer;

/** A server is killed while workers have leases: the declaration survives, and the workers of the next server skip nothing. */
@Tag("heavy")
class KilledServerIT {

    private static final String NAME = "mailer";
    private static final int EVENTS = 60;
    private static final Duration START = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private static ApplicationServer start(Path home, PostgreSqlServer database) {
        Map<String, String> environment = new HashMap<>(ApplicationServer.database(database));
        environment.put("MEOWMX_SCHEMA_MODE", "migrate");
        return ApplicationServer.start(home, ApplicationServer.warWithSample(), environment)
                .awaitReady("/demo/shipments", START);
    }

    private static void declare(ApplicationServer server) {
        int status = Api.send(
                        Api.as(server, "operator")
                                .request("/subscriptions/" + NAME)
                                .header("Content-Type", "application/json"),
                        "PUT",
                        BodyPublishers.ofString("{\"category\":\"mail\",\"segments\":2}"))
                .status();
        assertThat(status).isEqualTo(201);
    }

    private void awaitHandled(int events) {
        Awaitility.await().atMost(START).untilAsserted(() -> assertThat(new HashSet<>(WorkerProcess.handledIn(folder)))
                .hasSizeGreaterThanOrEqualTo(events));
    }

    @Test
    void workers_of_the_next_server_continue() {
        assumeTrue(WorkerProcess.isAvailable("worker.py"), "python");
        PostgreSqlServer database = PostgreSqlServer.sharedWithDatabase();
        try (ApplicationServer server = start(folder.resolve("first"), database)) {
            declare(server);
            Api writer = Api.as(server, "writer");
            for (int i = 0; i < EVENTS; i++) {
                writer.post("/streams/mail/s" + i % 5, "{\"type\":\"noted\",\"data\":{}}");
            }
            try (WorkerProcess one = WorkerProcess.start("worker.py", server, NAME, folder);
                    WorkerProcess other = WorkerProcess.start("worker.mjs", server, NAME, folder)) {
                awaitHandled(5);
                server.kill();
                assertThat(one.isAlive() || other.isAlive()).isTrue();
            }
        }
        assertThat(WorkerProcess.handledIn(folder).size()).isLessThan(2 * EVENTS);
        database.executeIn(
                database.database(), "update meowmx_checkpoints set lease_until = lease_until - interval '1 hour'");
        try (ApplicationServer next = start(folder.resolve("next"), database);
                WorkerProcess worker = WorkerProcess.start("worker.py", next, NAME, folder)) {
            awaitHandled(EVENTS);
            assertThat(worker.isAlive()).isTrue();
            Awaitility.await().atMost(START).untilAsserted(() -> assertThat(Api.as(next, "reader")
                            .get("/subscriptions/" + NAME)
                            .json()
                            .get("lagEvents")
                            .asLong())
                    .isZero());
            WorkerHistory.assertNoAnomaly(Api.as(next, "reader"), NAME, "mail", folder);
        }
    }
}
