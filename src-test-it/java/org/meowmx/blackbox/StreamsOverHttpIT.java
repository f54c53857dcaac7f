package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.server.ServerKind;
import org.meowmx.server.SharedApplication;

/** Appends to streams and reads of them over HTTP, with all errors that they can have. */
@ExtendWith(SharedApplication.class)
class StreamsOverHttpIT {

    private static final String EVENT = "{\"type\":\"noted\",\"data\":{\"n\":1.50}}";

    private final Api writer = Api.as(SharedApplication.server(), "writer");
    private final String stream = "/streams/note/" + Api.newId();

    private static List<Long> versions(Answer answer) {
        return Stream.of(answer.json().get("events"))
                .flatMap(events -> events.findValues("version").stream())
                .map(JsonNode::asLong)
                .toList();
    }

    private void appended(int count) {
        String events = "[" + String.join(",", java.util.Collections.nCopies(count, EVENT)) + "]";
        assertThat(writer.post(stream, events).status()).isEqualTo(201);
    }

    @Test
    void one_event_is_appended_and_read_back() {
        String id = Api.newId();
        Answer appended = writer.post(stream, """
                {"type": "noted", "data": {"text": "ünï 🐈", "n": 12345678901234567890.5}, "id": "%s",
                 "metadata": {"user": "ann"}}""".formatted(id));

        assertThat(appended.status()).isEqualTo(201);
        assertThat(appended.header("ETag")).isEqualTo("\"1\"");
        assertThat(appended.location("Location").getPath()).isEqualTo("/api" + stream);
        assertThat(appended.json().get("version").asLong()).isEqualTo(1);
        assertThat(appended.json().get("repeated").asBoolean()).isFalse();

        Answer read = writer.get(appended.location("Location").toString());
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
        JsonNode event = read.json().get("events").get(0);
        assertThat(event.get("id").asText()).isEqualTo(id);
        assertThat(event.get("category").asText()).isEqualTo("note");
        assertThat(event.get("type").asText()).isEqualTo("noted");
        assertThat(event.get("version").asLong()).isEqualTo(1);
        assertThat(event.get("metadata").get("user").asText()).isEqualTo("ann");
        assertThat(event.get("data").get("text").asText()).isEqualTo("ünï 🐈");
        assertThat(read.body()).contains("12345678901234567890.5");
        assertThat(writer.get("/events/" + id).json()).isEqualTo(event);
    }

    @Test
    void the_context_of_the_request_is_in_the_metadata() {
        Answer appended = writer.post(
                stream,
                EVENT,
                "X-Correlation-Id",
                "request-7",
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        JsonNode metadata = appended.json().get("events").get(0).get("metadata");
        assertThat(appended.header("X-Correlation-Id")).isEqualTo("request-7");
        assertThat(metadata.get("correlationId").asText()).isEqualTo("request-7");
        assertThat(metadata.get("traceparent").asText())
                .as("WildFly begins a span of its own in the trace of the client")
                .matches(
                        ServerKind.ofTheBuild() == ServerKind.WILDFLY
                                ? "00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01"
                                : "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        assertThat(metadata.get("principal").asText()).isEqualTo("writer");
        assertThat(writer.get("/unknown").header("X-Correlation-Id")).hasSize(36);
    }

    @Test
    void a_request_with_an_idempotency_key_is_repeated_without_being_stored_twice() {
        String events = "[%1$s,%1$s]".formatted(EVENT);
        Answer first = writer.post(stream, events, "Idempotency-Key", "\"" + stream + "\"");
        Answer again = writer.post(stream, events, "Idempotency-Key", stream);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("events")).isEqualTo(first.json().get("events"));
        assertThat(writer.post(stream, "{\"type\":\"other\",\"data\":1}", "Idempotency-Key", stream)
                        .problem())
                .isEqualTo("event-id-conflict");
        assertThat(writer.post(stream, events, "Idempotency-Key", "k".repeat(256))
                        .problem())
                .isEqualTo("invalid-parameter");
    }

    @Test
    void many_events_are_appended_at_once_and_repeated_without_being_stored_twice() {
        String events = "[{\"type\":\"a\",\"data\":1,\"id\":\"%s\"},{\"type\":\"b\",\"data\":null,\"id\":\"%s\"}]"
                .formatted(Api.newId(), Api.newId());
        Answer first = writer.post(stream, events, "If-None-Match", "*");
        Answer again = writer.post(stream, events, "If-None-Match", "*");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("repeated").asBoolean()).isTrue();
        assertThat(again.json().get("events").findValuesAsText("position"))
                .isEqualTo(first.json().get("events").findValuesAsText("position"));
        assertThat(writer.get(stream).json().get("version").asLong()).isEqualTo(2);
    }

    @Test
    void expectations_are_kept() {
        assertThat(writer.post(stream, EVENT, "If-Match", "*").problem()).isEqualTo("wrong-expected-version");
        assertThat(writer.post(stream, EVENT, "If-Match", "\"0\"").status()).isEqualTo(201);
        assertThat(writer.post(stream, EVENT, "If-None-Match", "*").problem()).isEqualTo("wrong-expected-version");
        assertThat(writer.post(stream, EVENT, "If-Match", "\"1\"").header("ETag"))
                .isEqualTo("\"2\"");
        assertThat(writer.post(stream, EVENT, "If-Match", "*").header("ETag")).isEqualTo("\"3\"");
        assertThat(writer.post(stream, EVENT).header("ETag")).isEqualTo("\"4\"");

        Answer tooLow = writer.post(stream, EVENT, "If-Match", "\"3\"");
        assertThat(tooLow.status()).isEqualTo(412);
        assertThat(tooLow.json().get("expected").asText()).isEqualTo("version 3");
        assertThat(tooLow.json().get("actual").asLong()).isEqualTo(4);
        assertThat(writer.post(stream, EVENT, "If-Match", "\"9\"").status()).isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "\"-1\"", "\"3-4\"", "\"3\",\"4\"", "\"9223372036854775808\""})
    void an_expectation_that_cannot_be_understood_is_refused(String ifMatch) {
        Answer answer = writer.post(stream, EVENT, "If-Match", ifMatch);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("parameter").asText()).isEqualTo("If-Match");
    }

    @Test
    void a_known_event_id_is_a_conflict_when_the_event_is_another() {
        String event = "{\"type\":\"noted\",\"data\":1,\"id\":\"%s\"}".formatted(Api.newId());
        assertThat(writer.post(stream, event).status()).isEqualTo(201);

        assertThat(writer.post(stream, event.replace("\"data\":1", "\"data\":2"))
                        .problem())
                .isEqualTo("event-id-conflict");
        assertThat(writer.post("/streams/note/" + Api.newId(), event).status()).isEqualTo(409);
    }

    @Test
    void ranges_are_read_in_both_directions_and_page_by_page() {
        appended(5);

        assertThat(versions(writer.get(stream + "?from=2&to=4"))).containsExactly(2L, 3L, 4L);
        assertThat(versions(writer.get(stream + "?direction=backward&limit=2"))).containsExactly(5L, 4L);
        Answer page = writer.get(stream + "?limit=3");
        assertThat(versions(page)).containsExactly(1L, 2L, 3L);
        Answer next = writer.get(link(page));
        assertThat(versions(next)).containsExactly(4L, 5L);
        assertThat(next.header("Link")).isEmpty();
        Answer back = writer.get(stream + "?limit=3&direction=backward");
        assertThat(versions(writer.get(link(back)))).containsExactly(2L, 1L);
        assertThat(versions(writer.get(stream + "?at=2020-01-01T00:00:00Z"))).isEmpty();
        assertThat(versions(writer.get(stream + "?at=2120-01-01T00:00:00%2B01:00")))
                .hasSize(5);
    }

    static String link(Answer page) {
        assertThat(page.header("Link")).endsWith("; rel=\"next\"");
        return page.resolved(page.header("Link").replaceFirst("<(.*)>.*", "$1")).toString();
    }

    @Test
    void a_reader_who_is_up_to_date_gets_nothing_again() {
        appended(2);
        Answer read = writer.get(stream);

        Answer again = writer.get(stream, "If-None-Match", read.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        appended(1);
        assertThat(writer.get(stream, "If-None-Match", read.header("ETag")).status())
                .isEqualTo(200);
    }

    @Test
    void an_unknown_stream_is_empty_at_version_0() {
        Answer unknown = writer.get(stream);

        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.header("ETag")).isEqualTo("\"0\"");
        assertThat(unknown.json().get("events")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b", "..", "../../x", "%2F", "‏right-to-left", "a b+c;d=e?f#g\\h", "ü🐈", "'; drop table x;--"
            })
    void an_id_may_be_any_text(String id) {
        String path = "/streams/odd/" + Api.encoded(id).replace(".", "%2E");

        assertThat(writer.post(path, EVENT).json().get("streamId").asText()).isEqualTo(id);
        JsonNode read = writer.get(path).json();
        assertThat(read.get("streamId").asText()).isEqualTo(id);
        assertThat(read.get("version").asLong()).isPositive();
    }

    static Stream<Arguments> badNames() {
        return Stream.of(
                Arguments.of("category", "/streams/%20/1"),
                Arguments.of("category", "/streams/" + "x".repeat(300) + "/1"),
                Arguments.of("id", "/streams/note/" + "x".repeat(300)));
    }

    @ParameterizedTest
    @MethodSource("badNames")
    void a_category_or_id_that_breaks_a_rule_is_refused(String field, String path) {
        Answer answer = writer.post(path, EVENT);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("parameter").asText()).isEqualTo(field);
    }

    /** Open Liberty refuses the request itself, with its own body. */
    @Test
    void a_control_character_in_an_id_is_refused() {
        assertThat(writer.post("/streams/note/a%0Ab", EVENT).status()).isEqualTo(400);
    }

    static Stream<Arguments> badBodies() {
        return Stream.of(
                Arguments.of("{\"type\":\"a\",\"data\":", 400, "invalid-json", ""),
                Arguments.of("nonsense", 400, "invalid-json", ""),
                Arguments.of("", 400, "invalid-event", ""),
                Arguments.of("[]", 400, "invalid-event", ""),
                Arguments.of("7", 400, "invalid-event", ""),
                Arguments.of("{\"data\":1}", 400, "invalid-event", "/type"),
                Arguments.of("{\"type\":\"a\"}", 400, "invalid-event", "/data"),
                Arguments.of("{\"type\":\" \",\"data\":1}", 400, "invalid-event", "/type"),
                Arguments.of("{\"type\":\"%s\",\"data\":1}".formatted("x".repeat(300)), 400, "invalid-event", "/type"),
                Arguments.of("{\"type\":\"a\\u0007\",\"data\":1}", 400, "invalid-event", "/type"),
                Arguments.of("{\"type\":\"a\",\"data\":1,\"other\":1}", 400, "invalid-event", ""),
                Arguments.of("{\"type\":\"a\",\"data\":1,\"id\":\"7\"}", 400, "invalid-event", "/id"),
                Arguments.of("{\"type\":\"a\",\"data\":1,\"metadata\":{\"n\":1}}", 400, "invalid-event", "/metadata/n"),
                Arguments.of(
                        "{\"type\":\"a\",\"data\":1,\"metadata\":{\"%s\":\"\"}}".formatted("n".repeat(60_000)),
                        400,
                        "invalid-event",
                        "/metadata"),
                Arguments.of(
                        "{\"type\":\"a\",\"data\":1,\"metadata\":{\"correlationId\":\"%s\"}}"
                                .formatted("c".repeat(8_000)),
                        400,
                        "invalid-event",
                        "/metadata/correlationId"),
                Arguments.of("{\"type\":\"a\",\"data\":{\"n\":0e-9999}}", 400, "invalid-event", "/data/n"),
                Arguments.of(
                        "{\"type\":\"a\",\"data\":{\"k\":{\"t\":\"\\u0000\"}}}", 400, "invalid-event", "/data/k/t"),
                Arguments.of("{\"type\":\"a\",\"data\":[\"\\ud800\"]}", 400, "invalid-event", "/data/0"),
                Arguments.of("{\"type\":\"a\",\"data\":{\"k\":1,\"k\":2}}", 400, "invalid-event", "/data/k"),
                Arguments.of("{\"type\":\"a\",\"data\":{\"k\":1e400}}", 400, "invalid-event", "/data/k"),
                Arguments.of(
                        "[{\"type\":\"a\",\"data\":1},{\"type\":\"a\",\"data\":{\"k\":1e400}}]",
                        400,
                        "invalid-event",
                        "/1/data/k"),
                Arguments.of(
                        "[%1$s,%1$s]"
                                .formatted(
                                        "{\"type\":\"a\",\"data\":1,\"id\":\"01a21359-68bf-7605-bbd6-008701ed83b3\"}"),
                        400,
                        "invalid-event",
                        "/id"),
                Arguments.of(
                        "[" + "{\"type\":\"a\",\"data\":1},".repeat(10_000) + "{\"type\":\"a\",\"data\":1}]",
                        413,
                        "too-large",
                        null),
                Arguments.of("{\"type\":\"a\",\"data\":\"" + "x".repeat(2_000_000) + "\"}", 413, "too-large", null));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void a_body_that_breaks_a_rule_is_refused(String body, int status, String problem, String field) {
        Answer answer = writer.post(stream, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        if (problem.equals("invalid-event")) {
            assertThat(answer.json().get("field").asText()).isEqualTo(field);
        }
        assertThat(answer.body())
                .doesNotContain("nonsense")
                .doesNotContain("java.")
                .doesNotContain("\tat ");
        assertThat(writer.get(stream).json().get("version").asLong())
                .as("nothing was stored")
                .isZero();
    }

    @Test
    void nesting_without_end_is_refused() {
        String deep = "[".repeat(20_000) + "]".repeat(20_000);
        Answer answer = writer.post(stream, "{\"type\":\"a\",\"data\":%s}".formatted(deep));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").asText()).contains("is nested deeper than 500 levels");
    }

    @Test
    void a_body_that_is_sent_in_pieces_is_bounded_too() {
        byte[] piece = "x".repeat(64 * 1024).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Answer answer = Api.send(
                writer.request(stream).header("Content-Type", "application/json"),
                "POST",
                BodyPublishers.ofByteArrays(java.util.Collections.nCopies(40, piece)));

        assertThat(answer.status()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit",
        "limit=-1,limit",
        "limit=1000000000,limit",
        "limit=many,limit",
        "from=0,from",
        "to=x,to",
        "direction=up,direction",
        "at=yesterday,at"
    })
    void a_parameter_that_breaks_a_rule_is_refused(String query, String parameter) {
        Answer answer = writer.get(stream + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-parameter");
        assertThat(answer.json().get("parameter").asText()).isEqualTo(parameter);
    }

    @Test
    void other_forms_and_methods_are_not_understood() {
        assertThat(Api.send(
                                writer.request(stream).header("Content-Type", "application/xml"),
                                "POST",
                                BodyPublishers.ofString("<a/>"))
                        .problem())
                .isEqualTo("unsupported-media-type");
        assertThat(writer.get(stream, "Accept", "text/html").problem()).isEqualTo("not-acceptable");
        assertThat(Api.send(
                                writer.request(stream).header("Content-Type", "application/json"),
                                "PUT",
                                BodyPublishers.ofString(EVENT))
                        .problem())
                .isEqualTo("method-not-allowed");
        assertThat(writer.get("/nothing").problem()).isEqualTo("not-found");
    }

    @Test
    void what_is_markup_is_stored_as_the_text_that_it_is() throws IOException {
        String hostile = "<img src=x onerror=alert(1)></script><script>alert(1)</script>javascript:alert(1)";
        String json = Api.JSON.writeValueAsString(hostile);
        String path = "/streams/note/" + Api.encoded(hostile);
        String body = "{\"type\":%1$s,\"data\":{%1$s:%1$s},\"metadata\":{%1$s:%1$s}}".formatted(json);

        assertThat(writer.post(path, body).status()).isEqualTo(201);
        Answer read = writer.get(path);
        assertThat(read.header("Content-Type")).startsWith("application/json");
        JsonNode event = read.json().get("events").get(0);
        assertThat(event.get("type").asText()).isEqualTo(hostile);
        assertThat(event.get("data").get(hostile).asText()).isEqualTo(hostile);
        assertThat(event.get("metadata").get(hostile).asText()).isEqualTo(hostile);
    }
}
