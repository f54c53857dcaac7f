package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.StreamId;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.Http;
import org.meowmx.server.PostgreSqlServer;

/** The demo's WAR on a Jakarta EE server and PostgreSQL: the README's curl commands, and a restart. */
class OrdersIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static final PostgreSqlServer DATABASE = PostgreSqlServer.sharedWithDatabase();
    private static ApplicationServer server;

    @BeforeAll
    static void start() {
        server = start("migrate");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ApplicationServer start(String schemaMode) {
        return launch(DATABASE, schemaMode, "server").awaitReady("/demo/shipments", START);
    }

    private static ApplicationServer launch(PostgreSqlServer database, String schemaMode, String name) {
        Map<String, String> environment = new HashMap<>(ApplicationServer.database(database));
        environment.put("MEOWMX_SCHEMA_MODE", schemaMode);
        environment.put("MEOWMX_SUBSCRIPTION_TRANSACTION_TIMEOUT", "PT3S");
        return ApplicationServer.start(folder.resolve(name), ApplicationServer.warWithSample(), environment);
    }

    private static URI place() {
        HttpResponse<String> placed = Http.post(server.uri("/demo/orders"), "{\"customer\":\"ann\",\"total\":12.50}");
        assertThat(placed.statusCode()).isEqualTo(201);
        return URI.create(placed.headers().firstValue("Location").orElseThrow());
    }

    private static URI shipmentOf(URI order) {
        return URI.create(order + "/shipment");
    }

    private static JsonNode get(URI uri) throws IOException {
        HttpResponse<String> answer = Http.get(uri);
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static boolean isListed(URI order) throws IOException {
        return get(server.uri("/demo/shipments")).findValuesAsText("orderId").contains(id(order));
    }

    private static void eventually(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition);
    }

    @Test
    void an_order_is_placed_shipped_once_and_listed() throws IOException {
        URI order = place();
        JsonNode placed = get(order);
        assertThat(placed.get("customer").asText()).isEqualTo("ann");
        assertThat(placed.get("total").decimalValue()).isEqualByComparingTo("12.50");
        assertThat(placed.get("version").asLong()).isEqualTo(1);
        assertThat(placed.has("shippedAt")).isFalse();

        assertThat(Http.post(shipmentOf(order), "").statusCode()).isEqualTo(204);
        assertThat(Http.post(shipmentOf(order), "").statusCode()).isEqualTo(409);

        JsonNode shipped = get(order);
        assertThat(shipped.get("version").asLong()).isEqualTo(2);
        assertThat(shipped.get("shippedAt").asText()).isNotEmpty();
        assertThat(shipped.get("history").findValuesAsText("type")).containsExactly("order-placed", "order-shipped");
        eventually(() -> isListed(order));
    }

    private static URI open(String owner, int deposits) {
        HttpResponse<String> opened =
                Http.post(server.uri("/demo/accounts?owner=%s&deposits=%d".formatted(owner, deposits)), "");
        assertThat(opened.statusCode()).isEqualTo(201);
        return URI.create(opened.headers().firstValue("Location").orElseThrow());
    }

    private static String id(URI resource) {
        return resource.getPath().substring(resource.getPath().lastIndexOf('/') + 1);
    }

    private static HttpResponse<String> deposit(URI account, int cents) {
        return Http.post(URI.create(account + "/deposits?cents=" + cents), "");
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Another writer is faster, between the load and the append of a method that is transactional and retried. */
    @Test
    void a_conflict_is_retried_around_the_transaction() throws Exception {
        URI account = open("ann", 1);
        StreamId stream = StreamId.of("account", id(account));
        try (Connection faster = DATABASE.connect("public");
                Connection observer = DATABASE.connect("public");
                Statement statement = faster.createStatement()) {
            String waiting =
                    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
            faster.setAutoCommit(false);
            statement.execute("update meowmx_streams set version = 3 where stream_id = '" + stream.id() + "'");
            statement.execute(
                    "insert into meowmx_events (event_id, category, stream_id, version, slice, type, data, metadata, "
                            + "recorded_at) values (gen_random_uuid(), 'account', '" + stream.id() + "', 3, "
                            + stream.slice()
                            + ", 'money-deposited', '{\"cents\": 5}', '{}', now())");
            CompletableFuture<HttpResponse<String>> deposited =
                    CompletableFuture.supplyAsync(() -> deposit(account, 100));
            eventually(() -> deposited.isDone() || number(observer, waiting) > 0);
            faster.commit();

            assertThat(deposited.get().statusCode()).isEqualTo(200);
        }
        JsonNode after = get(account);
        assertThat(after.get("version").asLong()).isEqualTo(4);
        assertThat(after.get("cents").asLong()).isEqualTo(106);
        assertThat(balances().get(stream.id())).isEqualTo("106 at 4");
    }

    @Test
    void an_account_refuses_what_it_has_not_got() {
        URI account = open("ann", 0);

        assertThat(Http.post(URI.create(account + "/withdrawals?cents=1"), "").statusCode())
                .isEqualTo(409);
        assertThat(Http.get(server.uri("/demo/accounts/" + UUID.randomUUID())).statusCode())
                .isEqualTo(404);
        assertThat(deposit(server.uri("/demo/accounts/" + UUID.randomUUID()), 1).statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_long_stream_is_kept_as_a_snapshot() throws Exception {
        URI account = open("bo", 9_999);
        JsonNode first = get(account);
        assertThat(first.get("version").asLong()).isEqualTo(10_000);
        assertThat(first.get("cents").asLong()).isEqualTo(9_999);

        try (Connection connection = DATABASE.connect("public")) {
            eventually(() -> number(
                            connection,
                            "select count(*) from meowmx_snapshots where version = 10000 and stream_id = '"
                                    + id(account) + "'")
                    == 1);
        }
        assertThat(get(account)).isEqualTo(first);
        assertThat(get(URI.create(account + "?version=501")).get("cents").asLong())
                .isEqualTo(500);
    }

    /** The inline projection: each account's cents and version. */
    private static Map<String, String> balances() throws IOException {
        Map<String, String> balances = new HashMap<>();
        get(server.uri("/demo/balances"))
                .forEach(row -> balances.put(
                        row.get("accountId").asText(),
                        row.get("cents").asLong() + " at " + row.get("version").asLong()));
        return balances;
    }

    @Test
    void an_inline_projection_is_rebuilt_while_it_is_live() throws Exception {
        List<URI> accounts = List.of(open("ann", 150), open("bo", 0), open("chen", 3));
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try (Connection connection = DATABASE.connect("public");
                Statement statement = connection.createStatement()) {
            statement.execute("update demo_balances set cents = -1");
            List<Future<Integer>> deposits = IntStream.range(0, 240)
                    .mapToObj(i -> writers.submit(
                            () -> deposit(accounts.get(i % accounts.size()), 1).statusCode()))
                    .toList();
            do {
                assertThat(Http.post(server.uri("/demo/balances/rebuild"), "").statusCode())
                        .isEqualTo(204);
            } while (!deposits.stream().allMatch(Future::isDone));
            for (Future<Integer> deposit : deposits) {
                assertThat(deposit.get()).isEqualTo(200);
            }
        } finally {
            writers.shutdownNow();
        }

        Map<String, String> rebuilt = balances();
        for (URI uri : accounts) {
            JsonNode account = get(uri);
            assertThat(rebuilt.get(id(uri))).isEqualTo(account.get("cents") + " at " + account.get("version"));
        }
        assertThat(get(accounts.get(0)).get("cents").asLong()).isEqualTo(150 + 80);
    }

    @Test
    void health_tells_of_the_store_and_its_subscriptions() throws Exception {
        assertThat(get(server.health("/health/started")).findValuesAsText("name"))
                .contains("meowmx-started@meowmx");
        assertThat(get(server.health("/health/live")).findValuesAsText("name")).contains("meowmx-loop@meowmx");
        JsonNode ready = get(server.health("/health/ready"));

        assertThat(ready.get("status").asText()).isEqualTo("UP");
        assertThat(ready.findValuesAsText("name")).contains("meowmx-store@meowmx", "meowmx-subscriptions@meowmx");
        assertThat(ready.findValue("shipping-list").asText()).startsWith("running at position ");
    }

    @Test
    void the_node_listens_on_a_connection_of_the_servers_pool() {
        Awaitility.await().untilAsserted(() -> assertThat(listeners()).isEqualTo(1));
    }

    private static long listeners() {
        return DATABASE.numberIn(
                DATABASE.database(),
                "select count(*) from pg_stat_activity where datname = current_database() and query like 'listen meowmx%'");
    }

    @Test
    void a_turn_that_outlives_its_transaction_timeout_is_rolled_back_and_tried_again() throws Exception {
        URI order = place();
        try (Connection connection = DATABASE.connect("public");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // the table that a turn reads under its claim
            statement.execute("lock table meowmx_parked_events in access exclusive mode");
            assertThat(Http.post(shipmentOf(order), "").statusCode()).isEqualTo(204);
            statement.execute("select pg_sleep(6)");
            connection.rollback();
        }

        // WildFly cancels the current statement, Open Liberty lets the turn end
        eventually(() -> Stream.of("ARJUNA012117", "Subscription 'shipping-list' failed at order-shipped")
                .anyMatch(server.log()::contains));
        eventually(() -> isListed(order));
    }

    @Test
    void wrong_requests_are_answered_as_the_clients_mistake() {
        URI orders = server.uri("/demo/orders");

        assertThat(Http.post(orders, "{\"customer\":").statusCode()).isEqualTo(400);
        assertThat(Http.post(orders, "{\"customer\":\"ann\"}").statusCode()).isEqualTo(400);
        assertThat(Http.get(server.uri("/demo/orders/" + UUID.randomUUID())).statusCode())
                .isEqualTo(404);
        assertThat(Http.post(server.uri("/demo/orders/" + UUID.randomUUID() + "/shipment"), "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(Http.get(server.uri("/demo/orders/no-uuid")).statusCode()).isEqualTo(404);
    }

    @Test
    void events_and_the_read_model_survive_a_restart_and_a_kill() throws IOException {
        URI order = place();
        server.stop();
        assertThat(server.hasEndedInOrder()).isTrue();
        assertThat(server.errors()).isEmpty();

        server = start("validate");
        order = server.uri(order.getPath());
        assertThat(get(order).get("version").asLong()).isEqualTo(1);
        assertThat(Http.post(shipmentOf(order), "").statusCode()).isEqualTo(204);
        server.kill();

        server = start("validate");
        URI shipped = server.uri(order.getPath());
        assertThat(get(shipped).get("version").asLong()).isEqualTo(2);
        eventually(() -> isListed(shipped));
    }

    @Test
    void an_empty_database_fails_the_deployment_with_one_sentence() {
        ApplicationServer refused = launch(PostgreSqlServer.sharedWithDatabase(), "validate", "refused");
        try {
            Awaitility.await().atMost(START).until(refused::hasRefused);
        } finally {
            refused.close();
        }
        assertThat(refused.log())
                .contains(
                        "meowmx cannot start: meowmx_checkpoints, meowmx_events, meowmx_events_position_seq, meowmx_log, "
                                + "meowmx_nodes, meowmx_parked_events, meowmx_projections, meowmx_removed_subscriptions, "
                                + "meowmx_snapshots, meowmx_streams, meowmx_subscriptions are missing: set meowmx.schema.mode=migrate, or run "
                                + "org/meowmx/schema/postgresql/V1__event_store.sql.");
    }
}
