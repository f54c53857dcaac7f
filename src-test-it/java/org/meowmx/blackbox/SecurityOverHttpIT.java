package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.Http;
import org.meowmx.server.SharedApplication;

/** The roles: every operation of the OpenAPI document, called by users with each role. */
@ExtendWith(SharedApplication.class)
class SecurityOverHttpIT {

    private static final Set<String> READERS = Set.of("reader", "writer", "operator");
    private static final Set<String> EVERYBODY = Set.of("reader", "writer", "operator", "worker");

    private static ApplicationServer server() {
        return SharedApplication.server();
    }

    static Stream<Arguments> operations() {
        return ApiDocument.of(server()).operations().stream()
                .map(operation -> Arguments.of(operation.method(), operation.path()));
    }

    /** Readers read, writers append and import, operators control subscriptions, and workers lease. */
    private static Set<String> allowed(String method, String path) {
        if (method.equals("GET")) {
            return READERS;
        }
        if (path.contains("/leases")) {
            return Set.of("worker");
        }
        boolean operates = path.startsWith("/api/subscriptions/") || path.startsWith("/api/parked-stream");
        return operates ? Set.of("operator") : Set.of("writer");
    }

    private static HttpRequest.Builder request(String user, String path) {
        String concrete = path.replace("{category}", "note")
                .replace("{event-id}", "01a21359-68bf-7605-bbd6-008701ed83b3")
                .replaceAll("\\{[a-z]+}", "nobody");
        return Api.as(server(), user)
                .request(server().uri(concrete).toString())
                .header("Accept", path.endsWith("/live") ? "text/event-stream" : "*/*")
                .header("Content-Type", path.equals("/api/events") ? "application/x-ndjson" : "application/json");
    }

    @Test
    void the_document_describes_the_whole_api_and_nothing_else() {
        List<String> described = operations()
                .map(operation -> operation.get()[0] + " " + operation.get()[1])
                .toList();

        assertThat(described)
                .contains(
                        "POST /api/streams/{category}/{id}",
                        "GET /api/streams/{category}/{id}",
                        "GET /api/streams",
                        "POST /api/stream",
                        "GET /api/stream",
                        "GET /api/parked-stream",
                        "POST /api/parked-stream/retry",
                        "GET /api/categories",
                        "GET /api/events",
                        "POST /api/events",
                        "GET /api/events/{event-id}",
                        "GET /api/events/live",
                        "GET /api/events/export",
                        "GET /api/status",
                        "GET /api/subscriptions",
                        "POST /api/subscriptions/{name}/parked/{category}/{id}/retry")
                .hasSize(40)
                .allMatch(operation -> operation.contains(" /api/"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_operation_is_open_to_its_roles_only(String method, String path) {
        for (String user : EVERYBODY) {
            int status;
            if (path.endsWith("/live")) {
                HttpResponse<java.io.InputStream> stream =
                        Api.as(server(), user).open(server().uri(path).toString());
                status = stream.statusCode();
                try {
                    stream.body().close();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            } else {
                Answer answer = Api.send(request(user, path), method, BodyPublishers.ofString(""));
                status = answer.status();
            }
            if (allowed(method, path).contains(user)) {
                assertThat(status).as(user).isNotIn(401, 403, 405, 500);
            } else {
                assertThat(status).as(user).isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void nobody_comes_in_without_credentials(String method, String path) {
        Answer nobody = Api.send(
                HttpRequest.newBuilder(server().uri(path.replaceAll("[{}]", ""))), method, BodyPublishers.noBody());
        Answer stranger = Api.send(request("stranger", path), method, BodyPublishers.noBody());

        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.problem()).isEqualTo("unauthorized");
        assertThat(nobody.header("WWW-Authenticate")).startsWith("Basic");
        assertThat(stranger.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/api", "/api/nothing", "/nothing"})
    void every_path_of_the_application_is_closed_to_strangers(String path) {
        assertThat(Http.get(server().uri(path)).statusCode()).isEqualTo(401);
    }

    @Test
    void the_insides_of_the_application_are_not_to_be_had() {
        String inside = server().uri("/WEB-INF/web.xml").toString();

        assertThat(Http.get(java.net.URI.create(inside)).statusCode()).isIn(401, 404);
        assertThat(Api.as(server(), "operator").get(inside).status()).isEqualTo(404);
    }

    @Test
    void what_a_form_of_another_site_could_send_changes_nothing() {
        Api operator = Api.as(server(), "operator");
        String pause = "/subscriptions/shipping-list/pause";

        for (String type : List.of(
                "text/plain",
                "Text/Plain",
                "text/plain ;charset=utf-8",
                "application/x-www-form-urlencoded",
                "multipart/form-data")) {
            Answer answer = Api.send(
                    operator.request(pause).header("Content-Type", type), "POST", BodyPublishers.ofString("{}"));
            assertThat(answer.problem()).as(type).isEqualTo("forged-request");
        }
        assertThat(Api.send(operator.request(pause), "POST", BodyPublishers.noBody())
                        .status())
                .isEqualTo(403);
        assertThat(operator.get("/subscriptions/shipping-list")
                        .json()
                        .get("state")
                        .asText())
                .isEqualTo("running");
    }

    @Test
    void what_operators_did_is_written_by_nobody_else() {
        String event = "{\"type\":\"subscription-paused\",\"data\":{\"operator\":\"operator\"}}";
        String line = "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/x\",\"type\":\"a\",".formatted(Api.newId())
                + "\"category\":\"meowmx-operation\",\"subject\":\"shipping-list\",\"data\":1}";
        Api writer = Api.as(server(), "writer");

        assertThat(writer.post("/streams/meowmx-operation/shipping-list", event).problem())
                .isEqualTo("forbidden");
        assertThat(Api.send(
                                writer.request("/events").header("Content-Type", "application/x-ndjson"),
                                "POST",
                                BodyPublishers.ofString(line))
                        .problem())
                .isEqualTo("forbidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/events?category=%00",
                "/events?type=a%00",
                "/events?correlation=%00",
                "/events/live?category=%00",
                "/categories?after=%00",
                "/streams?category=note&prefix=%00",
                "/subscriptions/%00"
            })
    void a_text_that_the_database_does_not_know_is_refused(String path) {
        assertThat(Api.as(server(), "reader").get(path).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept: nonsense", "Accept: ", "Content-Type: json", "Content-Type: "})
    void a_header_that_the_server_refuses_by_itself_is_a_problem_too(String header) {
        String[] parts = header.split(": ?", 2);

        Answer answer = Api.as(server(), "reader").get("/status", parts[0], parts[1]);

        if (answer.status() != 200) {
            assertThat(answer.status()).isIn(400, 406);
            assertThat(answer.problem()).isIn("bad-request", "not-acceptable");
        }
        assertThat(answer.body()).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/streams/note/%07"})
    void an_address_that_leads_nowhere_tells_nothing_of_the_server(String path) {
        Answer answer = Api.as(server(), "reader").get(path);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("Exception", "SRVE", "Undertow");
    }

    /** Open Liberty resolves the dots before it calls the application. */
    @Test
    void dots_and_slashes_are_a_name_or_lead_nowhere() {
        Answer answer = Api.as(server(), "reader").get("/streams/..%2F../a");

        if (answer.status() == 200) {
            assertThat(answer.json().get("category").asText()).isEqualTo("../..");
        } else {
            assertThat(answer.problem()).isIn("bad-request", "not-found");
        }
    }

    @Test
    void browsers_are_told_to_trust_nothing_but_the_application_itself() {
        Answer answer = Api.as(server(), "reader").get("/status");

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
                .doesNotContain("unsafe-inline");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.response().headers().allValues("Set-Cookie")).isEmpty();
        assertThat(answer.response().headers().allValues("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void data_is_found_in_no_log_of_the_server() {
        String canary = "canary-" + Api.newId();
        Api writer = Api.as(server(), "writer");
        String event = "{\"type\":\"noted\",\"data\":{\"secret\":\"%1$s\"},\"metadata\":{\"secret\":\"%1$s\"}}"
                .formatted(canary);

        assertThat(writer.post("/streams/note/" + Api.newId(), event).status()).isEqualTo(201);
        assertThat(writer.post("/streams/note/" + Api.newId(), event.replace("}", ""))
                        .body())
                .doesNotContain(canary);
        assertThat(writer.post("/streams/note/" + Api.newId(), event, "If-Match", "\"7\"")
                        .body())
                .doesNotContain(canary);
        assertThat(Http.get(server().health("/health")).body()).doesNotContain(canary);
        assertThat(server().log()).doesNotContain(canary);
    }
}
