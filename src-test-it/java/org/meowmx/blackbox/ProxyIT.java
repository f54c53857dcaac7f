package org.meowmx.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.server.Nginx;
import org.meowmx.server.SharedApplication;

/** The server through nginx, configured as the guide says: under a prefix, compressed, without delay. */
@EnabledIf(value = "org.meowmx.server.Nginx#isInstalled", disabledReason = "/usr/sbin/nginx is not installed")
@ExtendWith(SharedApplication.class)
class ProxyIT {

    private static final Path GUIDE = Path.of("docs/behind-a-proxy.md");
    private static final String EVENT = "{\"type\":\"noted\",\"data\":{}}";

    private static Nginx nginx;
    private static Nginx decoding;

    private final Api writer = Api.as(SharedApplication.server(), "writer");
    private final String category = "proxy-" + Api.newId();

    @BeforeAll
    static void start() throws IOException {
        Matcher block = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        assertThat(block.find()).isTrue();
        nginx = Nginx.before(SharedApplication.server(), block.group(1));
        decoding = Nginx.before(SharedApplication.server(), block.group(1).replace("$after_prefix;", "/;"));
    }

    @AfterAll
    static void stop() {
        nginx.close();
        decoding.close();
    }

    private static String through(Nginx proxy, String path) {
        return proxy.uri("/meowmx/api" + path).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "..", ".", "a/b", "../../x", "%2F", "a b+c;d=e?f#g", "ü🐈"})
    void a_stream_of_any_id_is_reached_by_the_address_without_path_segments(String id) {
        String address = "/stream?category=%s&id=%s".formatted(category, Api.encoded(id));
        for (Nginx proxy : new Nginx[] {nginx, decoding}) {
            Answer appended = writer.post(through(proxy, address), EVENT);
            assertThat(appended.status()).as(appended.body()).isEqualTo(201);
            assertThat(appended.json().get("streamId").asText()).isEqualTo(id);
        }
        Answer read = writer.get(through(nginx, address + "&limit=1"));
        assertThat(read.json().get("version").asInt()).isEqualTo(2);
        Answer next = writer.get(StreamsOverHttpIT.link(read));
        assertThat(next.response().uri().getPath()).startsWith("/meowmx/api/");
        assertThat(next.json().at("/events/0/version").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "a/b", "a:b", "%2F", "a b+c;d=e?f#g", "ü🐈"})
    void a_path_arrives_as_it_was_sent(String id) {
        String path = through(nginx, "/streams/%s/%s".formatted(category, Api.encoded(id)));
        Answer appended = writer.post(path, "[%1$s,%1$s]".formatted(EVENT));
        assertThat(appended.status()).as(appended.body()).isEqualTo(201);
        assertThat(appended.location("Location")).isEqualTo(URI.create(path));
        assertThat(writer.get(StreamsOverHttpIT.link(writer.get(path + "?limit=1")))
                        .json()
                        .at("/events/0/version")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_tag_that_nginx_has_weakened_is_the_version() {
        String path = through(nginx, "/streams/%s/1".formatted(category));
        writer.post(path, EVENT);
        Answer compressed = writer.get(path, "Accept-Encoding", "gzip");
        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        String tag = compressed.header("ETag");
        assertThat(tag).isEqualTo("W/\"1\"");

        assertThat(writer.get(path, "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(writer.post(path, EVENT, "If-Match", tag).status()).isEqualTo(201);
        assertThat(writer.post(path, EVENT, "If-Match", tag).status()).isEqualTo(412);
    }

    @Test
    void live_events_arrive_without_delay() {
        String address = through(nginx, "/events/live?category=" + category);
        HttpResponse<InputStream> live = writer.open(address, "Accept-Encoding", "gzip");
        assertThat(live.statusCode()).isEqualTo(200);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(live.body(), UTF_8))) {
                assertThat(lines.readLine()).startsWith(":");
                writer.post(through(nginx, "/streams/%s/1".formatted(category)), EVENT);
                String line = lines.readLine();
                while (!line.startsWith("data:")) {
                    line = lines.readLine();
                }
                assertThat(line).contains("\"noted\"");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openapi",
                "openapi/",
                "openapi;x=1",
                "openapi/ui",
                "%6Fpenapi",
                "/openapi",
                ";a/openapi",
                "api/../openapi",
                "health",
                "health/ready",
                "health;x"
            })
    void addresses_without_a_password_are_not_published(String address) {
        for (Nginx proxy : new Nginx[] {nginx, decoding}) {
            assertThat(writer.get(proxy.uri("/meowmx/") + address).status()).isEqualTo(404);
        }
    }

    @Test
    void an_import_of_any_size_passes() {
        String line =
                "{\"specversion\":\"1.0\",\"id\":\"%%d\",\"source\":\"/s\",\"type\":\"t\",\"category\":\"%s\",\"subject\":\"1\",\"data\":\"%s\"}"
                        .formatted(category, "x".repeat(1_000_000));
        String lines = IntStream.range(0, 36).mapToObj(line::formatted).collect(Collectors.joining("\n"));
        for (Nginx proxy : new Nginx[] {nginx, decoding}) {
            Answer answer = Api.send(
                    writer.request(through(proxy, "/events")).header("Content-Type", "application/x-ndjson"),
                    "POST",
                    BodyPublishers.ofString(lines));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().get("lines").asInt()).isEqualTo(36);
        }
        assertThat(writer.get(through(nginx, "/events?limit=1&category=" + category))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_console_is_served_under_the_prefix() {
        Answer console = writer.get(nginx.uri("/meowmx/").toString());
        assertThat(console.status()).isEqualTo(200);
        Matcher references = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(console.body());
        assertThat(references.results().map(reference -> reference.group(1)))
                .isNotEmpty()
                .noneMatch(reference -> reference.startsWith("/"))
                .allSatisfy(reference -> assertThat(
                                writer.get(console.resolved(reference).toString())
                                        .status())
                        .isEqualTo(200));
        assertThat(writer.get(through(nginx, "/status")).status()).isEqualTo(200);
    }
}
