package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.SharedApplication;

/** Import and export over HTTP. */
@ExtendWith(SharedApplication.class)
class TransferOverHttpIT {

    private static final Path HISTORY = Path.of("../shared/data/history.ndjson.gz");

    private final Api writer = Api.as(SharedApplication.server(), "writer");
    private final String category = "transfer-" + Api.newId();

    private Answer send(BodyPublisher body) {
        return Api.send(writer.request("/events").header("Content-Type", "application/x-ndjson"), "POST", body);
    }

    private Answer send(List<String> lines) {
        return send(BodyPublishers.ofString(String.join("\n", lines) + "\n"));
    }

    private String line(int number) {
        return ("{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/test\",\"type\":\"noted\",\"category\":\"%s\","
                        + "\"subject\":\"%d\",\"time\":\"2024-05-01T00:00:00.%06dZ\","
                        + "\"metadata\":\"{\\\"user\\\":\\\"ann\\\"}\",\"data\":{\"n\":%d}}")
                .formatted(UUID.randomUUID(), category, number % 7, number, number);
    }

    private List<String> lines(int count) {
        return Stream.iterate(1, n -> n + 1).limit(count).map(this::line).toList();
    }

    private List<ObjectNode> exported() throws IOException {
        Answer export = writer.get("/events/export?category=" + category);
        assertThat(export.header("Content-Type")).startsWith("application/x-ndjson");
        List<ObjectNode> events = new ArrayList<>();
        for (String line : export.body().lines().toList()) {
            events.add((ObjectNode) Api.JSON.readTree(line));
        }
        return events;
    }

    private static void assertCounts(Answer answer, int lines, int stored, int known) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("lines").asInt()).isEqualTo(lines);
        assertThat(answer.json().get("stored").asInt()).isEqualTo(stored);
        assertThat(answer.json().get("known").asInt()).isEqualTo(known);
    }

    @Test
    void what_is_imported_keeps_its_order_ids_times_and_metadata() throws IOException {
        List<String> lines = lines(2_500);
        assertCounts(send(lines), 2_500, 2_500, 0);

        List<ObjectNode> events = exported();
        assertThat(events).hasSize(2_500);
        for (int i = 0; i < events.size(); i++) {
            JsonNode sent = Api.JSON.readTree(lines.get(i));
            for (String field : List.of("id", "type", "category", "subject", "metadata", "data")) {
                assertThat(events.get(i).get(field)).as(field).isEqualTo(sent.get(field));
            }
            assertThat(java.time.Instant.parse(events.get(i).get("time").asText()))
                    .isEqualTo(java.time.Instant.parse(sent.get("time").asText()));
        }
        assertThat(writer.get("/streams/%s/3".formatted(category))
                        .json()
                        .get("version")
                        .asLong())
                .isEqualTo(events.stream()
                        .filter(event -> event.get("subject").asText().equals("3"))
                        .count());
    }

    @Test
    void repeating_an_import_stores_nothing_twice_wherever_it_was_broken_off() throws IOException {
        List<String> lines = lines(1_500);
        assertCounts(send(lines.subList(100, 300)), 200, 200, 0);
        assertCounts(send(lines.subList(100, 700)), 600, 400, 200);
        assertCounts(send(lines.subList(0, 1_500)), 1_500, 900, 600);
        assertCounts(send(lines), 1_500, 0, 1_500);

        assertThat(exported()).hasSize(1_500);
    }

    @Test
    void a_line_that_is_there_twice_is_stored_once() throws IOException {
        List<String> lines = lines(10);
        List<String> twice = new ArrayList<>(lines);
        twice.add(3, lines.get(2));
        twice.addAll(lines);

        assertCounts(send(twice), 21, 10, 11);
        assertThat(exported()).hasSize(10);
    }

    @Test
    void a_bad_line_says_where_it_is_and_how_far_the_import_came() {
        List<String> lines = new ArrayList<>(lines(1_400));
        lines.set(1_200, "{\"specversion\":\"1.0\"}");
        Answer answer = send(lines);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-event");
        assertThat(answer.json().get("line").asInt()).isEqualTo(1_201);
        assertThat(answer.json().get("fromLine").asInt()).isEqualTo(1_001);
        assertThat(answer.json().get("stored").asInt()).isEqualTo(1_000);
        lines.set(1_200, line(1_201));
        assertCounts(send(lines), 1_400, 400, 1_000);
    }

    @Test
    void a_known_id_with_other_content_stops_the_import() {
        List<String> lines = lines(10);
        assertCounts(send(lines), 10, 10, 0);
        Answer answer = send(List.of(line(11), lines.get(4).replace("\"n\":5", "\"n\":6")));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("event-id-conflict");
        assertThat(answer.json().get("line").asInt()).isEqualTo(2);
        assertThat(answer.json().get("stored").asInt()).isZero();
    }

    @Test
    void whoever_refuses_a_line_its_number_and_its_field_are_answered() {
        String large = "x".repeat(17_000);
        assertRefused("{\"specversion\":", "invalid-json", "", "Not JSON at line 4, column ");
        assertRefused(line(3).replace("\"n\":3", "\"n\":1e400"), "invalid-event", "/data/n", "outside the range");
        assertRefused(withMetadata("{\"user\":\"" + large + "\"}"), "invalid-event", "/metadata", "16384 are allowed");
        assertRefused(
                withMetadata("\"{\\\"user\\\":\""), "invalid-event", "/metadata", "is not JSON at line 1, column ");
        assertRefused(withMetadata("7"), "invalid-event", "/metadata", "must be an object");
        assertThat(writer.get("/events/export?category=" + category).body()).isEmpty();
    }

    private static String withMetadata(String json) {
        return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/m\",\"type\":\"t\",\"category\":\"refused\",\"subject\":\"1\",\"metadata\":%s}"
                .formatted(Api.newId(), json);
    }

    /** Asserts that a line is refused, as the fourth line after a blank one, and alone. */
    private void assertRefused(String line, String problem, String field, String detail) {
        for (List<String> lines : List.of(List.of(line(1), "", line(2), line, line(4)), List.of("", "", "", line))) {
            Answer answer = send(lines);
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo(problem);
            assertThat(answer.json().path("field").asText()).isEqualTo(field);
            assertThat(answer.json().get("detail").asText()).contains(detail);
            assertThat(answer.json().get("line").asInt()).isEqualTo(4);
            assertThat(answer.json().get("fromLine").asInt()).isEqualTo(1);
        }
    }

    @Test
    void an_event_beyond_the_limit_or_in_another_form_is_refused() {
        assertThat(send(List.of("x".repeat(2_100_000))).status()).isEqualTo(413);
        Answer notUtf8 = send(BodyPublishers.ofByteArray(new byte[] {'\n', (byte) 0xff, '\n'}));
        assertThat(notUtf8.problem()).isEqualTo("invalid-json");
        assertThat(notUtf8.json().get("line").asInt()).isEqualTo(2);
        assertThat(writer.post("/events", line(1)).status()).isEqualTo(415);
        assertCounts(send(BodyPublishers.noBody()), 0, 0, 0);
    }

    /** The body is far larger than one of an append may be. */
    @Test
    void a_real_history_comes_back_as_it_went_in() throws IOException {
        Assumptions.assumeTrue(Files.isReadable(HISTORY), "skipped: " + HISTORY + " is not beside the checkout");
        assertCounts(send(BodyPublishers.ofInputStream(TransferOverHttpIT::history)), 39_205, 39_205, 0);

        try (InputStream export = writer.open("/events/export?category=file").body();
                Stream<String> sent = new java.io.BufferedReader(new java.io.InputStreamReader(history())).lines();
                Stream<String> back = new java.io.BufferedReader(new java.io.InputStreamReader(export)).lines()) {
            var expected = sent.iterator();
            back.forEach(line -> assertSame(line, expected.next()));
            assertThat(expected).isExhausted();
        }
        assertCounts(send(BodyPublishers.ofInputStream(TransferOverHttpIT::history)), 39_205, 0, 39_205);
    }

    /** Exports everything that earlier tests have written, and a text with special characters. */
    @Test
    @Tag("one-server")
    void what_is_exported_makes_the_same_log_elsewhere(@TempDir Path folder) throws IOException {
        String hostile =
                Api.JSON.writeValueAsString("<img src=x onerror=alert(1)></script>'; drop table \u202e ünï 🐈");
        String event = "{\"type\":%1$s,\"data\":{%1$s:%1$s},\"metadata\":{%1$s:%1$s}}".formatted(hostile);
        assertThat(writer.post("/streams/%s/1".formatted(category), event).status())
                .isEqualTo(201);
        List<String> here = writer.get("/events/export")
                .body()
                .lines()
                .filter(line -> !line.contains("\"category\":\"meowmx-operation\""))
                .toList();
        Map<String, String> environment =
                new HashMap<>(ApplicationServer.database(PostgreSqlServer.sharedWithDatabase()));
        environment.put("MEOWMX_SCHEMA_MODE", "migrate");
        environment.put("MEOWMX_SUBSCRIPTION_ENABLED", "false");
        try (ApplicationServer server =
                ApplicationServer.start(folder, ApplicationServer.warWithSample(), environment)) {
            server.awaitReady("/demo/shipments", Duration.ofMinutes(2));
            Api other = Api.as(server, "writer");
            Answer imported = Api.send(
                    other.request("/events").header("Content-Type", "application/x-ndjson"),
                    "POST",
                    BodyPublishers.ofString(String.join("\n", here)));
            assertCounts(imported, here.size(), here.size(), 0);

            List<String> there = other.get("/events/export").body().lines().toList();
            assertThat(there).hasSameSizeAs(here);
            for (int i = 0; i < here.size(); i++) {
                assertThat(withoutPlace(there.get(i))).isEqualTo(withoutPlace(here.get(i)));
            }
        }
    }

    /** The position depends on the gaps of the log that an event is in. */
    private static JsonNode withoutPlace(String line) throws IOException {
        return ((ObjectNode) Api.JSON.readTree(line)).without(List.of("position"));
    }

    private static void assertSame(String exported, String sent) {
        try {
            JsonNode back = Api.JSON.readTree(exported);
            JsonNode expected = Api.JSON.readTree(sent);
            assertThat(back.get("id")).isEqualTo(expected.get("id"));
            assertThat(back.get("subject")).isEqualTo(expected.get("subject"));
            assertThat(back.get("data")).isEqualTo(expected.get("data"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static InputStream history() {
        try {
            return new GZIPInputStream(Files.newInputStream(HISTORY));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
