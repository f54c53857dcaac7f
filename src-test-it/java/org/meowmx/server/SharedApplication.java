package org.meowmx.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The WAR with the sample on the server of the build, with a database of its own, for all test classes that leave it running:
 * {@code @ExtendWith(SharedApplication.class)}. It starts with the first of them and stops after the last test of the run.
 */
public final class SharedApplication implements BeforeAllCallback {

    private static final Duration START = Duration.ofMinutes(2);

    @SuppressWarnings("NullAway") // set before any test
    private static ApplicationServer server;

    @SuppressWarnings("NullAway") // set before any test
    private static PostgreSqlServer database;

    /** What stops them when the run is over. */
    private record Running(PostgreSqlServer database, ApplicationServer application) implements AutoCloseable {

        @Override
        public void close() {
            application.close();
            database.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.create(SharedApplication.class))
                .getOrComputeIfAbsent(Running.class, key -> start(), Running.class);
    }

    /** The server. */
    public static ApplicationServer server() {
        return server;
    }

    /** Its database; the tables are in the schema {@code public}. */
    public static PostgreSqlServer database() {
        return database;
    }

    private static Running start() {
        database = PostgreSqlServer.start();
        Map<String, String> environment = new HashMap<>(ApplicationServer.database(database, database.database()));
        environment.put("MEOWMX_SCHEMA_MODE", "migrate");
        environment.put("MEOWMX_REST_MAX_BODY", "2000000");
        environment.put("MEOWMX_REST_LIVE_HEARTBEAT", "PT0.3S");
        environment.put("MEOWMX_REST_LIVE_MAX_READERS", "200");
        server = ApplicationServer.start(folder(), ApplicationServer.warWithSample(), environment);
        return new Running(database, server.awaitReady("/demo/shipments", START));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(ApplicationServer.BUILD, "server");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
