package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.server.Http;

/** With the data source of server-config, and the library's REST API and console at a path that the application chooses. */
class ConsumerIT extends ConsumerContract {

    private static final String ROOT = "/events-admin";
    private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("from \"(\\./[^\"]+)\"");

    @Override
    Path[] additions() {
        return new Path[] {messaging()};
    }

    @Override
    Path war(Path folder) {
        return WAR;
    }

    private String address(String path) {
        return server.uri(ROOT + path).toString();
    }

    private Answer as(String user, String path) {
        return Api.as(server, user).get(address(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/index.html", "/ui/app.js", "/nothing", "/api", "/api/status", "/api/nothing"})
    void every_address_of_the_library_requires_a_role(String path) {
        HttpResponse<String> nobody = Http.get(URI.create(address(path)));
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic"));
        assertThat(as("stranger", path).status()).isEqualTo(401);

        assertThat(as("guest", path).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "writer", "operator"})
    void each_role_may_read(String user) {
        assertThat(as(user, "/api/status").status()).isEqualTo(200);
        assertThat(as(user, "/").status()).isEqualTo(200);
        assertThat(as(user, "/api/nothing").problem()).isEqualTo("not-found");
        assertThat(as(user, "/nothing").status()).isEqualTo(404);
    }

    @Test
    void programs_append_and_read_what_the_application_stores() {
        UUID order = place();
        String stream = address("/api/streams/order/" + order);
        Answer read = Api.as(server, "reader").get(stream);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().at("/events/0/type").asText()).isEqualTo("order-placed");

        String shipped = "{\"type\":\"order-shipped\",\"data\":{\"at\":\"2026-01-31T12:00:00Z\"}}";
        Answer appended = Api.as(server, "writer").post(stream, shipped, "If-Match", "\"1\"");

        assertThat(appended.status()).isEqualTo(201);
        assertThat(appended.json().get("version").asLong()).isEqualTo(2);
        assertThat(events(order)).contains("Shipped");
        assertThat(Api.as(server, "reader").post(stream, shipped).problem()).isEqualTo("forbidden");
        assertThat(Api.as(server, "writer")
                        .post(stream, shipped, "If-Match", "\"7\"")
                        .problem())
                .isEqualTo("wrong-expected-version");
    }

    @Test
    void operators_control_the_applications_subscriptions() {
        JsonNode subscriptions = as("operator", "/api/subscriptions").json().get("subscriptions");
        assertThat(subscriptions.findValuesAsText("name")).contains("courier", "visits");

        assertThat(Api.as(server, "operator")
                        .post(address("/api/subscriptions/visits/pause"))
                        .status())
                .isLessThan(300);
        assertThat(get("trial/subscriptions/visits")).isEqualTo("PAUSED");
        assertThat(Api.as(server, "operator")
                        .post(address("/api/subscriptions/visits/resume"))
                        .status())
                .isLessThan(300);
    }

    @Test
    void pages_link_to_each_other_by_relative_addresses() {
        place();
        place();
        Answer page = as("reader", "/api/events?limit=1");

        URI next = page.resolved(page.header("Link").replaceAll("<(.*)>.*", "$1"));

        assertThat(next.getPath()).isEqualTo(ROOT + "/api/events");
        assertThat(Api.as(server, "reader").get(next.toString()).status()).isEqualTo(200);
    }

    @Test
    void the_console_loads_with_all_its_files() {
        assertThat(as("reader", "").status()).isEqualTo(302);
        assertThat(as("reader", "").location("Location").getPath()).isEqualTo(ROOT + "/");

        Answer page = as("reader", "/");

        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'", "frame-ancestors 'none'");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        List<URI> files = REFERENCE
                .matcher(page.body())
                .results()
                .map(found -> page.resolved(found.group(1)))
                .toList();
        assertThat(files).hasSizeGreaterThanOrEqualTo(7);
        files.forEach(this::assertLoads);
    }

    /** The file, and the modules that it imports. */
    private void assertLoads(URI file) {
        Answer answer = Api.as(server, "reader").get(file.toString());
        assertThat(answer.status()).as(file.toString()).isEqualTo(200);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Type")).matches("(text/javascript|text/css|image/svg\\+xml).*");
        IMPORT.matcher(answer.body())
                .results()
                .map(found -> answer.resolved(found.group(1)))
                .filter(imported -> file.getPath().endsWith("/app.js"))
                .forEach(this::assertLoads);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/ui/", "/../org/meowmx/rest/Console.class", "/webjars/preact/LICENSE", "/..%2FConsole.class"})
    void the_console_gives_nothing_but_its_files(String path) {
        assertThat(as("operator", path).status()).isIn(400, 404);
    }
}
