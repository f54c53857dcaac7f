package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.Http;
import org.meowmx.server.SharedApplication;

/** The OpenAPI document has a schema for every answer, and real answers match it. */
@ExtendWith(SharedApplication.class)
class AnswersOverHttpIT {

    private static final ApplicationServer SERVER = SharedApplication.server();
    private static final Api OPERATOR = Api.as(SERVER, "operator");
    private static final Api WRITER = Api.as(SERVER, "writer");

    private static final JsonNode PROBLEM = Api.JSON.createObjectNode().put("$ref", "#/components/schemas/Problem");

    private static JsonNode document;

    @BeforeAll
    static void readDocument() throws IOException {
        document =
                Api.JSON.readTree(Http.get(SERVER.uri("/openapi?format=JSON")).body());
    }

    @Test
    void every_success_has_a_schema() {
        List<String> without = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                for (Map.Entry<String, JsonNode> answer :
                        operation.getValue().path("responses").properties()) {
                    boolean isEmpty = List.of("204", "304").contains(answer.getKey());
                    JsonNode content = answer.getValue().path("content");
                    boolean hasSchemas = !content.isEmpty();
                    for (JsonNode type : content) {
                        hasSchemas &= !type.path("schema").isEmpty();
                    }
                    if (!isEmpty && !hasSchemas) {
                        without.add("%s %s %s".formatted(operation.getKey(), path.getKey(), answer.getKey()));
                    }
                }
            }
        }
        assertThat(without).isEmpty();
    }

    private static void assertDescribed(String method, String path, Answer answer) {
        String type = answer.header("Content-Type").replaceFirst(";.*", "");
        JsonNode schema = document.path("paths")
                .path("/api" + path)
                .path(method)
                .path("responses")
                .path(Integer.toString(answer.status()))
                .path("content")
                .path(type)
                .path("schema");
        assertThat(schema.isMissingNode())
                .as("%s %s %d %s is described: %s", method, path, answer.status(), type, answer.body())
                .isFalse();
        assertThat(SchemaCheck.wrong(document, schema, answer.json()))
                .as("%s %s", method, path)
                .isEmpty();
    }

    private static void get(String path, String address, String... headers) {
        Answer answer = OPERATOR.get(address, headers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertDescribed("get", path, answer);
    }

    private static void post(String path, Answer answer) {
        assertThat(answer.status() / 100).as(answer.body()).isEqualTo(2);
        assertDescribed("post", path, answer);
    }

    @Test
    void answers_match_their_schemas() {
        String category = "answers-" + Api.newId();
        String id = Api.newId();
        String event = "{\"type\":\"a\",\"data\":{\"n\":[1.50,null]},\"id\":\"%s\",\"metadata\":{\"user\":\"ann\"}}"
                .formatted(id);
        String stream = "/streams/%s/1".formatted(category);
        post("/streams/{category}/{id}", WRITER.post(stream, event));
        post("/streams/{category}/{id}", WRITER.post(stream, event));
        get("/streams/{category}/{id}", stream);
        post("/stream", WRITER.post("/stream?id=2&category=" + category, "{\"type\":\"a\",\"data\":null}"));
        get("/stream", "/stream?id=2&category=" + category);
        get("/streams", "/streams?category=" + category);
        get("/categories", "/categories");
        get("/events", "/events?category=" + category);
        get("/events/{event-id}", "/events/" + id);
        get("/events/{event-id}", "/events/" + id, "Accept", "application/cloudevents+json");
        get("/events/export", "/events/export?category=" + category, "Accept", "application/cloudevents-batch+json");
        Answer batch =
                WRITER.get("/events/export?category=" + category, "Accept", "application/cloudevents-batch+json");
        post(
                "/events",
                Api.send(
                        WRITER.request("/events").header("Content-Type", "application/cloudevents-batch+json"),
                        "POST",
                        BodyPublishers.ofString(batch.body())));
        get("/status", "/status");
    }

    @Test
    void answers_of_subscriptions_match_their_schemas() {
        String name = "/subscriptions/shipping-list";
        get("/subscriptions", "/subscriptions");
        get("/subscriptions/{name}", name);
        get("/subscriptions/{name}/reached", name + "/reached?position=0");
        get("/subscriptions/{name}/parked", name + "/parked");
        for (String action : List.of("pause", "catch-up", "resume")) {
            post("/subscriptions/{name}/" + action, OPERATOR.post(name + "/" + action));
        }
        get("/subscriptions/{name}", name + "@2");
        for (int version : List.of(2, 1)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> post(
                            "/subscriptions/{name}/versions/{version}/switch",
                            OPERATOR.post("%s/versions/%d/switch".formatted(name, version))));
        }
        for (String action : List.of("retry", "skip", "discard")) {
            post(
                    "/subscriptions/{name}/parked/{category}/{id}/" + action,
                    OPERATOR.post(name + "/parked/a/1/" + action));
            post(
                    "/parked-stream/" + action,
                    OPERATOR.post("/parked-stream/%s?subscription=shipping-list&category=a&id=1".formatted(action)));
        }
    }

    @Test
    void answers_to_workers_match_their_schemas() {
        String name = "answers-" + Api.newId();
        Answer declared = Api.send(
                OPERATOR.request("/subscriptions/" + name).header("Content-Type", "application/json"),
                "PUT",
                BodyPublishers.ofString("{\"category\":\"%s\"}".formatted(name)));
        assertThat(declared.status()).as(declared.body()).isEqualTo(201);
        assertDescribed("put", "/subscriptions/{name}", declared);
        WRITER.post("/streams/%s/1".formatted(name), "{\"type\":\"a\",\"data\":{}}");
        Api worker = Api.as(SERVER, "worker");
        Answer page = worker.post("/subscriptions/%s/leases".formatted(name), "{}");
        post("/subscriptions/{name}/leases", page);
        get("/subscriptions/{name}", "/subscriptions/" + name);
        String lease = "/subscriptions/%s/leases/%s"
                .formatted(name, page.json().get("lease").asText());
        post("/subscriptions/{name}/leases/{lease}/extend", worker.post(lease + "/extend", "{}"));
        assertThat(worker.post(lease + "/ack", "{}").status()).isEqualTo(204);
        assertDescribed("post", "/subscriptions/{name}/leases/{lease}/ack", worker.post(lease + "/ack", "{}"));
        OPERATOR.delete("/subscriptions/" + name);
    }

    @Test
    void problems_match_their_schema() {
        String stream = "/streams/problems-%s/1".formatted(Api.newId());
        String event = "{\"type\":\"a\",\"data\":1,\"id\":\"%s\"}".formatted(Api.newId());
        assertThat(WRITER.post(stream, event).status()).isEqualTo(201);
        for (Answer refused : List.of(
                OPERATOR.get("/streams/a/1?limit=0"),
                OPERATOR.get("/events/x"),
                OPERATOR.get("/events/" + Api.newId()),
                OPERATOR.get("/events?after=%s:1:00000000".formatted(Api.newId())),
                OPERATOR.get("/subscriptions/nobody"),
                WRITER.post(stream, "{"),
                WRITER.post(stream, "{\"type\":7}"),
                WRITER.post(stream, "{\"type\":\"a\",\"data\":1}", "If-Match", "\"7\""),
                WRITER.post(stream + "2", event),
                WRITER.post(stream, "x".repeat(2_100_000)),
                imported("{\"specversion\":\"1.0\"}"),
                imported("{"))) {
            assertThat(refused.status()).isBetween(400, 499);
            assertThat(SchemaCheck.wrong(document, PROBLEM, refused.json())).isEmpty();
        }
    }

    private static Answer imported(String line) {
        return Api.send(
                WRITER.request("/events").header("Content-Type", "application/x-ndjson"),
                "POST",
                BodyPublishers.ofString(line));
    }

    @Test
    void a_problem_that_lacks_a_field_or_has_another_one_does_not_match() throws IOException {
        assertThat(SchemaCheck.wrong(document, PROBLEM, Api.JSON.readTree("{}")))
                .hasSize(4);
        assertThat(SchemaCheck.wrong(
                        document,
                        PROBLEM,
                        Api.JSON.readTree(
                                "{\"type\":\"t\",\"title\":\"t\",\"status\":400,\"detail\":\"d\",\"other\":1}")))
                .hasSize(1);
    }

    @Test
    void headers_are_described() {
        JsonNode paths = document.get("paths");
        assertThat(headers(paths.at("/~1api~1stream/post/parameters")))
                .contains("Idempotency-Key", "X-Correlation-Id", "traceparent", "tracestate", "If-Match");
        assertThat(headers(paths.at("/~1api~1events/post/parameters")))
                .contains("ce-specversion", "ce-id", "ce-source", "ce-type", "traceparent");
        for (String stream : List.of("/~1api~1stream", "/~1api~1streams~1{category}~1{id}")) {
            assertThat(paths.at(stream + "/post/responses/201/headers").fieldNames())
                    .toIterable()
                    .contains("ETag", "Location", "X-Correlation-Id");
            assertThat(paths.at(stream + "/get/responses/200/headers").fieldNames())
                    .toIterable()
                    .contains("ETag", "Link", "X-Correlation-Id");
        }
        for (String pages :
                List.of("events", "events~1export", "streams", "categories", "subscriptions~1{name}~1parked")) {
            assertThat(paths.at("/~1api~1" + pages + "/get/responses/200/headers/Link")
                            .isMissingNode())
                    .as(pages)
                    .isFalse();
        }
    }

    private static List<String> headers(JsonNode parameters) {
        List<String> names = new ArrayList<>();
        parameters.forEach(parameter -> {
            if (parameter.get("in").asText().equals("header")) {
                names.add(parameter.get("name").asText());
            }
        });
        return names;
    }
}
