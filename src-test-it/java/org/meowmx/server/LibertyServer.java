package org.meowmx.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Open Liberty as a process of its own, with the WAR and the configuration of {@code server-config}. The build unpacks the
 * runtime, the WAR and the driver into {@code target} before.
 */
public final class LibertyServer implements AutoCloseable {

    private static final String NAME = "meowmx";
    private static final Path BUILD = Path.of("target");

    private final Path folder;
    private final Process process;
    private final int port;

    private LibertyServer(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the server; {@link #awaitReady} tells when it answers.
     *
     * @param folder where the server's files go, kept from one start to the next
     * @param war the application
     * @param port for HTTP on loopback
     * @param environment the data source, as in server.xml, and configuration keys
     */
    public static LibertyServer start(Path folder, Path war, int port, Map<String, String> environment) {
        try {
            Path server = Files.createDirectories(folder.resolve("servers").resolve(NAME));
            copy(Path.of("server-config/liberty/server.xml"), server.resolve("server.xml"));
            copy(war, server.resolve("apps").resolve("meowmx.war"));
            try (Stream<Path> drivers = Files.list(BUILD.resolve("jdbc"))) {
                for (Path driver : drivers.toList()) {
                    copy(driver, server.resolve("jdbc").resolve(driver.getFileName()));
                }
            }
            Path log = folder.resolve("console.log");
            ProcessBuilder builder = new ProcessBuilder(
                            "sh",
                            BUILD.resolve("liberty/wlp/bin/server")
                                    .toAbsolutePath()
                                    .toString(),
                            "run",
                            NAME)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("WLP_USER_DIR", folder.toAbsolutePath().toString());
            builder.environment().put("HTTP_PORT", Integer.toString(port));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("JVM_ARGS", "-Xmx512m");
            return new LibertyServer(folder, builder.start(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The WAR of the build: with the sample. */
    public static Path warWithSample() {
        return BUILD.resolve("meowmx-demo.war");
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The environment that leads the data source to a PostgreSQL. */
    public static Map<String, String> database(PostgreSqlServer server, String name) {
        return Map.of(
                "DB_HOST", server.host(),
                "DB_PORT", Integer.toString(server.port()),
                "DB_NAME", name,
                "DB_USER", server.user(),
                "DB_PASSWORD", server.password());
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    /** What the server has printed. */
    public String log() {
        try {
            return Files.readString(folder.resolve("console.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the application answers on a path; fails with the server's log. */
    public LibertyServer awaitReady(String path, Duration limit) {
        Instant deadline = Instant.now().plus(limit);
        while (!answers(path)) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                String log = log();
                close();
                throw new IllegalStateException("Open Liberty did not get ready:\n" + log);
            }
            pause();
        }
        return this;
    }

    private boolean answers(String path) {
        try {
            return Http.get(uri(path)).statusCode() < 400;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private void pause() {
        try {
            process.waitFor(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Has the server notice a new version of the application, as when its file is replaced. */
    public void redeploy() {
        try {
            Path war = folder.resolve("servers").resolve(NAME).resolve("apps").resolve("meowmx.war");
            Files.setLastModifiedTime(war, FileTime.from(Instant.now()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many threads the server has. */
    public int threads() {
        return (int) jcmd("Thread.print")
                .lines()
                .filter(line -> line.startsWith("\""))
                .count();
    }

    /** How many class loaders hold instances of a class, after a garbage collection. */
    public int loadersOf(String className) {
        return (int) jcmd("GC.class_histogram")
                .lines()
                .filter(line -> line.matches(".*\\s" + Pattern.quote(className) + "(\\s.*)?"))
                .count();
    }

    private String jcmd(String command) {
        try {
            String tool =
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            Process jcmd = new ProcessBuilder(tool, Long.toString(process.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process ends. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Ends the process without any warning, as a power cut would. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops the server in an orderly way. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
