package org.meowmx.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** WildFly. The runtime in {@code target} is configured once; each server has its own base directory. */
final class WildFlyServer extends ApplicationServer {

    private static final Path CONFIGURATION = Path.of("server-config/wildfly/configure.cli");
    private static final String PROFILE = "standalone-microprofile.xml";

    private final Path deployments;
    private final int managementPort;

    private WildFlyServer(Path folder, ProcessBuilder builder, int port, int managementPort, Path deployments)
            throws IOException {
        super(folder, builder, port);
        this.managementPort = managementPort;
        this.deployments = deployments;
    }

    static Path applications(Path folder) {
        return base(folder).resolve("deployments");
    }

    private static Path base(Path folder) {
        return folder.resolve("standalone").toAbsolutePath();
    }

    /** Gives the server its own copy of the configuration, and adds to it. */
    static void configure(Path folder, Path... additions) throws IOException, InterruptedException {
        Path home = configuredHome();
        Path configuration = base(folder).resolve("configuration");
        try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copy(file, configuration.resolve(file.getFileName()));
            }
        }
        addDemoUsers(configuration);
        for (Path addition : additions) {
            run(home, addition, "-Djboss.server.base.dir=" + base(folder));
        }
    }

    static WildFlyServer start(Path folder, Path war, int port, int managementPort, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path home = configuredHome();
        Path base = base(folder);
        Path deployments = applications(folder);
        copy(war, deployments.resolve("meowmx.war"));

        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                home.resolve("bin/standalone.sh").toString(),
                "-c",
                PROFILE,
                "-Djboss.server.base.dir=" + base,
                "-Djboss.bind.address=127.0.0.1",
                "-Djboss.bind.address.management=127.0.0.1",
                "-Djboss.http.port=" + port,
                "-Djboss.management.http.port=" + managementPort,
                "-Djboss.https.port=0",
                "-Djboss.management.https.port=0");
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", JVM_OPTIONS + " -Djava.net.preferIPv4Stack=true");
        return new WildFlyServer(folder, builder, port, managementPort, deployments);
    }

    /** As {@code add-user.sh} does it: each user has the name as password and the role of the name; a guest has no role. */
    private static void addDemoUsers(Path configuration) throws IOException {
        List<String> names = List.of("reader", "writer", "operator", "worker");
        Files.write(
                configuration.resolve("application-users.properties"),
                Stream.concat(names.stream(), Stream.of("guest"))
                        .map(name -> name + "=" + md5(name + ":ApplicationRealm:" + name))
                        .toList(),
                StandardOpenOption.APPEND);
        Files.write(
                configuration.resolve("application-roles.properties"),
                names.stream().map(name -> name + "=meowmx-" + name).toList(),
                StandardOpenOption.APPEND);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path configuredHome() throws IOException, InterruptedException {
        Path home;
        try (Stream<Path> unpacked = Files.list(BUILD.resolve("wildfly"))) {
            home = unpacked.findFirst().orElseThrow().toAbsolutePath();
        }
        // tests may run in several processes at the same time
        try (FileChannel file = FileChannel.open(
                        BUILD.resolve("wildfly.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            if (lock.isValid() && !Files.exists(home.resolve("modules/org/postgresql"))) {
                run(home, CONFIGURATION, "");
            }
        }
        return home;
    }

    private static void run(Path home, Path script, String options) throws IOException, InterruptedException {
        ProcessBuilder configuring = new ProcessBuilder(
                "sh", home.resolve("bin/jboss-cli.sh").toString(), "--file=" + script.toAbsolutePath());
        configuring.environment().put("DRIVER", driver().toString());
        configuring.environment().put("JAVA_HOME", System.getProperty("java.home"));
        configuring.environment().put("JAVA_OPTS", JVM_OPTIONS + " " + options);
        int status = configuring.inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(script + " ended with " + status);
        }
    }

    @Override
    public URI health(String path) {
        return uri(managementPort, path);
    }

    @Override
    public boolean hasRefused() {
        return Files.exists(deployments.resolve("meowmx.war.failed"));
    }

    @Override
    public int deployments() {
        return printed("WFLYSRV0010") + printed("WFLYSRV0016");
    }

    @Override
    public boolean hasEndedInOrder() {
        return printed("WFLYSRV0050") > 0;
    }

    /** Without WFLYEE0110, which WildFly logs for a scheduled task that it drops while it suspends: it is not an error of the library. */
    @Override
    public Stream<String> errors() {
        return log().lines().filter(line -> line.contains(" ERROR ")).filter(line -> !line.contains("WFLYEE0110"));
    }

    @Override
    Path trigger() {
        return deployments.resolve("meowmx.war");
    }
}
