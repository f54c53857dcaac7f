package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.SharedApplication;
import org.meowmx.server.Signal;

/** External subscriptions over HTTP: declaration, leases, and long polls. The workers of the guide are killed and frozen. */
@ExtendWith(SharedApplication.class)
class WorkersOverHttpIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String name = "mailer-" + Api.newId();
    private final ApplicationServer server = SharedApplication.server();
    private final Api operator = Api.as(server, "operator");
    private final Api writer = Api.as(server, "writer");
    private final Api worker = Api.as(server, "worker");

    @TempDir
    Path folder;

    @AfterEach
    void delete() {
        operator.delete("/subscriptions/" + name);
    }

    private Answer declare(String more) {
        return put(operator, "{\"category\":\"%s\"%s}".formatted(name, more));
    }

    private Answer put(Api caller, String body) {
        return Api.send(
                caller.request("/subscriptions/" + name).header("Content-Type", "application/json"),
                "PUT",
                BodyPublishers.ofString(body));
    }

    private void append(String stream, String type) {
        assertThat(writer.post(
                                "/streams/%s/%s".formatted(name, stream),
                                "{\"type\":\"%s\",\"data\":{}}".formatted(type))
                        .status())
                .isEqualTo(201);
    }

    private Answer lease(String body) {
        return worker.post("/subscriptions/%s/leases".formatted(name), body);
    }

    private Answer on(JsonNode page, String action, String body) {
        return worker.post(
                "/subscriptions/%s/leases/%s/%s"
                        .formatted(name, page.get("lease").asText(), action),
                body);
    }

    private JsonNode status() {
        return operator.get("/subscriptions/" + name).json();
    }

    private static void sql(String statement) {
        PostgreSqlServer database = SharedApplication.database();
        database.executeIn(database.database(), statement);
    }

    private void expire() {
        sql("update meowmx_checkpoints set lease_until = lease_until - interval '1 hour' where subscription = '%s'"
                .formatted(name));
    }

    @Test
    void a_page_is_leased_extended_and_acknowledged() {
        assertThat(declare("").status()).isEqualTo(201);
        assertThat(declare("").status()).isEqualTo(200);
        append("a", "noted");
        append("a", "noted");
        append("b", "noted");

        JsonNode page = lease("{\"max\": 2, \"worker\": \"ann\"}").json();
        assertThat(page.get("events").findValuesAsText("version")).containsExactly("1", "2");
        assertThat(status().get("external").asBoolean()).isTrue();
        assertThat(status().at("/segments/0/lease/worker").asText()).isEqualTo("ann");
        assertThat(lease("{}").status()).isEqualTo(204);
        assertThat(on(page, "extend", "{\"duration\":\"PT40M\"}")
                        .json()
                        .get("until")
                        .asText())
                .isGreaterThan(page.get("until").asText());
        assertThat(on(page, "ack", "{\"position\": null}").status()).isEqualTo(400);
        long first = page.at("/events/0/position").asLong();
        assertThat(on(page, "ack", "{\"position\": %d}".formatted(first)).status())
                .isEqualTo(204);
        assertThat(status().get("position").asLong()).isEqualTo(first);
        assertThat(on(page, "ack", "{}").status()).isEqualTo(204);
        assertThat(on(page, "ack", "{}").problem()).isEqualTo("lease-lost");
        assertThat(lease("{}").json().get("events")).hasSize(1);
    }

    @Test
    void a_failed_event_is_retried_and_a_late_report_is_refused() {
        declare(", \"retryDelay\": \"PT0.05S\"");
        append("a", "noted");
        JsonNode page = lease("{}").json();
        long position = page.at("/events/0/position").asLong();

        assertThat(on(page, "fail", "{\"position\":%d,\"message\":\"no customer\"}".formatted(position))
                        .status())
                .isEqualTo(204);
        assertThat(on(page, "fail", "{\"position\":%d,\"message\":\"again\"}".formatted(position))
                        .problem())
                .isEqualTo("lease-lost");
        assertThat(status().get("state").asText()).isEqualTo("failing");
        JsonNode retry = lease("{\"wait\":\"PT10S\"}").json();
        assertThat(retry.get("attempt").asInt()).isEqualTo(2);
        expire();
        assertThat(on(retry, "ack", "{}").status()).isEqualTo(409);
        assertThat(on(retry, "extend", "{}").status()).isEqualTo(409);
    }

    @Test
    void a_request_that_waits_gets_an_event_soon_after_it_is_appended() throws Exception {
        declare("");
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> lease("{\"wait\":\"PT20S\"}"));
        CompletableFuture<Answer> other = CompletableFuture.supplyAsync(() -> lease("{\"wait\":\"PT2S\"}"));
        Awaitility.await().during(Duration.ofSeconds(1)).until(() -> !waiting.isDone());
        assertThat(other.get().status()).isEqualTo(204);
        append("a", "noted");

        Answer answer = waiting.get();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json().get("events")).hasSize(1);
    }

    /** If the server notices the end of the connection, it gives the page back. Otherwise the lease expires. */
    @Test
    void a_worker_that_is_cut_off_while_it_waits_costs_one_lease_at_most() throws IOException {
        declare("");
        URI address = server.uri("/api/subscriptions/%s/leases".formatted(name));
        String body = "{\"wait\":\"PT20S\"}";
        String request =
                "POST %s HTTP/1.1\r\nHost: test\r\nAuthorization: Basic %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(
                                address.getRawPath(),
                                Base64.getEncoder().encodeToString("worker:worker".getBytes(StandardCharsets.UTF_8)),
                                body.length(),
                                body);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            Awaitility.await().during(Duration.ofSeconds(1)).until(() -> true);
        }
        append("a", "noted");
        Awaitility.await().during(Duration.ofSeconds(1)).until(() -> true);
        expire();

        JsonNode page = lease("{\"wait\":\"PT10S\"}").json();
        assertThat(page.get("events")).hasSize(1);
        assertThat(on(page, "ack", "{}").status()).isEqualTo(204);
    }

    @Test
    void a_hundred_requests_wait_without_a_thread_each() {
        declare(", \"segments\": 8");
        int before = server.threads();
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(worker.later("/subscriptions/%s/leases".formatted(name), "{\"wait\":\"PT4S\"}"));
        }
        Awaitility.await().during(Duration.ofSeconds(2)).until(() -> true);
        assertThat(server.threads() - before).isLessThan(60);
        assertThat(waiting.stream().map(CompletableFuture::join)).containsOnly(204);
    }

    @Test
    void only_workers_lease_and_only_operators_declare() {
        assertThat(put(worker, "{}").status()).isEqualTo(403);
        assertThat(put(writer, "{}").status()).isEqualTo(403);
        declare("");
        for (Api caller : List.of(operator, writer, Api.as(server, "reader"))) {
            assertThat(caller.post("/subscriptions/%s/leases".formatted(name), "{}")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(worker.post("/subscriptions/%s/pause".formatted(name)).status())
                .isEqualTo(403);
        assertThat(worker.get("/events").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"segments\":0}",
                "{\"onFailure\":\"skip\"}",
                "{\"types\":\"a\"}",
                "{\"types\":[7]}",
                "{\"types\":[\"\"]}",
                "{\"start\":\"later\"}",
                "{\"start\":-1}",
                "{\"retryDelay\":\"1s\"}",
                "{\"unknown\":1}"
            })
    void a_declaration_that_breaks_a_rule_is_refused(String body) {
        Answer refused = put(operator, body);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.json().get("field")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"max\":0}",
                "{\"max\":1001}",
                "{\"duration\":\"PT0.1S\"}",
                "{\"duration\":\"PT2H\"}",
                "{\"wait\":\"PT31S\"}",
                "{\"worker\":\"\"}"
            })
    void a_request_for_a_lease_that_breaks_a_rule_is_refused(String body) {
        declare("");
        Answer refused = lease(body);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.json().get("field")).isNotNull();
    }

    @Test
    void the_names_of_observers_and_of_nobody_are_refused() {
        assertThat(lease("{}").problem()).isEqualTo("unknown-subscription");
        assertThat(worker.post("/subscriptions/shipping-list/leases", "{}").status())
                .isEqualTo(404);
        assertThat(Api.send(
                                operator.request("/subscriptions/shipping-list")
                                        .header("Content-Type", "application/json"),
                                "PUT",
                                BodyPublishers.ofString("{}"))
                        .problem())
                .isEqualTo("subscription-conflict");
    }

    private void awaitHandled(int events) {
        try {
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(
                            new HashSet<>(WorkerProcess.handledIn(folder)))
                    .hasSize(events));
        } finally {
            assertInOrder();
        }
    }

    /** No version of a stream comes before the one below it was handled. */
    private void assertInOrder() {
        Map<String, Integer> furthest = new HashMap<>();
        for (String line : WorkerProcess.handledIn(folder)) {
            String stream = line.split(" ")[0];
            int version = Integer.parseInt(line.split(" ")[1]);
            assertThat(version).as(line).isLessThanOrEqualTo(furthest.getOrDefault(stream, 0) + 1);
            furthest.merge(stream, version, Math::max);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker.sh", "worker.py", "worker.mjs"})
    void the_workers_of_the_guide_handle_events_and_report_failures(String file) {
        assumeTrue(WorkerProcess.isAvailable(file), file);
        declare(", \"segments\": 2, \"onFailure\": \"park\", \"maxAttempts\": 2, \"retryDelay\": \"PT0.1S\"");
        try (WorkerProcess process = WorkerProcess.start(file, server, name, folder)) {
            for (int i = 0; i < 4; i++) {
                append("a", "noted");
                append("b", i == 2 ? "poison" : "noted");
                append("c", "noted");
            }
            awaitHandled(10);
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(
                            operator.get("/subscriptions/%s/parked".formatted(name))
                                    .body())
                    .contains("\"events\":2"));
            assertThat(process.isAlive()).isTrue();
        }
    }

    /** Leases last for half a minute: the test lets them expire earlier. Each expiry may be an attempt, so the back-off is short. */
    @Test
    void workers_that_are_killed_and_frozen_skip_nothing() {
        assumeTrue(WorkerProcess.isAvailable("worker.py"), "python");
        declare(", \"segments\": 3, \"retryDelay\": \"PT0.05S\", \"maxRetryDelay\": \"PT1S\"");
        int events = 30;
        for (int i = 0; i < events; i++) {
            append("s" + i % 5, "noted");
        }
        for (int round = 0; round < 3; round++) {
            int before = WorkerProcess.handledIn(folder).size();
            try (WorkerProcess killed = WorkerProcess.start("worker.py", server, name, folder);
                    WorkerProcess frozen = WorkerProcess.start("worker.py", server, name, folder)) {
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> WorkerProcess.handledIn(folder).size() > Math.min(before + 3, events - 1));
                killed.send(Signal.KILL);
                frozen.send(Signal.STOP);
                expire();
                try (WorkerProcess next = WorkerProcess.start("worker.mjs", server, name, folder)) {
                    Awaitility.await().during(Duration.ofSeconds(1)).until(next::isAlive);
                }
                frozen.send(Signal.CONT);
            }
            expire();
        }
        try (WorkerProcess last = WorkerProcess.start("worker.py", server, name, folder)) {
            assertThat(last.isAlive()).isTrue();
            awaitHandledAtLeastOnce(events);
        }
    }

    /** A frozen worker may handle an event late and again, which the judge allows. */
    private void awaitHandledAtLeastOnce(int events) {
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(new HashSet<>(WorkerProcess.handledIn(folder))).hasSize(events);
            assertThat(status().get("lagEvents").asLong()).isZero();
        });
        WorkerHistory.assertNoAnomaly(operator, name, name, folder);
    }

    @Test
    void an_event_that_kills_each_worker_is_parked() {
        assumeTrue(WorkerProcess.isAvailable("worker.py"), "python");
        declare(", \"onFailure\": \"park\", \"maxAttempts\": 2, \"retryDelay\": \"PT0.05S\"");
        append("a", "noted");
        append("b", "deadly");
        append("a", "noted");
        append("b", "noted");
        append("c", "noted");
        for (int death = 0; death < 3; death++) {
            try (WorkerProcess process = WorkerProcess.start("worker.py", server, name, folder)) {
                Awaitility.await().atMost(LIMIT).until(() -> !process.isAlive());
            }
            expire();
        }
        try (WorkerProcess process = WorkerProcess.start("worker.py", server, name, folder)) {
            awaitHandled(3);
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(
                            status().get("lagEvents").asLong())
                    .isZero());
            assertThat(process.isAlive()).isTrue();
        }
        assertThat(operator.get("/subscriptions/%s/parked".formatted(name)).body())
                .contains("\"events\":2", "expired");
    }
}
