package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.PostgreSqlServer;

/** Promise bounded-stop: a redeployment leaves nothing in the server; {@code -Dredeployments=100} repeats it more often. */
class RedeploymentIT {

    private static final int REDEPLOYMENTS = Integer.getInteger("redeployments", 7);

    /** The number of redeployments after which the server's own pools have about their final size. */
    private static final int WARM_UP = 3;

    private static final String LISTENING = """
            select count(*) from pg_stat_activity where datname = current_database() and query like 'listen meowmx%'""";

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void redeployments_leave_no_thread_connection_or_class_loader_behind() {
        PostgreSqlServer database = PostgreSqlServer.sharedWithDatabase();
        Map<String, String> environment = new HashMap<>(ApplicationServer.database(database));
        environment.put("MEOWMX_SCHEMA_MODE", "migrate");
        try (ApplicationServer server =
                ApplicationServer.start(folder.resolve("server"), ApplicationServer.warWithSample(), environment)) {
            server.awaitReady("/demo/shipments", Duration.ofMinutes(2));
            for (int i = 1; i <= WARM_UP; i++) {
                redeploy(server, i);
            }
            int threads = server.threads();
            for (int i = WARM_UP + 1; i <= REDEPLOYMENTS; i++) {
                redeploy(server, i);
            }

            assertThat(server.loadersOf("org.meowmx.subscription.engine.PollLoopWatchdog"))
                    .as("class loaders of deployments that still have our beans")
                    .isEqualTo(1);
            assertThat(server.threads())
                    .as("threads: each redeployment leaves less than one")
                    .isLessThan(threads + REDEPLOYMENTS - WARM_UP);
            Awaitility.await().untilAsserted(() -> assertThat(database.numberIn(database.database(), LISTENING))
                    .as("connections that listen")
                    .isEqualTo(1));
            assertThat(server.log()).doesNotContain("did not end within", "was not closed within");
        }
    }

    private static void redeploy(ApplicationServer server, int number) {
        server.redeploy();
        Awaitility.await().atMost(LIMIT).until(() -> server.deployments() > number);
        server.awaitReady("/demo/shipments", LIMIT);
    }
}
