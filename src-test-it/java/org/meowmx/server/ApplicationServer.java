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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Jakarta EE server as a separate process, with a WAR and the configuration of {@code server-config}. Before that, the build unpacks
 * the runtime, the WAR and the driver into {@code target}.
 */
public abstract class ApplicationServer implements AutoCloseable {

    static final Path BUILD = Path.of("target");

    /** A test's server runs for seconds, so the second compiler would take more time than its code saves. */
    static final String JVM_OPTIONS = "-Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    /** Below the ports that systems give to outgoing connections, one of which could take a port before its server does. */
    private static final int FIRST_PORT = 16_000;

    private static final int PORTS = 16_000;

    private final Path folder;
    private final Process process;
    private final int port;

    ApplicationServer(Path folder, ProcessBuilder builder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.log").toFile())
                .start();
    }

    /**
     * Starts the server of the build. {@link #awaitReady} waits until it answers.
     *
     * @param folder the folder of the server's files, which is kept between starts
     * @param war the application
     * @param environment the data source, as in server-config, and configuration keys
     * @param additions to the configuration of server-config
     */
    public static ApplicationServer start(Path folder, Path war, Map<String, String> environment, Path... additions) {
        return switch (ServerKind.ofTheBuild()) {
            case LIBERTY -> {
                LibertyServer.configure(folder, additions);
                yield liberty(folder, war, freePort(), environment);
            }
            case WILDFLY -> wildfly(folder, war, environment, additions);
        };
    }

    /**
     * Puts a further application into the folder of a server, before the server starts. Open Liberty deploys it only if its
     * configuration names it.
     */
    public static void add(Path folder, Path application) throws IOException {
        Path applications =
                switch (ServerKind.ofTheBuild()) {
                    case LIBERTY -> LibertyServer.applications(folder);
                    case WILDFLY -> WildFlyServer.applications(folder);
                };
        copy(application, applications.resolve(application.getFileName()));
    }

    /** Starts Open Liberty with another realm than the demo's: a {@code server} element of its configuration. */
    public static ApplicationServer libertyWithRealm(Path folder, String xml, Map<String, String> environment) {
        try {
            LibertyServer.useRealm(folder, xml);
            return LibertyServer.start(folder, warWithSample(), freePort(), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts Open Liberty with HTTP on a port of loopback. */
    public static ApplicationServer liberty(Path folder, Path war, int port, Map<String, String> environment) {
        try {
            return LibertyServer.start(folder, war, port, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApplicationServer wildfly(
            Path folder, Path war, Map<String, String> environment, Path... additions) {
        try {
            WildFlyServer.configure(folder, additions);
            return WildFlyServer.start(folder, war, freePort(), freePort(), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The WAR of the build: with the sample. */
    public static Path warWithSample() {
        return BUILD.resolve("meowmx-demo.war");
    }

    /** A random port that is free now. */
    public static int freePort() {
        return ThreadLocalRandom.current()
                .ints(FIRST_PORT, FIRST_PORT + PORTS)
                .filter(ApplicationServer::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** The environment that leads the data source to a PostgreSQL. */
    public static Map<String, String> database(PostgreSqlServer server) {
        return Map.of(
                "DB_HOST", server.host(),
                "DB_PORT", Integer.toString(server.port()),
                "DB_NAME", server.database(),
                "DB_USER", server.user(),
                "DB_PASSWORD", server.password());
    }

    /** The address of a path of the application. */
    public URI uri(String path) {
        return uri(port, path);
    }

    /** The address of MicroProfile Health. */
    public abstract URI health(String path);

    static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    /** Whether the server has refused to deploy the application. */
    public abstract boolean hasRefused();

    /** How often the application was deployed since the server's start. */
    public abstract int deployments();

    /** Whether the server's log reports an orderly end. */
    public abstract boolean hasEndedInOrder();

    /** The lines of the log that report errors. */
    public abstract Stream<String> errors();

    /** The file whose change makes the server deploy the application again. */
    abstract Path trigger();

    /** Makes the server redeploy the application, as after a replacement of its file. */
    public void redeploy() {
        try {
            Files.setLastModifiedTime(trigger(), FileTime.from(Instant.now()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The output of the server. */
    public String log() {
        try {
            return Files.readString(folder.resolve("console.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often something was printed. */
    int printed(String text) {
        return log().split(Pattern.quote(text), -1).length - 1;
    }

    /** Waits until the application answers on a path; fails with the server's log. */
    public ApplicationServer awaitReady(String path, Duration limit) {
        Instant deadline = Instant.now().plus(limit);
        while (!answers(path)) {
            if (!process.isAlive() || hasRefused() || Instant.now().isAfter(deadline)) {
                String log = log();
                close();
                throw new IllegalStateException("The server did not get ready:\n" + log);
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

    /** How many instances of a class there are, after a garbage collection. */
    public int instancesOf(String className) {
        return jcmd("GC.class_histogram")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[3].equals(className))
                .mapToInt(columns -> Integer.parseInt(columns[1]))
                .sum();
    }

    private String jcmd(String command) {
        try {
            String tool =
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            Process jcmd = new ProcessBuilder(tool, Long.toString(jvm().pid()), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server itself; its start script may be the process that was started. */
    private ProcessHandle jvm() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElse(process.toHandle());
    }

    /** Waits until the process ends. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Ends the process at once, like a power failure. */
    public void kill() {
        ProcessHandle jvm = jvm();
        jvm.destroyForcibly();
        process.destroyForcibly().onExit().join();
        jvm.onExit().join();
    }

    /** Stops the server in an orderly way, with SIGTERM. */
    public void stop() {
        jvm().destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /** Kills the server, because a test that has ended need not wait for an orderly stop. */
    @Override
    public void close() {
        kill();
    }

    static Path driver() throws IOException {
        try (Stream<Path> drivers = Files.list(BUILD.resolve("jdbc"))) {
            return drivers.findFirst().orElseThrow().toAbsolutePath();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
