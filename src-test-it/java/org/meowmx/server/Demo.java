package org.meowmx.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * {@code mvn -Pdemo}: PostgreSQL, Open Liberty and the WAR with the sample, until Ctrl-C. It stores all files in
 * {@code .demo}. If the environment has {@code DB_HOST} and the related variables, it uses that PostgreSQL instead of
 * its own.
 */
public final class Demo {

    private static final Path HOME = Path.of(".demo");
    private static final int HTTP_PORT = 9080;
    private static final int DATABASE_PORT = 54329;

    private static final String WELCOME = """

            meowmx is up. Ctrl-C stops everything; data is kept for the next start.

              curl -i -H 'Content-Type: application/json' -d '{"customer":"ann","total":12.50}' %1$s/demo/orders
              curl %1$s/demo/orders/ID
              curl -i -X POST %1$s/demo/orders/ID/shipment
              curl %1$s/demo/shipments
              curl -i -X POST '%1$s/demo/accounts?owner=ann&deposits=9999'
              curl -i %1$s/demo/accounts/ID

              curl -u writer:writer -H 'Content-Type: application/json' -d '{"type":"a","data":1}' %1$s/api/streams/s/1
              curl -u reader:reader -N '%1$s/api/events/live?after=0'

              console     %1$s/ (user and password: operator)
              server log  %2$s
              database    %3$s
            """;

    /** Everything that was started, the newest first: each part uses the parts after it, and is stopped before them. */
    private static final Deque<AutoCloseable> RUNNING = new ConcurrentLinkedDeque<>();

    private Demo() {}

    /**
     * Runs until the server ends.
     *
     * @param arguments none; the system property {@code demo.load} is the number of orders to place per second
     */
    public static void main(String[] arguments) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(Demo::stop));
        Map<String, String> environment =
                new HashMap<>(Map.of("MEOWMX_SCHEMA_MODE", "migrate", "JVM_ARGS", "-Xmx512m"));
        String database = "the one of DB_HOST";
        if (System.getenv("DB_HOST") == null) {
            environment.putAll(ownDatabase());
            database = "psql -h localhost -p %d -U postgres postgres".formatted(DATABASE_PORT);
        }
        Path folder = HOME.resolve("liberty");
        ApplicationServer server =
                ApplicationServer.liberty(folder, ApplicationServer.warWithSample(), HTTP_PORT, environment);
        RUNNING.push(server::stop);
        server.awaitReady("/demo/shipments", Duration.ofMinutes(3));
        System.out.printf(WELCOME, "http://localhost:" + HTTP_PORT, folder.resolve("console.log"), database);
        RUNNING.push(DemoLoad.start(server, Integer.getInteger("demo.load", 0)));
        server.awaitEnd();
    }

    private static void stop() {
        for (AutoCloseable part : RUNNING) {
            try {
                part.close();
            } catch (Exception e) {
                System.out.println("A part of the demo did not stop: " + e);
            }
        }
    }

    private static Map<String, String> ownDatabase() {
        try {
            RUNNING.push(EmbeddedPostgres.builder()
                    .setRegisterShutdownHook(false)
                    .setPort(DATABASE_PORT)
                    .setDataDirectory(HOME.resolve("postgresql"))
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "DB_HOST", "localhost",
                "DB_PORT", Integer.toString(DATABASE_PORT),
                "DB_NAME", "postgres",
                "DB_USER", "postgres",
                "DB_PASSWORD", "postgres");
    }
}
