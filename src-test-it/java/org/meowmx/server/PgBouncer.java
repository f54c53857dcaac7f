package org.meowmx.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** PgBouncer in transaction mode, in front of a database. It runs as a separate process. */
public final class PgBouncer implements AutoCloseable {

    private static final String BINARY = "/usr/sbin/pgbouncer";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String CONFIGURATION = """
            [databases]
            %1$s = host=%2$s port=%3$d dbname=%1$s user=%4$s password=%4$s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %5$d
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            ignore_startup_parameters = extra_float_digits
            """;

    private final Path folder;
    private final int port;
    private final Process process;

    private PgBouncer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Whether this machine has it. */
    public static boolean isInstalled() {
        return Files.isExecutable(Path.of(BINARY));
    }

    /** Starts one through which clients reach a database as the application's role. */
    static PgBouncer before(PostgreSqlServer server) {
        try {
            Path folder = Files.createTempDirectory("pgbouncer");
            int port = Unprivileged.freePort();
            Path configuration = folder.resolve("pgbouncer.ini");
            Files.writeString(
                    configuration,
                    CONFIGURATION.formatted(
                            server.database(), server.host(), server.port(), PostgreSqlDatabase.APPLICATION, port));
            Process process = Unprivileged.start(folder.resolve("log"), BINARY, configuration.toString());
            PgBouncer started = new PgBouncer(folder, port, process);
            Awaitility.await().atMost(PATIENCE).until(() -> Unprivileged.listensOn(port));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive());
        Unprivileged.delete(folder);
    }
}
