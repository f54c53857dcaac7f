package org.meowmx.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A separate PostgreSQL from embedded binaries, which can be killed and started again on the same data and port. */
public final class FragilePostgreSql implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path data;
    private EmbeddedPostgres process;

    private FragilePostgreSql(Path data) throws IOException {
        this.data = data;
        this.process = builder().start();
    }

    public static FragilePostgreSql start() {
        try {
            return new FragilePostgreSql(Files.createTempDirectory("fragile"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a standby on a copy of a server's data, see {@link #copy}. It receives nothing from that server. */
    public static FragilePostgreSql standby(Path copy) {
        try {
            Files.createFile(copy.resolve("standby.signal"));
            return new FragilePostgreSql(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the data of the server, which has ended with INT. */
    public Path copy() {
        try {
            Path copy = Files.createTempDirectory("copy");
            copy(data, copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the data of the server, which has ended, by a copy: a restore from a backup. */
    public void restore(Path copy) {
        deleteAll(data);
        copy(copy, data);
    }

    /** Copies files with their owners and permissions, which PostgreSQL checks. */
    private static void copy(Path from, Path to) {
        try {
            int exit = new ProcessBuilder("cp", "-a", from + "/.", to + "/")
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("cp ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private EmbeddedPostgres.Builder builder() {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
        PostgreSqlServer.SETTINGS.forEach(builder::setServerConfig);
        return builder;
    }

    /** The server, which can be used while it runs. */
    public PostgreSqlServer server() {
        return PostgreSqlServer.embedded(process.getPort());
    }

    /** Ends the postmaster, and waits for its end. KILL leaves its child processes running; QUIT ends all of them. */
    public void end(Signal signal) {
        long postmaster = postmaster();
        signal.send(postmaster);
        Awaitility.await().atMost(PATIENCE).until(() -> ProcessHandle.of(postmaster)
                .filter(ProcessHandle::isAlive)
                .isEmpty());
    }

    private long postmaster() {
        try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again. Repeats that while child processes of a killed postmaster still run. */
    public void startAgain() {
        int port = process.getPort();
        release();
        process = Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> builder().setPort(port).start(), started -> true);
    }

    private void release() {
        try {
            process.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        release();
        deleteAll(data);
        delete(data);
    }

    private static void deleteAll(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> !file.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .forEach(FragilePostgreSql::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
