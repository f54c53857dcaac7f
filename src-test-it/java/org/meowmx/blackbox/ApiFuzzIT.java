package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.blackbox.ApiDocument.Operation;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.Http;
import org.meowmx.server.SharedApplication;

/**
 * Sends random requests, valid and invalid ones. Every answer must be documented, and an error must not repeat what was sent. Afterwards
 * the store must have every acknowledged event. A failure prints the seed. {@code -Dfuzz.seed=SEED} sends the same requests again, as
 * many as the time allows.
 */
@ExtendWith(SharedApplication.class)
class ApiFuzzIT {

    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

    /** The largest number of requests per operation. */
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 75);

    /** The smallest number of requests per operation, even if they take longer than {@link #TIME}. */
    private static final int FEWEST_REQUESTS = 20;

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 15));

    /** The answers to an address that the server may understand as another one: its own refusal, or a redirect to the first page. */
    private static final Set<Integer> ELSEWHERE = Set.of(302, 400, 404, 405);

    private static final List<String> SUBSCRIPTIONS = List.of("shipping-list", "credit-check");

    private final ApplicationServer server = SharedApplication.server();
    private final ApiDocument document = ApiDocument.of(server);
    private final Api operator = Api.as(server, "operator");
    private final List<String> acknowledged = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    void every_answer_is_documented_and_the_store_stays_whole() {
        Map<String, Integer> segments = new HashMap<>();
        SUBSCRIPTIONS.forEach(name -> segments.put(name, segments(name)));
        Random random = new Random(SEED);
        Instant end = Instant.now().plus(TIME);
        for (int i = 0; i < REQUESTS && (isTooFew(i) || Instant.now().isBefore(end)); i++) {
            for (Operation operation : document.operations()) {
                check(FuzzRequest.of(operation, random));
            }
        }
        segments.forEach(this::restore);

        assertThat(wrong).as("seed %d", SEED).isEmpty();
        assertEveryAcknowledgedEventIsThere();
        assertStreamsAreWithoutHoles();
        assertThat(Http.get(server.health("/health")).statusCode()).isEqualTo(200);
        SUBSCRIPTIONS.forEach(this::assertRunning);
        assertThat(server.log()).as("the server's log").doesNotContain("canary");
    }

    /** At least one append must succeed, because the test reads it back. */
    private boolean isTooFew(int requests) {
        return requests < FEWEST_REQUESTS || acknowledged.isEmpty();
    }

    private JsonNode status(String subscription) {
        return operator.get("/subscriptions/" + subscription).json();
    }

    private int segments(String subscription) {
        return status(subscription).get("segments").size();
    }

    private void restore(String subscription, int segments) {
        assertThat(operator.post("/subscriptions/" + subscription + "/resume").status())
                .isEqualTo(200);
        assertThat(operator.post("/subscriptions/" + subscription + "/segments", "{\"count\":" + segments + "}")
                        .status())
                .isEqualTo(200);
    }

    private void check(FuzzRequest request) {
        Answer answer = send(request);
        String problem = problemOf(request, answer);
        if (!problem.isEmpty()) {
            wrong.add("%s%n    %s: %d %s".formatted(request, problem, answer.status(), answer.body()));
        }
        if (answer.status() == 201 && answer.json().has("events")) {
            answer.json()
                    .get("events")
                    .forEach(event -> acknowledged.add(event.get("id").asText()));
        }
    }

    /** Sends it a second time if the server closed the connection, which it may do after a request whose body it did not read to the end. */
    private Answer send(FuzzRequest request) {
        try {
            return sendOnce(request);
        } catch (UncheckedIOException e) {
            return sendOnce(request);
        }
    }

    private Answer sendOnce(FuzzRequest request) {
        boolean endless = request.operation().path().endsWith("/live");
        return Api.answer(
                Api.as(server, request.user())
                        .request(server.uri(request.address()).toString())
                        .method(request.operation().method(), BodyPublishers.ofByteArray(request.body())),
                endless ? ApiFuzzIT::withoutEvents : BodyHandlers.ofString(),
                request.headers().toArray(String[]::new));
    }

    /** Closes the connection when a stream of events begins. */
    private static BodySubscriber<String> withoutEvents(ResponseInfo answer) {
        return answer.statusCode() == 200
                ? BodySubscribers.mapping(BodySubscribers.ofInputStream(), ApiFuzzIT::hangUp)
                : BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    private static String hangUp(InputStream events) {
        try {
            events.close();
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The error of an answer; empty if it has none. */
    private String problemOf(FuzzRequest request, Answer answer) {
        int status = answer.status();
        boolean documented = request.operation().answers().contains(status);
        if (!documented && !(request.elsewhere() && ELSEWHERE.contains(status))) {
            return "not documented";
        }
        if (status < 400) {
            return "";
        }
        if (answer.body().contains(request.canary())) {
            return "repeats what was sent";
        }
        if (answer.body().contains("\tat ") || answer.body().contains("Exception")) {
            return "tells of the inside";
        }
        if (answer.problem().isEmpty()) {
            return request.elsewhere() ? "" : "no problem detail";
        }
        JsonNode problem = answer.json();
        return document.problems().contains(problem.get("type").asText())
                        && problem.get("status").asInt() == status
                ? ""
                : "a problem that is not documented";
    }

    private void assertEveryAcknowledgedEventIsThere() {
        assertThat(acknowledged).isNotEmpty();
        assertThat(acknowledged).as("seed %d", SEED).allSatisfy(id -> assertThat(
                        operator.get("/events/" + id).status())
                .isEqualTo(200));
    }

    private void assertStreamsAreWithoutHoles() {
        Map<String, Long> versions = new HashMap<>();
        long position = 0;
        String page = "/events?limit=1000";
        while (!page.isEmpty()) {
            Answer answer = operator.get(page);
            for (JsonNode event : answer.json().get("events")) {
                assertThat(event.get("position").asLong()).isGreaterThan(position);
                position = event.get("position").asLong();
                String stream = event.get("category") + " " + event.get("streamId");
                assertThat(event.get("version").asLong()).as(stream).isEqualTo(versions.merge(stream, 1L, Long::sum));
            }
            String link = answer.header("Link");
            page = link.isEmpty()
                    ? ""
                    : answer.resolved(link.substring(1, link.indexOf('>'))).toString();
        }
    }

    private void assertRunning(String subscription) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(status(subscription).get("state").asText()).isEqualTo("running");
            assertThat(status(subscription).get("lagEvents").asLong()).isZero();
        });
    }
}
