package org.meowmx.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The WAR with the sample on the server of the build, for all tests of a JVM that leave it running. It has a database of its
 * own.
 */
public final class SharedApplication {

    private static final Duration START = Duration.ofMinutes(2);

    private SharedApplication() {}

    /** The server; it stops with the JVM. */
    public static ApplicationServer server() {
        return Started.SERVER;
    }

    /** Where its events are. */
    public static PostgreSqlServer database() {
        return Started.DATABASE;
    }

    /** Started by the first who asks. */
    private static final class Started {
        static final PostgreSqlServer DATABASE = PostgreSqlServer.start();
        static final ApplicationServer SERVER = start();

        private static ApplicationServer start() {
            Map<String, String> environment = new HashMap<>(ApplicationServer.database(DATABASE, DATABASE.database()));
            environment.put("MEOWMX_SCHEMA_MODE", "migrate");
            environment.put("MEOWMX_REST_MAX_BODY", "2000000");
            environment.put("MEOWMX_REST_LIVE_HEARTBEAT", "PT0.3S");
            environment.put("MEOWMX_REST_LIVE_MAX_READERS", "200");
            ApplicationServer server =
                    ApplicationServer.start(folder(), ApplicationServer.warWithSample(), environment);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server.awaitReady("/demo/shipments", START);
        }

        private static Path folder() {
            try {
                return Files.createTempDirectory(Files.createDirectories(ApplicationServer.BUILD), "server");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
