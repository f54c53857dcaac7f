package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.Http;
import org.meowmx.server.PostgreSqlServer;

/**
 * An application of a user's own on a server: the library's jar in {@code WEB-INF/lib}, observers and a persistence unit in its
 * classes. {@code OrdersIT} has them in a jar.
 */
class ConsumerIT {

    private static final Path BUILD = Path.of("target");

    /** On WildFly, Jackson in WEB-INF/lib must not replace JSON-B. */
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <context-param>
                <param-name>resteasy.preferJacksonOverJsonB</param-name>
                <param-value>false</param-value>
              </context-param>
            </web-app>""";

    @TempDir
    static Path folder;

    private static Path application() throws IOException {
        Path war = folder.resolve("consumer.war");
        try (OutputStream file = Files.newOutputStream(war);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            add(zip, BUILD.resolve("meowmx.jar"), "WEB-INF/lib/meowmx.jar");
            addAll(zip, BUILD.resolve("meowmx/WEB-INF/lib"), "WEB-INF/lib/");
            addAll(zip, BUILD.resolve("demo-classes"), "WEB-INF/classes/");
            zip.putNextEntry(new ZipEntry("WEB-INF/web.xml"));
            zip.write(WEB_XML.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return war;
    }

    private static void addAll(ZipOutputStream zip, Path from, String to) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(from)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            add(zip, file, to + from.relativize(file));
        }
    }

    private static void add(ZipOutputStream zip, Path file, String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
    }

    @Test
    void observers_in_its_classes_are_found_and_nothing_of_ours_is_published() throws IOException {
        try (PostgreSqlServer database = PostgreSqlServer.start()) {
            Map<String, String> environment = new HashMap<>(ApplicationServer.database(database, database.database()));
            environment.put("MEOWMX_SCHEMA_MODE", "migrate");
            try (ApplicationServer server =
                    ApplicationServer.start(folder.resolve("server"), application(), environment)) {
                server.awaitReady("/demo/shipments", Duration.ofMinutes(2));

                assertObserversAreCalled(server);
                for (String path : List.of("/api/status", "/", "/index.html", "/webjars/", "/problems/401.problem")) {
                    assertThat(Http.get(server.uri(path)).statusCode()).as(path).isIn(403, 404);
                }
                assertThat(server.errors()).isEmpty();
            }
        }
    }

    private static void assertObserversAreCalled(ApplicationServer server) {
        String order = Http.post(server.uri("/demo/orders"), "{\"customer\":\"ann\",\"total\":1}")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(Http.post(URI.create(order + "/shipment"), "").statusCode()).isEqualTo(204);
        String id = order.substring(order.lastIndexOf('/') + 1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> Http.get(server.uri("/demo/shipments")).body().contains(id));
    }
}
