package org.meowmx.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.Signal;

/**
 * A worker of the guide as a process. Its handler writes each event as a line {@code stream version} into a file. It fails at events of
 * the type {@code poison}, and kills its worker at events of the type {@code deadly}.
 */
final class WorkerProcess implements AutoCloseable {

    private static final Path WORKERS = Path.of("src-test-it", "workers");

    private static final String HANDLER = """
            #!/bin/bash
            event=$(cat)
            type=$(jq -r .type <<<"$event")
            if [ "$type" = poison ]; then exit 1; fi
            if [ "$type" = deadly ]; then kill -KILL "$(cat "$PID")"; sleep 5; fi
            jq -r '"\\(.streamId) \\(.version)"' <<<"$event" >> "$HANDLED"
            """;

    private final Process process;

    private WorkerProcess(Process process) {
        this.process = process;
    }

    /** The languages of the guide, by the names of their files. */
    private static List<String> command(String file) {
        if (file.endsWith(".py")) {
            return List.of("python3", file(file));
        }
        return List.of(file.endsWith(".mjs") ? "node" : "bash", file(file));
    }

    private static String file(String name) {
        return WORKERS.resolve(name).toAbsolutePath().toString();
    }

    /** Whether the interpreter of a worker is installed. */
    static boolean isAvailable(String file) {
        try {
            return new ProcessBuilder(command(file).get(0), "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Starts a worker.
     *
     * @param folder the folder of the handler and its files
     */
    static WorkerProcess start(String file, ApplicationServer server, String subscription, Path folder) {
        try {
            Path handler = folder.resolve("handler");
            Files.writeString(handler, HANDLER);
            handler.toFile().setExecutable(true);
            Path pid = folder.resolve("pid-" + System.nanoTime());
            ProcessBuilder builder = new ProcessBuilder(command(file)).redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(
                    folder.resolve("worker.log").toFile()));
            builder.environment()
                    .put(
                            "MEOWMX_URL",
                            server.uri("/api/subscriptions/" + subscription).toString());
            builder.environment().put("MEOWMX_USER", "worker:worker");
            builder.environment().put("HANDLER", handler.toString());
            builder.environment().put("HANDLED", handled(folder).toString());
            builder.environment().put("PID", pid.toString());
            Process process = builder.start();
            Files.writeString(pid, Long.toString(process.pid()));
            return new WorkerProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path handled(Path folder) throws IOException {
        Path file = folder.resolve("handled");
        Files.write(file, List.of(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return file;
    }

    /** The events that the workers of a folder have handled, in order, as {@code stream version}. */
    static List<String> handledIn(Path folder) {
        try {
            return Files.readAllLines(handled(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void send(Signal signal) {
        signal.send(process.pid());
    }

    /** Kills the worker and its handler. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
