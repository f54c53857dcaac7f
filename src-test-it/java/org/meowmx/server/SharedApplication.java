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

/**
 * The WAR with the sample on the server of the build, with a database of its own, for all test classes that do not stop it:
 * {@code @ExtendWith(SharedApplication.class)}. The first of them in a JVM starts it. It ends with the JVM.
 */
public final class SharedApplication implements BeforeAllCallback {

    /** The host name of its node. */
    public static final String HOST = "shared-node";

    private static final Duration START = Duration.ofMinutes(2);

    /**
     * Started by the first use. JUnit's root store cannot keep it, because with several JVMs, Surefire runs each test class separately
     * and closes the store after each.
     */
    private static final class Running {
        static final PostgreSqlServer DATABASE = PostgreSqlServer.sharedWithDatabase();
        static final ApplicationServer SERVER = start(DATABASE);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server();
    }

    /** The server. */
    public static ApplicationServer server() {
        return Running.SERVER;
    }

    /** Its database; the tables are in the schema {@code public}. */
    public static PostgreSqlServer database() {
        return Running.DATABASE;
    }

    private static ApplicationServer start(PostgreSqlServer database) {
        Map<String, String> environment = new HashMap<>(ApplicationServer.database(database));
        environment.put("HOSTNAME", HOST);
        environment.put("MEOWMX_SCHEMA_MODE", "migrate");
        environment.put("MEOWMX_REST_MAX_BODY", "2000000");
        environment.put("MEOWMX_REST_LIVE_HEARTBEAT", "PT0.3S");
        environment.put("MEOWMX_REST_LIVE_MAX_READERS", "200");
        ApplicationServer server = ApplicationServer.start(folder(), ApplicationServer.warWithSample(), environment);
        Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
        return server.awaitReady("/demo/shipments", START);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(ApplicationServer.BUILD, "server");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
