package org.meowmx.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** nginx as a reverse proxy of a server, with a {@code server} block of the guides. It runs as a separate process. */
public final class Nginx implements AutoCloseable {

    private static final String BINARY = "/usr/sbin/nginx";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String CONFIGURATION = """
            daemon off;
            pid %1$s/pid;
            error_log %1$s/log;
            worker_processes 1;
            events { worker_connections 256; }
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              %2$s
            }
            """;

    private final Path folder;
    private final int port;
    private final Process process;

    private Nginx(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Whether this machine has it. */
    public static boolean isInstalled() {
        return Files.isExecutable(Path.of(BINARY));
    }

    /**
     * Starts one before a server.
     *
     * @param block the text of the guide for the {@code http} block, with the ports 8080 for nginx and 9080 for the server
     */
    public static Nginx before(ApplicationServer server, String block) {
        try {
            Path folder = Files.createTempDirectory("nginx");
            int port = Unprivileged.freePort();
            String own = block.replace(":8080", ":" + port)
                    .replace(":9080", ":" + server.uri("/").getPort());
            Path configuration = folder.resolve("nginx.conf");
            Files.writeString(configuration, CONFIGURATION.formatted(folder, own));
            Process process = Unprivileged.start(folder.resolve("log"), BINARY, "-c", configuration.toString());
            Nginx started = new Nginx(folder, port, process);
            Awaitility.await().atMost(PATIENCE).until(() -> Unprivileged.listensOn(port));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An address as clients of the proxy see it. */
    public URI uri(String path) {
        return ApplicationServer.uri(port, path);
    }

    @Override
    public void close() {
        process.destroy();
        Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive());
        Unprivileged.delete(folder);
    }
}
