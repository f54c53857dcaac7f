package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.server.Http;
import org.meowmx.server.SharedApplication;

/** The status and the control of subscriptions over HTTP. */
@ExtendWith(SharedApplication.class)
class SubscriptionsOverHttpIT {

    private static final String LIST = "/subscriptions/shipping-list";

    private final Api operator = Api.as(SharedApplication.server(), "operator");

    @AfterEach
    void resume() {
        operator.post(LIST + "/resume");
        join();
    }

    private void join() {
        assertThat(operator.post(LIST + "/segments", "{\"count\":1}")
                        .json()
                        .get("wantedSegments")
                        .asInt())
                .isEqualTo(1);
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        operator.get(LIST).json().get("segments"))
                .hasSize(1));
    }

    private static long shippedOrder() {
        String order = Http.post(SharedApplication.server().uri("/demo/orders"), "{\"customer\":\"ann\",\"total\":1}")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        Http.post(java.net.URI.create(order + "/shipment"), "");
        String id = order.substring(order.lastIndexOf('/') + 1);
        return Api.as(SharedApplication.server(), "reader")
                .get("/streams/order/" + id)
                .json()
                .get("events")
                .get(1)
                .get("position")
                .asLong();
    }

    private boolean reached(long position, String timeout) {
        Answer answer = operator.get(LIST + "/reached?position=%d&timeout=%s".formatted(position, timeout));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().get("reached").asBoolean();
    }

    /** Waits for the sample's credit check, because its open append may hold back the high-water mark, and with it "now". */
    private void awaitCreditCheck(long position) {
        Answer answer =
                operator.get("/subscriptions/credit-check/reached?position=%d&timeout=PT20S".formatted(position));
        assertThat(answer.json().get("reached").asBoolean()).isTrue();
    }

    @Test
    void a_subscription_tells_how_it_is_doing() {
        assertThat(reached(shippedOrder(), "PT20S")).isTrue();
        JsonNode status = operator.get(LIST).json();

        assertThat(status.get("name").asText()).isEqualTo("shipping-list");
        assertThat(status.get("state").asText()).isEqualTo("running");
        assertThat(status.get("declared").asBoolean()).isTrue();
        assertThat(status.get("segments").get(0).get("lastSlice").asInt()).isEqualTo(1023);
        assertThat(status.get("segments").get(0).get("node").asText()).isNotEmpty();
        assertThat(operator.get("/subscriptions").json().findValuesAsText("name"))
                .contains("shipping-list");
    }

    @Test
    void it_is_paused_and_resumed_and_its_lag_is_told() {
        assertThat(operator.post(LIST + "/pause").json().get("state").asText()).isEqualTo("paused");
        long position = shippedOrder();
        assertThat(reached(position, "PT0.5S")).isFalse();
        assertThat(operator.get(LIST).json().get("lagEvents").asLong()).isEqualTo(1);

        assertThat(operator.post(LIST + "/resume").json().get("state").asText()).isEqualTo("running");
        assertThat(reached(position, "PT20S")).isTrue();
    }

    @Test
    void it_is_replayed_from_the_beginning() {
        long position = shippedOrder();
        assertThat(reached(position, "PT20S")).isTrue();
        String before = Http.get(SharedApplication.server().uri("/demo/shipments?limit=1000"))
                .body();

        Answer effects = operator.get(LIST + "/replay");
        assertThat(effects.status()).isEqualTo(200);
        assertThat(effects.json().get("liveAfter").asLong()).isGreaterThanOrEqualTo(position);
        assertThat(effects.json().get("declaredHere").asBoolean()).isTrue();
        assertThat(effects.json().get("liveOnly")).isEmpty();
        assertThat(effects.json().get("recognisesAppends").asBoolean()).isTrue();
        assertThat(effects.json().get("recognised").isIntegralNumber()).isTrue();
        assertThat(effects.json().get("differing").asLong()).isZero();

        Answer replayed = operator.post(LIST + "/replay");
        assertThat(replayed.status()).isEqualTo(200);
        assertThat(replayed.json().get("discarded").asLong()).isZero();
        assertThat(reached(position, "PT20S")).isTrue();
        assertThat(Http.get(SharedApplication.server().uri("/demo/shipments?limit=1000"))
                        .body())
                .isEqualTo(before);
    }

    @Test
    void it_is_repositioned_while_it_is_paused_only() {
        assertThat(operator.post(LIST + "/position", "{\"from\":\"now\"}").problem())
                .isEqualTo("subscription-conflict");

        operator.post(LIST + "/pause");
        awaitCreditCheck(shippedOrder());
        Answer moved = operator.post(LIST + "/position", "{\"from\":\"now\"}");
        assertThat(moved.status()).isEqualTo(200);
        assertThat(moved.json().get("subscription").get("lagEvents").asLong()).isZero();
        assertThat(operator.post(LIST + "/position", "{\"position\":3}")
                        .json()
                        .get("subscription")
                        .get("position")
                        .asLong())
                .isEqualTo(3);
        assertThat(operator.post(LIST + "/position", "{\"time\":\"2020-01-01T00:00:00Z\"}")
                        .json()
                        .get("subscription")
                        .get("position")
                        .asLong())
                .isZero();
        assertThat(operator.post(LIST + "/catch-up").json().get("handled").asLong())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/position|{}",
                "/position|{\"from\":\"now\",\"position\":1}",
                "/position|{\"from\":\"tomorrow\"}",
                "/position|{\"position\":-1}",
                "/position|{\"time\":\"soon\"}",
                "/segments|{\"count\":0}",
                "/segments|{\"count\":1025}",
                "/segments|{\"count\":\"8\"}",
                "/segments|[]",
                "/name|{\"name\":7}"
            })
    void a_body_that_breaks_a_rule_is_refused(String action, String body) {
        Answer answer = operator.post(LIST + action, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-event");
    }

    @Test
    void segments_are_changed_while_it_runs() {
        assertThat(operator.post(LIST + "/segments", "{\"count\":4}").json().get("segments"))
                .hasSize(4);
        assertThat(reached(shippedOrder(), "PT20S")).isTrue();
        join();
    }

    @Test
    void what_is_not_there_is_not_found_and_what_is_in_use_is_not_removed() {
        assertThat(operator.get("/subscriptions/nobody").problem()).isEqualTo("unknown-subscription");
        assertThat(operator.post("/subscriptions/nobody/pause").status()).isEqualTo(404);
        assertThat(operator.post("/subscriptions/nobody/name", "{\"name\":\"x\"}")
                        .status())
                .isEqualTo(404);
        assertThat(operator.delete(LIST).problem()).isEqualTo("subscription-conflict");
        assertThat(operator.post(LIST + "/name", "{\"name\":\"x\"}").status()).isEqualTo(409);
        assertThat(operator.get(LIST + "/pause").problem()).isEqualTo("method-not-allowed");
        assertThat(operator.get(LIST + "/reached").problem()).isEqualTo("invalid-parameter");
        assertThat(operator.get(LIST + "/reached?position=1&timeout=5").problem())
                .isEqualTo("invalid-parameter");
        assertThat(operator.get(LIST + "/reached?position=1&timeout=PT1H").status())
                .isEqualTo(400);
    }

    @Test
    void a_subscription_that_is_not_there_has_nothing_parked_and_nothing_is_noted_of_it() {
        assertThat(operator.get("/subscriptions/nobody/parked").problem()).isEqualTo("unknown-subscription");
        for (String action : List.of("retry", "skip", "discard")) {
            assertThat(operator.post("/subscriptions/nobody/parked/order/1/" + action)
                            .problem())
                    .isEqualTo("unknown-subscription");
        }
        assertThat(operator.get("/events?category=meowmx-operation&direction=backward")
                        .json()
                        .get("events")
                        .findValuesAsText("streamId"))
                .doesNotContain("nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\\u0000b", "a\\nb"})
    void a_subscription_is_given_a_name_like_a_streams(String name) {
        Answer answer = operator.post("/subscriptions/nobody/name", "{\"name\":\"%s\"}".formatted(name));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("field").asText()).isEqualTo("/name");
    }

    private Answer switchTo(int version) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        operator.get(LIST + "@2").json().get("lagEvents").asLong())
                .isZero());
        return operator.post(LIST + "/versions/%d/switch".formatted(version));
    }

    @Test
    void another_version_of_the_read_model_takes_over_and_gives_back() {
        long position = shippedOrder();
        assertThat(reached(position, "PT20S")).isTrue();
        String shipments =
                SharedApplication.server().uri("/demo/shipments?limit=1000").toString();
        assertThat(Http.get(java.net.URI.create(shipments)).body()).doesNotContain("customer");

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Answer switched = switchTo(2);
            assertThat(switched.status()).as(switched.body()).isEqualTo(200);
            assertThat(switched.json().get("name").asText()).isEqualTo("shipping-list@2");
            assertThat(switched.json().get("version").get("serving").asInt()).isEqualTo(2);
        });
        assertThat(Http.get(java.net.URI.create(shipments)).body()).contains("\"customer\":\"ann\"");
        assertThat(operator.post(LIST + "/versions/2/switch").problem()).isEqualTo("subscription-conflict");
        assertThat(operator.post(LIST + "/versions/2/retire").problem()).isEqualTo("subscription-conflict");

        assertThat(operator.post(LIST + "/versions/1/switch?evenIfFailing=true").status())
                .isEqualTo(200);
        assertThat(Http.get(java.net.URI.create(shipments)).body()).doesNotContain("customer");
        assertThat(operator.get("/streams/meowmx-operation/shipping-list?direction=backward&limit=1")
                        .json()
                        .findValuesAsText("type"))
                .containsExactly("projection-switched");
    }

    @Test
    void a_version_that_nobody_has_cannot_take_over_or_be_retired() {
        assertThat(operator.post(LIST + "/versions/7/switch").problem()).isEqualTo("unknown-subscription");
        assertThat(operator.post(LIST + "/versions/7/retire").problem()).isEqualTo("unknown-subscription");
        assertThat(operator.post(LIST + "/versions/0/switch").status()).isEqualTo(400);
        assertThat(operator.post(LIST + "/versions/2/switch?evenIfFailing=maybe")
                        .status())
                .isEqualTo(400);
        assertThat(Api.as(SharedApplication.server(), "writer")
                        .post(LIST + "/versions/2/switch")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void what_an_operator_did_is_in_the_log_with_his_name() {
        operator.post(LIST + "/pause");
        operator.post(LIST + "/resume");
        JsonNode noted = operator.get("/streams/meowmx-operation/shipping-list?direction=backward&limit=2")
                .json()
                .get("events");

        assertThat(noted.findValuesAsText("type")).containsExactly("subscription-resumed", "subscription-paused");
        assertThat(noted.findValuesAsText("operator")).containsExactly("operator", "operator");
    }
}
