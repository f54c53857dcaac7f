package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.Http;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.ServerKind;

/**
 * Two applications on one server and one database: a WAR, and an EAR with the library in each of its two web modules. The WAR and
 * each web module have one engine. A second EAR, with the library in {@code lib}, is refused.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoApplicationsIT {

    private static final Path CONSUMER = Path.of("src-test-it/consumer");
    private static final Path PARTS = Path.of("target/consumers/consumer/target/shop.war");
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final PostgreSqlServer database = PostgreSqlServer.sharedWithDatabase();

    @SuppressWarnings("NullAway") // set before any test
    private ApplicationServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        database.executeIn(database.database(), Files.readString(CONSUMER.resolve("tables.sql")));
        Map<String, String> modules = Map.of("visits", "shop/Visits", "stall", "shop/trial/Stall");
        ApplicationServer.add(folder, EarFile.build(PARTS, modules, false, folder.resolve("shop.ear")));
        Map<String, String> refused = Map.of("refused", "shop/trial/Stall");
        ApplicationServer.add(folder, EarFile.build(PARTS, refused, true, folder.resolve("refused.ear")));
        Map<String, String> environment = new HashMap<>(ApplicationServer.database(database));
        environment.put("HOSTNAME", "host");
        environment.put("MEOWMX_SCHEMA_MODE", "migrate");
        server = ApplicationServer.start(folder, ApplicationServer.warWithSample(), environment, additions())
                .awaitReady("/demo/shipments", START)
                .awaitReady("/visits/api/visits", START)
                .awaitReady("/stall/stall", START);
    }

    /** WildFly deploys all applications in its folder. */
    private static Path[] additions() {
        return ServerKind.ofTheBuild() == ServerKind.LIBERTY
                ? new Path[] {ServerKind.LIBERTY.addition(CONSUMER.resolve("server"), "enterprise-application")}
                : new Path[0];
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private long number(String sql) {
        return database.numberIn(database.database(), sql);
    }

    @Test
    void each_web_module_with_the_library_has_one_engine() {
        await().atMost(SOON).until(() -> listeners() == 3);

        assertThat(number("select count(*) from meowmx_nodes")).isEqualTo(3);
        assertThat(server.instancesOf("org.meowmx.subscription.engine.Poller")).isEqualTo(3);
        assertThat(server.instancesOf("org.meowmx.subscription.engine.SubscriptionEngine"))
                .isEqualTo(3);
    }

    private long listeners() {
        return number(
                "select count(*) from pg_stat_activity where datname = current_database() and query like 'listen meowmx%'");
    }

    @Test
    void a_library_in_lib_of_an_ear_is_refused_in_a_sentence() {
        await().atMost(SOON).until(() -> server.log().contains("to WEB-INF/lib of the one WAR that uses it"));

        // the WAR at the root answers for all other paths, after authentication
        Api reader = Api.as(server, "reader");
        String stall = server.uri("/refused/stall").toString();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reader.get(stall).status()).isEqualTo(404));
    }

    @Test
    void both_web_modules_of_the_ear_have_a_working_subscription() {
        Http.post(server.uri("/visits/api/visits/home"), "");
        Http.post(server.uri("/stall/stall"), "");

        await().atMost(SOON)
                .until(() -> body("/visits/api/visits").replace(" ", "").equals("{\"home\":1}"));
        await().atMost(SOON).until(() -> body("/stall/stall").equals("1"));
    }

    private String body(String path) {
        return Http.get(server.uri(path)).body();
    }

    /** The web modules of an EAR have different names, which begin with that of the EAR. */
    @Test
    void nodes_and_health_checks_have_the_names_of_application_and_module() throws IOException {
        assertThat(database.textsIn(database.database(), "select left(name, -8) from meowmx_nodes"))
                .containsExactlyInAnyOrder("meowmx@host-", "shop/visits@host-", "shop/stall@host-");
        JsonNode ready =
                Api.JSON.readTree(Http.get(server.health("/health/ready")).body());

        List<String> names = ready.findValuesAsText("name");
        List<String> expected = ServerKind.ofTheBuild() == ServerKind.LIBERTY
                ? List.of(
                        "meowmx-store@meowmx",
                        "meowmx-subscriptions@meowmx",
                        "meowmx-store@shop/visits",
                        "meowmx-subscriptions@shop/visits",
                        "meowmx-store@shop/stall",
                        "meowmx-subscriptions@shop/stall")
                // WildFly does not find the checks of a web module in an EAR
                : List.of("meowmx-store@meowmx", "meowmx-subscriptions@meowmx");
        assertThat(names.stream().filter(name -> name.startsWith("meowmx-")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
