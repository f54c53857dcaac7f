package org.meowmx.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.PostgreSqlServer;

/** A node as a child process, which can be killed, frozen and thawed. */
final class NodeProcess implements AutoCloseable {

    private final Process process;

    private NodeProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a node.
     *
     * @param schema of the shared PostgreSQL
     * @param log where its output goes
     * @param configuration keys of the store
     */
    static NodeProcess start(String schema, Path log, Map<String, String> configuration) {
        PostgreSqlServer database = PostgreSqlServer.shared();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        configuration.forEach((key, value) -> command.add("-D" + key + "=" + value));
        String user = PostgreSqlDatabase.APPLICATION;
        command.addAll(List.of(NodeMain.class.getName(), database.url(schema), user, user));
        try {
            return new NodeProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Ends it without any warning. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops it where it stands, as a long garbage collection or a sleeping virtual machine would. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Lets it stop in an orderly way, and makes it where it does not. */
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

    /** Whether it has ended by itself without an error. */
    boolean endedWell() {
        return !process.isAlive() && process.exitValue() == 0;
    }
}
