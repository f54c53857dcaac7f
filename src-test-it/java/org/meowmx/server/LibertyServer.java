package org.meowmx.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Open Liberty. */
final class LibertyServer extends ApplicationServer {

    private static final String NAME = "meowmx";
    private static final String USERS = "users.xml";
    private static final String PLATFORM = "jakartaee-10.0";

    /** A user who may log in and has no role. */
    private static final String GUEST = """
            <server>
              <basicRegistry id="demo">
                <user name="guest" password="guest"/>
              </basicRegistry>
            </server>
            """;

    private final Path war;

    private LibertyServer(Path folder, ProcessBuilder builder, int port, Path war) throws IOException {
        super(folder, builder, port);
        this.war = war;
    }

    static Path applications(Path folder) {
        return folder.resolve("servers").resolve(NAME).resolve("apps");
    }

    static LibertyServer start(Path folder, Path war, int port, Map<String, String> environment) throws IOException {
        Path server = Files.createDirectories(folder.resolve("servers").resolve(NAME));
        Files.writeString(server.resolve("server.xml"), configuration());
        if (!Files.exists(server.resolve(USERS))) {
            copy(Path.of("server-config/liberty/demo-users.xml"), server.resolve(USERS));
            Files.writeString(
                    Files.createDirectories(server.resolve("configDropins/overrides"))
                            .resolve("guest.xml"),
                    GUEST);
        }
        copy(driver(), server.resolve("jdbc").resolve(driver().getFileName()));
        Path deployed = applications(folder).resolve("meowmx.war");
        copy(war, deployed);

        String script = BUILD.resolve("liberty/wlp/bin/server").toAbsolutePath().toString();
        ProcessBuilder builder = new ProcessBuilder("sh", script, "run", NAME);
        builder.environment().put("JVM_ARGS", JVM_OPTIONS);
        builder.environment().putAll(environment);
        builder.environment().put("WLP_USER_DIR", folder.toAbsolutePath().toString());
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new LibertyServer(folder, builder, port, deployed);
    }

    /** The configuration of server-config, for the Jakarta EE platform that the system property {@code liberty.platform} names. */
    private static String configuration() throws IOException {
        String platform = System.getProperty("liberty.platform", PLATFORM);
        return Files.readString(Path.of("server-config/liberty/server.xml")).replace(PLATFORM, platform);
    }

    /** Adds to the configuration, before the server starts. */
    static void configure(Path folder, Path... additions) {
        Path overrides = folder.resolve("servers").resolve(NAME).resolve("configDropins/overrides");
        try {
            for (Path addition : additions) {
                copy(addition, overrides.resolve(addition.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the user registry of the demo, before the server starts. */
    static void useRealm(Path folder, String xml) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("servers").resolve(NAME)).resolve(USERS), xml);
    }

    @Override
    public URI health(String path) {
        return uri(path);
    }

    @Override
    public boolean hasRefused() {
        return printed("CWWKZ0012I") > 0;
    }

    @Override
    public int deployments() {
        return printed("CWWKZ0001I") + printed("CWWKZ0003I");
    }

    @Override
    public boolean hasEndedInOrder() {
        boolean heldUp = printed("CWWKE1102W") > 0;
        return printed("CWWKE0036I") > 0 && !heldUp;
    }

    @Override
    public Stream<String> errors() {
        return log().lines().filter(line -> line.contains("[ERROR") || line.contains("J2CA"));
    }

    @Override
    Path trigger() {
        return war;
    }
}
