package org.meowmx.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.PostgreSqlServer;

/**
 * The WAR on Open Liberty, and {@code wrk} as the load generator, which must be on the {@code PATH}. Build the archives first:
 * {@code mvn package}.
 */
final class RestServer implements AutoCloseable {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern ERRORS = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)");

    private final Path folder;
    private final ApplicationServer server;

    private RestServer(Path folder, ApplicationServer server) {
        this.folder = folder;
        this.server = server;
    }

    static RestServer start() throws IOException {
        PostgreSqlServer database = PostgreSqlServer.sharedWithDatabase();
        Path folder = Files.createTempDirectory("bench");
        Map<String, String> environment = new HashMap<>(ApplicationServer.database(database));
        environment.put("MEOWMX_SCHEMA_MODE", "migrate");
        environment.put("JVM_ARGS", "-Xmx1g");
        environment.put("DB_POOL_SIZE", "24");
        ApplicationServer server = ApplicationServer.start(folder, Path.of("target", "meowmx.war"), environment);
        server.awaitReady("/health/ready", Duration.ofMinutes(3));
        return new RestServer(folder, server);
    }

    /** Whether the load generator is installed. */
    static boolean isMeasurable() {
        try {
            new ProcessBuilder("wrk", "-v")
                    .redirectErrorStream(true)
                    .start()
                    .getInputStream()
                    .readAllBytes();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The outcome of a workload that cannot be measured. */
    static Outcome notMeasured(String workload) {
        System.err.println(workload + " is left out: wrk is not installed");
        return new Outcome(
                workload, "wrk is not installed", "requests/s", Map.of("none", Figure.of(List.of(0.0))), List.of());
    }

    /**
     * Sends requests from some clients during one turn.
     *
     * @param script for {@code wrk}, which says what is requested
     * @param succeeds whether all requests must succeed, or else all must be refused
     * @return requests per second
     */
    double perSecond(Options options, int clients, String script, boolean succeeds) {
        try {
            Path file = folder.resolve("wrk.lua");
            Files.writeString(file, script);
            long seconds = Math.max(2, options.turn().toSeconds());
            Process wrk = new ProcessBuilder(
                            "wrk",
                            "-t1",
                            "-c" + clients,
                            "-d" + seconds + "s",
                            "-s",
                            file.toString(),
                            server.uri("/").toString())
                    .redirectErrorStream(true)
                    .start();
            String report = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            wrk.waitFor();
            Matcher rate = RATE.matcher(report);
            if (!rate.find() || ERRORS.matcher(report).find() == succeeds) {
                throw new IllegalStateException("wrk reported: " + report);
            }
            return Double.parseDouble(rate.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
