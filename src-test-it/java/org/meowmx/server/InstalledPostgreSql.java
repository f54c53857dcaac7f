package org.meowmx.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A PostgreSQL from the packages of the operating system, which contain tools that the embedded binaries lack. */
public final class InstalledPostgreSql implements AutoCloseable {

    /** The folder in which Debian and Ubuntu install each major version. */
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String SETTINGS = """
            port = %d
            unix_socket_directories = ''
            fsync = off
            wal_level = logical
            archive_mode = on
            archive_command = 'cp "%%p" "%s/%%f"'
            """;

    private final Path folder;
    private final int port;
    private Path data;

    private InstalledPostgreSql(Path folder, Path data, int port) {
        this.folder = folder;
        this.data = data;
        this.port = port;
    }

    /** Whether this machine has one. */
    public static boolean isInstalled() {
        return tools().isPresent();
    }

    private static Optional<Path> tools() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one with an empty database meowmx. */
    public static InstalledPostgreSql start() {
        InstalledPostgreSql created = inNewFolder();
        created.shell(Map.of(), "initdb -D first -U postgres -A trust -E UTF8 --no-locale --no-sync; mkdir archive");
        created.configure(SETTINGS.formatted(created.port, created.archive()));
        created.startAgain();
        created.shell(Map.of(), "createdb -h localhost -p %d -U postgres meowmx".formatted(created.port));
        return created;
    }

    /** Starts a standby that follows another server. */
    public static InstalledPostgreSql standbyOf(InstalledPostgreSql primary) {
        InstalledPostgreSql created = inNewFolder();
        created.shell(
                Map.of("PRIMARY", primary.connection()),
                "pg_basebackup -d \"$PRIMARY\" -D first -R -c fast; mkdir archive");
        created.configure("port = %d%narchive_mode = off%n".formatted(created.port));
        created.startAgain();
        return created;
    }

    private static InstalledPostgreSql inNewFolder() {
        try {
            Path folder = Files.createTempDirectory("installed");
            return new InstalledPostgreSql(folder, folder.resolve("first"), Unprivileged.freePort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure(String settings) {
        try {
            Path file = data.resolve("postgresql.conf");
            Files.writeString(file, Files.readString(file) + settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a script of the shell in the folder of this server, with PostgreSQL's tools on the path. The first command that fails
     * ends it and is an error.
     */
    public void shell(Map<String, String> variables, String script) {
        StringBuilder all = new StringBuilder(
                "set -eu\nexport PATH=\"%s:$PATH\"\ncd '%s'\n".formatted(tools().orElseThrow(), folder));
        variables.forEach(
                (name, value) -> all.append(name).append("='").append(value).append("'\n"));
        Unprivileged.run(
                folder.resolve("output"), "bash", "-c", all.append(script).toString());
    }

    /** The connection string for the tools. */
    public String connection() {
        return "host=localhost port=%d user=postgres dbname=meowmx".formatted(port);
    }

    /** The database for a node. */
    public ExistingDatabase database() {
        return new ExistingDatabase("jdbc:postgresql://localhost:%d/meowmx".formatted(port), "postgres", "postgres");
    }

    /** The server, for statements in the database. */
    public PostgreSqlServer server() {
        return new PostgreSqlServer(new PostgreSqlServer.Place("localhost", port, "meowmx"), "postgres", "postgres");
    }

    public Path archive() {
        return folder.resolve("archive");
    }

    public void startAgain() {
        shell(Map.of(), "pg_ctl -D '%s' -l log -w start".formatted(data));
    }

    public void stop() {
        shell(Map.of(), "pg_ctl -D '%s' -m fast -w stop".formatted(data));
    }

    /** Uses another data directory in the folder of this server, in which a server runs on the same port. */
    public void moveTo(String directory) {
        data = folder.resolve(directory);
    }

    private boolean isRunning() {
        return Files.exists(data.resolve("postmaster.pid"));
    }

    @Override
    public void close() {
        if (isRunning()) {
            stop();
        }
        Awaitility.await().atMost(PATIENCE).until(() -> !isRunning());
        Unprivileged.delete(folder);
    }
}
