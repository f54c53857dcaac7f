package org.meowmx.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.Signal;

/** A node as a child process, which can be killed, frozen and thawed. */
final class NodeProcess implements AutoCloseable {

    /** A node that sends nothing for two seconds loses its claims. */
    private static final Map<String, String> CONFIGURATION = Map.of(
            "meowmx.schema.mode", "validate",
            "meowmx.subscription.enabled", "true",
            "meowmx.subscription.poll-interval", "PT0.1S",
            "meowmx.subscription.segments", "8",
            "meowmx.subscription.whole.segments", "1",
            "meowmx.subscription.batch-size", "50",
            "meowmx.subscription.retry-delay", "PT0.1S",
            "meowmx.subscription.frozen-after", "PT2S");

    private final Process process;

    private NodeProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a node.
     *
     * @param server the PostgreSQL server
     * @param schema the schema on that server
     * @param folder the folder for its output
     * @param more keys of the store, and other system properties
     */
    static NodeProcess start(PostgreSqlServer server, String schema, Path folder, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(CONFIGURATION);
        properties.putAll(more);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        String user = PostgreSqlDatabase.APPLICATION;
        command.addAll(List.of(NodeMain.class.getName(), server.url(schema), user, user));
        try {
            return new NodeProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            Redirect.appendTo(folder.resolve("nodes.log").toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Ends it at once. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void freeze() {
        Signal.STOP.send(pid());
    }

    void thaw() {
        Signal.CONT.send(pid());
    }

    /** Stops it in an orderly way, and kills it if that fails. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has ended by itself without an error. */
    boolean endedWell() {
        return !process.isAlive() && process.exitValue() == 0;
    }
}
