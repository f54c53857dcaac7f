package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.Http;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.ServerKind;

/**
 * A user's application on a server. It is built from {@code src-test-it/consumer}, with the library as a dependency, and has its own
 * persistence unit.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConsumerContract {

    private static final Path CONSUMER = Path.of("src-test-it/consumer");
    static final Path SERVER = CONSUMER.resolve("server");
    static final Path WAR = Path.of("target/consumers/consumer/target/shop.war");
    static final String ALL_PHASES = "[IN_PROGRESS, BEFORE_COMPLETION, AFTER_COMPLETION, AFTER_SUCCESS]";

    /** The places in which an append happens while the server already notifies synchronizations, so the server may skip later phases. */
    private static final Set<String> COMPLETING = Set.of("post-persist", "before-completion");

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(20);

    final PostgreSqlServer database = PostgreSqlServer.sharedWithDatabase();

    @SuppressWarnings("NullAway") // set before any test
    ApplicationServer server;

    /** The additions to the configuration of server-config. */
    abstract Path[] additions();

    /** The application. */
    abstract Path war(Path folder) throws IOException;

    /** Called before the server starts. */
    void prepare() {}

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        database.executeIn(database.database(), Files.readString(CONSUMER.resolve("tables.sql")));
        prepare();
        Map<String, String> environment = new HashMap<>(ApplicationServer.database(database));
        server = ApplicationServer.start(folder, war(folder), environment, additions())
                .awaitReady("/api/visits", START);
        assertThat(server.errors()).isEmpty();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    static Path addition(Path folder, String name) {
        return ServerKind.ofTheBuild().addition(folder, name);
    }

    /** Enterprise beans and message queues. */
    static Path messaging() {
        return addition(SERVER, "messaging");
    }

    int post(String path) {
        return Http.post(server.uri("/api/" + path), "").statusCode();
    }

    String get(String path) {
        return Http.get(server.uri("/api/" + path)).body();
    }

    private long rows(String table, UUID order) {
        return database.numberIn(
                database.database(), "select count(*) from %s where order_id = '%s'".formatted(table, order));
    }

    UUID place() {
        UUID order = UUID.randomUUID();
        assertThat(post("orders/%s?customer=ann&total=12.50".formatted(order))).isEqualTo(204);
        return order;
    }

    String events(UUID order) {
        return get("orders/" + order);
    }

    static void eventually(Callable<Boolean> condition) {
        await().atMost(SOON).until(condition);
    }

    @Test
    void rows_and_events_are_committed_together() {
        UUID order = place();

        assertThat(post("orders/%s/payment?amount=12.50".formatted(order))).isEqualTo(204);

        assertThat(events(order)).contains("Placed[customer=ann, total=12.50]", "Paid[amount=12.50]");
        assertThat(rows("payment", order)).isEqualTo(1);
    }

    @Test
    void an_exception_after_both_leaves_neither() {
        UUID order = place();

        assertThat(post("trial/failing-payment/" + order)).isEqualTo(500);

        assertThat(events(order)).doesNotContain("Paid");
        assertThat(rows("payment", order)).isZero();
    }

    @Test
    void a_row_that_its_table_refuses_takes_the_event_with_it() {
        UUID order = place();
        post("orders/%s/payment?amount=1".formatted(order));

        assertThat(post("orders/%s/payment?amount=2".formatted(order))).isEqualTo(500);

        assertThat(events(order)).contains("Paid[amount=1]").doesNotContain("Paid[amount=2]");
    }

    @Test
    void observers_in_its_classes_are_called() {
        UUID order = place();

        assertThat(post("orders/%s/shipment".formatted(order))).isEqualTo(204);

        eventually(() -> rows("shipment", order) == 1);
        eventually(() -> get("trial/audit").contains("order-shipped"));
        assertThat(Long.parseLong(get("trial/appended"))).isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_handler_that_fails_leaves_no_row_and_does_not_move_on() {
        assertThat(post("trial/courier/leaves")).isEqualTo(204);
        UUID order = place();
        eventually(() -> get("trial/subscriptions/courier").equals("FAILING"));
        assertThat(rows("pickup", order)).isZero();

        assertThat(post("trial/courier/returns")).isEqualTo(204);

        eventually(() -> rows("pickup", order) == 1);
        eventually(() -> get("trial/subscriptions/courier").equals("RUNNING"));
    }

    @Test
    void an_inline_observer_refuses_an_append() {
        UUID order = UUID.randomUUID();

        assertThat(post("orders/%s?customer=ann&total=10001".formatted(order))).isEqualTo(500);

        assertThat(events(order)).isEmpty();
    }

    @Test
    void each_unit_knows_its_own_entities_only() {
        assertThat(get("trial/entities/shop").lines())
                .containsExactly("shop.Payment", "shop.Pickup", "shop.Reminder", "shop.Shipment");
        assertThat(get("trial/entities/meowmx").lines())
                .contains("org.meowmx.storage.StoredEvent")
                .allMatch(name -> name.startsWith("org.meowmx."));
    }

    @Test
    void both_units_and_its_own_name_for_the_data_source_share_one_transaction() {
        List<String> transactions = get("trial/transactions").lines().toList();

        assertThat(transactions).hasSize(3).allMatch(id -> id.matches("\\d+")).containsOnly(transactions.get(0));
    }

    @Test
    void the_guides_projection_counts() {
        post("visits/home");
        post("visits/home");

        eventually(() -> get("visits").replace(" ", "").contains("\"home\":2"));
    }

    @Test
    void its_resources_write_json_with_json_b() {
        assertThat(get("trial/opening-hours").replaceAll("\\s", ""))
                .contains("\"day\":\"2026-02-03\"", "\"opens\":\"09:30:00\"", "\"since\":\"2026-01-02T03:04:05Z\"");
    }

    private Api.Answer send(String path, String... headers) {
        return Api.send(HttpRequest.newBuilder(server.uri("/api/" + path)), "POST", BodyPublishers.noBody(), headers);
    }

    @Test
    void a_request_and_the_application_give_metadata_to_what_is_appended() {
        UUID order = UUID.randomUUID();

        Api.Answer answer = send(
                "orders/%s?customer=ann&total=1".formatted(order),
                "X-Correlation-Id",
                "request-7",
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "tracestate",
                "vendor=1");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("X-Correlation-Id")).isEqualTo("request-7");
        // WildFly traces requests itself: its span is a child of the caller's, in the same trace
        assertThat(get("trial/metadata/order/" + order))
                .matches("\\{branch=harbour, correlationId=request-7, "
                        + "traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01, tracestate=vendor=1}");
        assertThat(send("trial/unknown").header("X-Correlation-Id")).isNotEmpty();
    }

    @Test
    void a_request_that_is_repeated_with_its_idempotency_key_stores_nothing_twice() {
        UUID order = UUID.randomUUID();
        String path = "orders/%s?customer=ann&total=1".formatted(order);
        String key = UUID.randomUUID().toString();

        assertThat(send(path, "Idempotency-Key", key).status()).isEqualTo(204);
        assertThat(send(path, "Idempotency-Key", key).status()).isEqualTo(204);

        assertThat(events(order).lines()).hasSize(1);
        assertThat(send(path, "Idempotency-Key", "another").status()).isEqualTo(500);
        assertThat(send(path, "Idempotency-Key", "k".repeat(256)).body())
                .isEqualTo("The header Idempotency-Key has 256 characters, 255 are allowed");
    }

    @Test
    void who_is_logged_in_is_in_the_metadata_also_outside_of_jakarta_rest() {
        Api writer = Api.as(server, "writer");

        assertThat(writer.get(server.uri("/caller").toString()).body()).contains("principal=writer", "branch=harbour");
        assertThat(Http.get(server.uri("/anybody")).body()).isEqualTo("{branch=harbour}");
    }

    @ParameterizedTest
    @CsvSource({
        "persist, post-persist",
        "finish, before-completion",
        "finish, phase-before-completion",
        "finish, phase-after-success",
        "finish, phase-after-completion",
        "finish, after-completion",
        "hand, executor",
        "hand, scheduler",
        "hand, async-observer",
        "time, timer",
        "time, schedule",
        "send, message"
    })
    void events_are_appended_from_anywhere(String what, String place) {
        String id = UUID.randomUUID().toString();

        assertThat(post("trial/places/%s/%s".formatted(what, id))).isEqualTo(204);

        eventually(() -> !get("trial/places/%s/%s".formatted(place, id)).isEmpty());
        assertThat(get("trial/places/%s/%s".formatted(place, id))).isEqualTo("appended");
        assertThat(get("trial/metadata/place/%s-%s".formatted(place, id))).contains("branch=harbour");
        if (!COMPLETING.contains(place)) {
            awaitPhases(place, id, ALL_PHASES);
        }
    }

    void awaitPhases(String place, String id, String expected) {
        await().atMost(SOON).untilAsserted(() -> assertThat(get("trial/places/%s/%s/phases".formatted(place, id)))
                .isEqualTo(expected));
    }

    @Test
    void tenants_share_the_log_and_see_their_own_streams() {
        assertThat(post("trial/notes/acme/1?text=tea")).isEqualTo(204);
        assertThat(post("trial/notes/acme/2?text=milk")).isEqualTo(204);
        assertThat(post("trial/notes/globex/1?text=steel")).isEqualTo(204);

        assertThat(get("trial/notes/acme/1")).isEqualTo("[Written[text=tea]]");
        assertThat(get("trial/notes/acme").lines()).containsExactly("tea", "milk");
        assertThat(get("trial/notes/globex").lines()).containsExactly("steel");
        assertThat(get("trial/metadata/globex.note/1")).contains("branch=harbour", "tenant=globex");
        String counts = "select count(*) from note_count where (tenant, number) in (('acme', 2), ('globex', 1))";
        eventually(() -> database.numberIn(database.database(), counts) == 2);
        assertThat(post("trial/notes/acme.note/1?text=forged")).isEqualTo(500);
    }

    @Test
    void events_of_the_old_application_are_moved_in_at_the_start() {
        assertThat(database.numberIn(
                        database.database(),
                        "select count(*) from meowmx_events where category = 'old-order' and type like 'old-order-%'"))
                .isEqualTo(2);
    }

    /** Its application class lists no classes, so servers give it all of the WAR. */
    @Test
    void nothing_of_the_library_is_published_among_its_own_addresses() {
        Api operator = Api.as(server, "operator");
        for (String path :
                List.of("/api/status", "/api/categories", "/api/org.meowmx/status", "/api/org.meowmx/streams")) {
            // Open Liberty checks roles before the resource is called
            assertThat(Http.get(server.uri(path)).statusCode()).as(path).isIn(401, 404);
            assertThat(operator.get(server.uri(path).toString()).status())
                    .as(path)
                    .isEqualTo(404);
        }
        for (String path : List.of("/", "/index.html", "/ui/app.js", "/webjars/", "/problem")) {
            assertThat(Http.get(server.uri(path)).statusCode()).as(path).isIn(403, 404);
        }
    }

    @Test
    void its_errors_and_its_openapi_document_are_its_own() {
        for (Api.Answer error :
                List.of(send("trial/failing-payment/" + UUID.randomUUID()), send("nothing"), send("orders/no-uuid"))) {
            assertThat(error.status()).isGreaterThanOrEqualTo(400);
            assertThat(error.problem()).isEmpty();
            assertThat(error.header("Content-Security-Policy")).isEmpty();
        }
        assertThat(Http.get(server.uri("/openapi")).body())
                .contains("/orders/{id}")
                .doesNotContain("org.meowmx", "/subscriptions/{name}/pause");
    }
}
