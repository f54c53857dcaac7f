package org.meowmx.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.SharedApplication;

/** CloudEvents and HTTP as producers, proxies and browsers send them. */
@ExtendWith(SharedApplication.class)
class InteropOverHttpIT {

    private static final String LINES = "application/x-ndjson";
    private static final String EVENT_TYPE = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String EVENT = "{\"type\":\"noted\",\"data\":{}}";

    private final Api writer = Api.as(SharedApplication.server(), "writer");
    private final String category = "interop-" + Api.newId();

    private Answer send(Api api, String path, String type, byte[] body, String... headers) {
        HttpRequest.Builder request = api.request(path);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return Api.send(request, "POST", BodyPublishers.ofByteArray(body), headers);
    }

    private Answer send(String path, String type, String body, String... headers) {
        return send(writer, path, type, body.getBytes(UTF_8), headers);
    }

    private static List<String> lines(String resource) {
        try (InputStream lines = Objects.requireNonNull(
                InteropOverHttpIT.class.getResourceAsStream("/org/meowmx/cloudevents/" + resource))) {
            return new String(lines.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of the kind that other producers send, in categories and with sources that no other test has. */
    private List<String> foreign() {
        String own = category.substring(category.length() - 12);
        return lines("foreign.ndjson").stream()
                .map(line -> line.replaceAll("\"category\":\"(\\w+)\"", "\"category\":\"" + category + "\"")
                        .replaceAll("c1a5f5f2-7a4e-4a63-9a58-1f2b8a9c(\\d{4})", Api.newId())
                        .replaceAll(
                                "C1A5F5F2-7A4E-4A63-9A58-1F2B8A9C(\\d{4})",
                                Api.newId().toUpperCase())
                        .replaceAll("\"source\":\"([^\"]*)\"", "\"source\":\"$1/" + own + "\""))
                .toList();
    }

    private String event(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/s/%s\",\"type\":\"t\",\"category\":\"%s\",\"subject\":\"1\",\"data\":1}"
                .formatted(id, category, category);
    }

    private static void assertCounts(Answer answer, int lines, int stored) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("lines").asInt()).isEqualTo(lines);
        assertThat(answer.json().get("stored").asInt()).isEqualTo(stored);
        assertThat(answer.json().get("known").asInt()).isEqualTo(lines - stored);
    }

    private List<String> exported() {
        return writer.get("/events/export?category=" + category).body().lines().toList();
    }

    @Test
    void events_of_other_producers_are_kept_and_given_back() throws IOException {
        List<String> sent = foreign();
        assertCounts(send("/events", LINES, "\uFEFF" + String.join("\n", sent)), sent.size(), sent.size());
        assertCounts(send("/events", LINES, String.join("\n", sent)), sent.size(), 0);

        List<String> back = exported();
        assertThat(back).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            assertGivenBack(sent.get(i), back.get(i));
        }
        assertThat(back.get(9)).contains("\"time\":\"2016-12-31T23:59:59.999999Z\"");
        assertThat(back.get(10)).contains("\"time\":\"2023-07-01T00:00:00.987654Z\"");
        assertThat(back.get(14)).contains("\\\"attempt\\\":\\\"2\\\"");
        assertThat(back.get(15)).contains("2.50", "9007199254740993", "0.1234567890123456789");
    }

    private static void assertGivenBack(String sent, String exported) throws IOException {
        ObjectNode expected = (ObjectNode) Api.JSON.readTree(sent);
        JsonNode actual = Api.JSON.readTree(exported);
        for (String member : List.of("data", "data_base64")) {
            assertThat(actual.has(member)).as(member).isEqualTo(expected.has(member));
            if (expected.has(member)) {
                assertThat(expected.get(member).equals(InteropOverHttpIT::compared, actual.get(member)))
                        .as("%s of %s", member, exported)
                        .isTrue();
            }
        }
        expected.without(List.of("time", "metadata", "data")).properties().forEach(field -> assertThat(
                        actual.get(field.getKey()))
                .as(field.getKey())
                .isEqualTo(field.getValue()));
    }

    /** PostgreSQL keeps the value of a number, not its exponent, and has no negative zero. */
    private static int compared(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue());
        }
        return left.equals(right) ? 0 : 1;
    }

    @Test
    @Tag("one-server")
    void an_export_has_the_same_bytes_after_an_import_elsewhere(@TempDir Path first, @TempDir Path second) {
        List<String> sent = new ArrayList<>(foreign());
        List<String> exported;
        try (ApplicationServer server = started(first)) {
            Api api = Api.as(server, "writer");
            assertThat(send(api, "/streams/here/1", "application/json", EVENT.getBytes(UTF_8))
                            .status())
                    .isEqualTo(201);
            assertCounts(
                    send(api, "/events", LINES, String.join("\n", sent).getBytes(UTF_8)), sent.size(), sent.size());
            exported = api.get("/events/export").body().lines().toList();
        }
        try (ApplicationServer server = started(second)) {
            Api api = Api.as(server, "writer");
            assertCounts(
                    send(api, "/events", LINES, String.join("\n", exported).getBytes(UTF_8)),
                    exported.size(),
                    exported.size());
            assertThat(api.get("/events/export").body().lines().toList()).isEqualTo(exported);
        }
    }

    private static ApplicationServer started(Path folder) {
        Map<String, String> environment =
                new HashMap<>(ApplicationServer.database(PostgreSqlServer.sharedWithDatabase()));
        environment.put("MEOWMX_SCHEMA_MODE", "migrate");
        environment.put("MEOWMX_SUBSCRIPTION_ENABLED", "false");
        return ApplicationServer.start(folder, ApplicationServer.warWithSample(), environment)
                .awaitReady("/demo/shipments", Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {LINES, "application/ndjson", "application/jsonl", "Application/JSONL; charset=utf-8"})
    void lines_have_three_names(String type) {
        assertCounts(send("/events", type, event("1") + "\n" + event("2")), 2, 2);

        Answer export = writer.get("/events/export?category=" + category, "Accept", type);
        assertThat(export.header("Content-Type").toLowerCase())
                .startsWith(type.toLowerCase().split(";")[0]);
        assertThat(export.body().lines()).hasSize(2);
    }

    @Test
    void one_event_is_imported_and_read_as_a_cloud_event() throws IOException {
        assertCounts(send("/events", EVENT_TYPE + "; charset=UTF-8", "\uFEFF" + event("x-1")), 1, 1);

        JsonNode exported = Api.JSON.readTree(exported().get(0));
        String id = writer.get("/events?category=" + category)
                .json()
                .at("/events/0/id")
                .asText();
        Answer read = writer.get("/events/" + id, "Accept", EVENT_TYPE);
        assertThat(read.header("Content-Type")).startsWith(EVENT_TYPE);
        assertThat(read.json()).isEqualTo(exported);
        assertThat(read.json().get("id").asText()).isEqualTo("x-1");
        assertThat(writer.get("/events/" + id).header("Content-Type")).startsWith("application/json");
    }

    @Test
    void a_batch_is_stored_as_a_whole_or_not_at_all() {
        Answer refused = send(
                "/events", BATCH, "[%s,%s]".formatted(event("1"), event("2").replace("\"type\":\"t\",", "")));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("field").asText()).isEqualTo("/1/type");
        String other = event("1").replace("\"data\":1", "\"data\":2");
        assertThat(send("/events", BATCH, "[%s,%s,%s]".formatted(event("3"), event("1"), other))
                        .problem())
                .isEqualTo("event-id-conflict");
        String invalid = event("2").replace("\"data\":1", "\"data\":1e400");
        assertThat(field(send("/events", BATCH, "[%s,%s]".formatted(event("1"), invalid))))
                .isEqualTo("/1/data");
        assertThat(field(send("/events", BATCH, "[%s]".formatted(invalid)))).isEqualTo("/data");
        assertThat(field(send("/events", EVENT_TYPE, invalid))).isEqualTo("/data");
        assertThat(exported()).isEmpty();

        assertCounts(send("/events", BATCH, "[%s,%s]".formatted(event("1"), event("2"))), 2, 2);
        assertCounts(send("/events", BATCH, "[]"), 0, 0);
    }

    private static String field(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        return answer.json().get("field").asText();
    }

    @Test
    void a_batch_that_is_small_only_in_gzip_is_refused_by_its_number_of_events() throws IOException {
        String event = event("1").replace(category, "x");
        byte[] batch = gzip(("[" + event + ("," + event).repeat(10_000) + "]").getBytes(UTF_8));
        Answer answer = send(writer, "/events", BATCH, batch, "Content-Encoding", "gzip");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("limit").asInt()).isEqualTo(10_000);
    }

    @Test
    void a_uuid_of_another_source_is_a_conflict() {
        String id = Api.newId();
        assertCounts(send("/events", LINES, event(id)), 1, 1);
        assertCounts(send("/events", LINES, event(id)), 1, 0);
        Answer other = send("/events", LINES, event(id).replace("\"/s/", "\"/other/"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.problem()).isEqualTo("event-id-conflict");
        assertThat(other.json().get("line").asInt()).isEqualTo(1);
    }

    @Test
    void an_export_answers_batches_page_by_page() throws IOException {
        assertCounts(send("/events", BATCH, "[%s,%s,%s]".formatted(event("1"), event("2"), event("3"))), 3, 3);

        Answer first = writer.get("/events/export?limit=2&category=" + category, "Accept", BATCH);
        assertThat(first.header("Content-Type")).startsWith(BATCH);
        Answer second = writer.get(StreamsOverHttpIT.link(first), "Accept", BATCH);
        List<JsonNode> events = new ArrayList<>();
        first.json().forEach(events::add);
        second.json().forEach(events::add);
        assertThat(events).extracting(event -> event.get("id").asText()).containsExactly("1", "2", "3");
        assertThat(second.header("Link")).isEmpty();
        for (String limit : List.of("2", "5000")) {
            Answer refused = writer.get("/events/export?limit=%s&category=%s".formatted(limit, category));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().get("parameter").asText()).isEqualTo("limit");
        }
    }

    @Test
    void an_event_is_imported_in_binary_content_mode() throws IOException {
        String path = "/events?subject=7&category=" + category;
        String[] headers = {
            "ce-specversion", "1.0",
            "ce-id", "b-1",
            "ce-source", "/bin/" + category,
            "ce-type", "t",
            "ce-note", "Euro%20%E2%82%AC"
        };
        assertCounts(send(path, "application/json", "{\"a\":1}", headers), 1, 1);
        headers[3] = "b-2";
        assertCounts(send(path, "text/plain", "grüß dich", headers), 1, 1);
        headers[3] = "b-3";
        assertCounts(send(writer, path, "image/png", new byte[] {1, 2, 3}, headers), 1, 1);
        headers[3] = "b-4";
        assertCounts(send(path, "", "", headers), 1, 1);
        headers[3] = "b-5";
        assertCounts(send(path, LINES, "{}\n{}", headers), 1, 1);

        List<String> back = exported();
        assertThat(back.get(0))
                .contains(
                        "\"subject\":\"7\"",
                        "\"note\":\"Euro €\"",
                        "\"data\":{\"a\":",
                        "\"datacontenttype\":\"application/json\"");
        assertThat(back.get(1)).contains("\"data\":\"grüß dich\"", "\"datacontenttype\":\"text/plain\"");
        assertThat(back.get(2)).contains("\"data_base64\":\"AQID\"");
        assertThat(back.get(3)).doesNotContain("\"data");
        assertThat(back.get(4)).contains("\"data_base64\"", "\"datacontenttype\":\"" + LINES + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|415",
                "application/xml|415",
                "application/cloudevents+avro|415",
                "application/cloudevents-batch+avro|415"
            })
    void other_content_types_are_refused_with_the_possible_ones(String type, int status) {
        Answer answer = send("/events", type, event("1"), "X-Requested-With", "test");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
        assertThat(answer.json().get("detail").asText()).contains(LINES, BATCH, "ce-specversion");
    }

    @Test
    void a_stream_can_be_given_to_all_events() {
        String bare = event("1").replace("\"category\":\"%s\",\"subject\":\"1\",".formatted(category), "");
        Answer without = send("/events", LINES, bare);
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.json().get("field").asText()).isEqualTo("/category");
        assertThat(without.json().get("detail").asText()).contains("query parameter category");

        assertCounts(send("/events?category=%s&subject=all".formatted(category), LINES, bare), 1, 1);
        assertThat(writer.get("/stream?category=%s&id=all".formatted(category))
                        .json()
                        .get("version")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"partitionKey\":\"7\"||has the attribute 'partitionKey'",
                "\"correlationid\":\"7\"|/correlationid|correlationId",
                "\"region\":[]|/region|must be a string",
                "\"region\":\"a\",\"metadata\":{\"ce-region\":\"b\"}|/region|'ce-region' in the metadata"
            })
    void an_attribute_that_breaks_a_rule_is_named_with_its_line(String attribute, String field, String detail) {
        Answer answer = send("/events", LINES, event("1") + "\n" + event("2").replace("\"data\":1", attribute));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("field").asText()).isEqualTo(field == null ? "" : field);
        assertThat(answer.json().get("detail").asText()).contains(detail);
        assertThat(answer.json().get("line").asInt()).isEqualTo(2);
        assertThat(exported()).isEmpty();
    }

    /** nginx and httpd change a tag when they compress an answer. */
    @Test
    void a_version_is_recognised_in_a_tag_that_a_proxy_has_changed() {
        String stream = "/streams/%s/1".formatted(category);
        assertThat(writer.post(stream, EVENT, "If-Match", "W/\"0\"").status()).isEqualTo(201);
        assertThat(writer.post(stream, EVENT, "If-Match", "W/\"1\"").status()).isEqualTo(201);
        assertThat(writer.post(stream, EVENT, "If-Match", "\"2-gzip\"").status())
                .isEqualTo(201);
        assertThat(writer.post(stream, EVENT, "If-Match", "\"2-gzip\"").status())
                .isEqualTo(412);
        assertThat(writer.get(stream, "If-None-Match", "W/\"3\"").status()).isEqualTo(304);
        assertThat(writer.get(stream, "If-None-Match", "\"3-gzip\"").status()).isEqualTo(304);
    }

    @Test
    void a_plus_in_a_time_need_not_be_encoded() {
        String stream = "/streams/%s/1".formatted(category);
        writer.post(stream, EVENT);
        assertThat(writer.get(stream + "?at=2120-01-31T12:00:00+02:00")
                        .json()
                        .get("version")
                        .asInt())
                .isEqualTo(1);
        assertThat(writer.get(stream + "?at=2020-01-31T12:00:00%2B02:00")
                        .json()
                        .get("version")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a/b", "../../x", "%2F", "a b+c;d=e?f#g\\h", "a:b", "‏right-to-left", "ü🐈"})
    void a_stream_of_any_id_has_an_address_without_path_segments(String id) {
        String address = "/stream?category=%s&id=%s".formatted(category, Api.encoded(id));
        Answer appended = writer.post(address, "[%1$s,%1$s,%1$s]".formatted(EVENT), "If-None-Match", "*");
        assertThat(appended.status()).as(appended.body()).isEqualTo(201);
        assertThat(appended.json().get("streamId").asText()).isEqualTo(id);
        assertThat(writer.get(appended.location("Location").toString())
                        .json()
                        .get("version")
                        .asInt())
                .isEqualTo(3);

        Answer page = writer.get(address + "&limit=2");
        assertThat(page.json().get("events")).hasSize(2);
        assertThat(writer.get(StreamsOverHttpIT.link(page)).json().get("events"))
                .hasSize(1);
        assertThat(writer.post(address, EVENT, "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(writer.get(address, "If-None-Match", "\"3\"").status()).isEqualTo(304);
    }

    @Test
    void the_address_without_path_segments_requires_both_names() {
        assertThat(writer.get("/stream?category=a").json().get("parameter").asText())
                .isEqualTo("id");
        assertThat(writer.get("/stream?id=a").json().get("parameter").asText()).isEqualTo("category");
        Api operator = Api.as(SharedApplication.server(), "operator");
        assertThat(operator.get("/parked-stream?subscription=shipping-list&category=a")
                        .status())
                .isEqualTo(400);
        assertThat(operator.get("/parked-stream?subscription=nobody&category=a&id=1")
                        .problem())
                .isEqualTo("unknown-subscription");
        assertThat(operator.get("/parked-stream?subscription=shipping-list&category=a&id=..")
                        .problem())
                .isEqualTo("not-found");
        for (String action : List.of("retry", "skip", "discard")) {
            Answer answer =
                    operator.post("/parked-stream/%s?subscription=shipping-list&category=a&id=..".formatted(action));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    /** A client resolves the references against an address to which a proxy has added a prefix. */
    @Test
    void references_are_right_after_a_proxy_that_adds_a_prefix() {
        String stream = "/streams/%s/a:b".formatted(category);
        Answer appended = writer.post(stream, "[%1$s,%1$s]".formatted(EVENT));
        URI outside = URI.create("https://shop.example/events-of/meowmx/api" + stream);
        assertThat(outside.resolve(appended.header("Location"))).isEqualTo(outside);

        Answer page = writer.get(stream + "?limit=1");
        String link = page.header("Link").replaceFirst("<(.*)>.*", "$1");
        URI next = outside.resolve(link);
        assertThat(next.getPath()).isEqualTo(outside.getPath());
        assertThat(next.getQuery()).contains("from=2");
    }

    @Test
    void head_of_an_export_answers_headers_only() {
        HttpRequest.Builder request = writer.request("/events/export");
        Answer answer = Api.send(request, "HEAD", BodyPublishers.noBody());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(LINES);
        assertThat(answer.body()).isEmpty();
        assertThat(Api.send(writer.request("/events/export?after=x"), "HEAD", BodyPublishers.noBody())
                        .status())
                .isEqualTo(400);
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    @Test
    void bodies_in_gzip_are_decoded() {
        String stream = "/streams/%s/gzip".formatted(category);
        Answer appended =
                send(writer, stream, "application/json", gzip(EVENT.getBytes(UTF_8)), "Content-Encoding", "gzip");
        assertThat(appended.status()).as(appended.body()).isEqualTo(201);
        String many = String.join("\n", List.of(event("1"), event("2")));
        assertCounts(send(writer, "/events", LINES, gzip(many.getBytes(UTF_8)), "Content-Encoding", "gzip"), 2, 2);
        String text = "x".repeat(50_000);
        Answer long_ = send(
                writer,
                stream,
                "application/json",
                gzip("{\"type\":\"a\",\"data\":\"%s\"}".formatted(text).getBytes(UTF_8)),
                "Content-Encoding",
                "gzip");
        assertThat(long_.json().at("/events/0/data").asText()).isEqualTo(text);
    }

    /** The limit of a body is 2,000,000 bytes here. */
    @Test
    void a_body_that_is_small_only_as_gzip_is_refused() {
        byte[] blanks = new byte[50_000_000];
        java.util.Arrays.fill(blanks, (byte) ' ');
        byte[] bomb = gzip(blanks);
        String stream = "/streams/%s/bomb".formatted(category);
        assertThat(send(writer, stream, "application/json", bomb, "Content-Encoding", "gzip")
                        .problem())
                .isEqualTo("too-large");
        assertThat(send(writer, "/events", BATCH, bomb, "Content-Encoding", "gzip")
                        .problem())
                .isEqualTo("too-large");
        assertThat(send(writer, "/events", LINES, bomb, "Content-Encoding", "gzip")
                        .problem())
                .isEqualTo("too-large");
        java.util.Arrays.fill(blanks, (byte) '\n');
        assertThat(send(writer, "/events", LINES, gzip(blanks), "Content-Encoding", "gzip")
                        .problem())
                .isEqualTo("too-large");
    }

    @Test
    void damaged_gzip_and_other_encodings_are_refused() {
        byte[] whole = gzip(event("1").getBytes(UTF_8));
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
        assertThat(send(writer, "/events", LINES, half, "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(400);
        Answer brotli = send(writer, "/events", LINES, whole, "Content-Encoding", "br");
        assertThat(brotli.status()).isEqualTo(415);
        assertThat(brotli.header("Accept-Encoding")).isEqualTo("gzip");
        assertThat(exported()).isEmpty();
    }

    @Test
    void long_answers_are_compressed_if_the_client_accepts_it() throws Exception {
        String stream = "/streams/%s/long".formatted(category);
        writer.post(stream, "{\"type\":\"a\",\"data\":\"%s\"}".formatted("x".repeat(100_000)));
        Answer plain = writer.get(stream);
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(plain.header("Vary")).containsIgnoringCase("Accept-Encoding");

        HttpResponse<byte[]> compressed = compressed(stream);
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(compressed.body()).hasSizeLessThan(5_000);
        assertThat(unzipped(compressed.body())).isEqualTo(plain.body());
        assertThat(compressed.headers().firstValue("ETag")).contains("W/" + plain.header("ETag"));
        assertThat(unzipped(compressed("/events/export?category=" + category).body()))
                .isEqualTo(writer.get("/events/export?category=" + category).body());
    }

    private HttpResponse<byte[]> compressed(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        writer.request(path)
                                .header("Accept-Encoding", "br;q=1, gzip;q=0.5")
                                .build(),
                        BodyHandlers.ofByteArray());
    }

    private static String unzipped(byte[] bytes) throws IOException {
        return new String(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), UTF_8);
    }
}
