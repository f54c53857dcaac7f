package org.meowmx.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.PostgreSqlServer;

/** The console in Chromium, with the demo's WAR on Open Liberty. */
class ConsoleIT {

    private static final Duration START = Duration.ofMinutes(2);
    private static final double PATIENCE = 20_000;

    private static final Path PICTURES = Path.of("target", "console");

    @TempDir
    static Path folder;

    private static final PostgreSqlServer DATABASE = PostgreSqlServer.sharedWithDatabase();

    private static Chromium chromium;
    private static int port;
    private static ApplicationServer server;

    private Visitor visitor;

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        port = ApplicationServer.freePort();
        startServer();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
            server.close();
        }
    }

    private static void startServer() {
        Map<String, String> environment = new HashMap<>(ApplicationServer.database(DATABASE));
        environment.put("MEOWMX_SCHEMA_MODE", "migrate");
        server = ApplicationServer.liberty(folder, ApplicationServer.warWithSample(), port, environment)
                .awaitReady("/health/ready", START);
    }

    @BeforeEach
    void visit() {
        visitor = visitor("operator", new Browser.NewContextOptions());
    }

    @AfterEach
    void nothing_went_wrong_in_the_browser() {
        visitor.close();
        assertThat(visitor.alarms()).isEmpty();
    }

    private static Visitor visitor(String user, Browser.NewContextOptions options) {
        return chromium.visitor(server.uri("/"), user, options);
    }

    /** Places an order; returns its id. */
    private String place(String customer, String total) {
        APIResponse placed =
                visitor.post("/demo/orders", "{\"customer\":\"%s\",\"total\":%s}".formatted(customer, total));
        return idOf(placed);
    }

    /** The id of the created order or account. */
    private static String idOf(APIResponse made) {
        assertThat(made.status()).isEqualTo(201);
        String location = made.headers().get("location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private Locator rowOf(String order) {
        return visitor.rows().filter(having("order/" + order));
    }

    /**
     * Version 1 of the list requests no orders that were placed, so version 2 waits with this one until an order is shipped. No
     * reader misses it.
     */
    @Test
    void the_overview_tells_that_everything_is_fine() throws SQLException {
        place("ann", "12.50");
        try (Connection connection = DATABASE.connect("public");
                Statement statement = connection.createStatement()) {
            statement.execute("update meowmx_events set recorded_at = recorded_at - interval '1 minute'");
        }

        visitor.open("#/");

        assertThat(visitor.text("Everything is fine")).isVisible();
        assertThat(visitor.text("Nothing: no transaction with an append is open."))
                .isVisible();
        assertThat(visitor.page().locator("tr").filter(having("credit-check"))).containsText("running");
        assertThat(visitor.page().locator(".chart canvas")).hasCount(3);
    }

    @Test
    void the_tail_moves_and_an_event_opens_beside_it() {
        visitor.open("#/");
        visitor.link("Log").click();
        assertThat(visitor.text("Live")).isVisible();

        String order = place("bo", "12.50");

        assertThat(rowOf(order)).hasCount(1);
        rowOf(order).locator("a.open").click();
        Locator opened = visitor.page().locator("aside");
        assertThat(opened.locator("pre")).containsText("\"total\": 12.50");
        assertThat(opened).containsText("credit-granted in credit/" + order);
        assertThat(opened).containsText("Not caused by another event.");

        opened.locator("a").filter(having("credit-granted")).click();
        assertThat(visitor.page().locator(".family")).containsText("order-placed in order/" + order);
    }

    @Test
    void a_paused_tail_counts_what_it_withholds() {
        visitor.open("#/log?category=order");
        visitor.button("Pause").click();

        String first = place("chen", "1");
        String second = place("chen", "2");

        assertThat(visitor.text("2 withheld")).isVisible();
        assertThat(visitor.page().locator(".controls [role=status]")).hasText("Paused");
        assertThat(rowOf(first)).hasCount(0);
        visitor.button("Resume").click();
        assertThat(rowOf(first)).hasCount(1);
        assertThat(rowOf(second)).hasCount(1);
    }

    private static void setHidden(Page tab, boolean hidden) {
        tab.evaluate(
                "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
                        + " document.dispatchEvent(new Event('visibilitychange')); }",
                hidden);
    }

    /** A browser opens at most six connections to a host over HTTP/1.1, for all tabs together. */
    @Test
    void hidden_tabs_leave_their_connections_to_the_visible_one() {
        List<Page> tabs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Page tab = visitor.page().context().newPage();
            tabs.add(tab);
            tab.navigate(server.uri("/#/log?category=order").toString());
            assertThat(tab.getByText("Live").first()).isVisible();
            setHidden(tab, true);
        }
        visitor.open("#/log?category=order");
        assertThat(visitor.text("Live")).isVisible();

        String order = place("fay", "1");

        assertThat(rowOf(order)).hasCount(1);
        Page shownAgain = tabs.get(0);
        setHidden(shownAgain, false);
        assertThat(shownAgain.getByText("Live").first()).isVisible();
        assertThat(shownAgain.locator(".events .row:not(.head)").filter(having("order/" + order)))
                .hasCount(1);
        tabs.forEach(Page::close);
    }

    @Test
    void the_log_is_filtered_by_category_and_type() {
        String order = place("dalia", "3");
        visitor.post("/demo/orders/" + order + "/shipment", "{}");
        visitor.open("#/log");

        visitor.page().getByLabel("Category").fill("order");
        visitor.page().getByLabel("Category").press("Enter");
        assertThat(visitor.rows().filter(having("credit-granted"))).hasCount(0);
        assertThat(rowOf(order)).hasCount(2);
        visitor.page().getByLabel("Types").fill("order-shipped");
        visitor.page().getByLabel("Types").press("Enter");

        assertThat(rowOf(order)).hasCount(1);
        assertThat(rowOf(order)).containsText("order-shipped");
        assertThat(visitor.page())
                .hasURL(server.uri("/#/log?category=order&type=order-shipped").toString());
    }

    @Test
    void a_stream_is_found_and_two_of_its_versions_compared() {
        String order = place("emre", "4.75");
        visitor.post("/demo/orders/" + order + "/shipment", "{}");
        visitor.open("#/streams");

        visitor.page().getByLabel("Category").fill("order");
        visitor.page().getByLabel("Id begins with").fill(order.substring(0, 12));
        visitor.button("Find").click();
        visitor.link("order/" + order).click();

        assertThat(visitor.page().locator(".timeline li")).hasCount(2);
        assertThat(visitor.page().locator(".diff")).containsText("-   \"customer\": \"emre\"");
        assertThat(visitor.page().locator(".diff")).containsText("+   \"at\"");
        visitor.page().locator(".timeline a").filter(having("order-placed")).click();
        assertThat(visitor.page().locator(".details pre")).containsText("4.75");
    }

    @Test
    void a_long_history_is_read_back_to_its_first_version() {
        String account = idOf(visitor.post("/demo/accounts?owner=jo&deposits=1149", "{}"));
        visitor.open("#/streams/account/" + account);
        Locator steps = visitor.page().locator(".timeline li");

        for (int shown = 100; shown < 1_150; shown += 100) {
            assertThat(steps).hasCount(shown);
            visitor.button("Older events").click();
        }

        assertThat(steps).hasCount(1_150);
        assertThat(steps.last()).containsText("account-opened");
        assertThat(visitor.button("Older events")).hasCount(0);
    }

    @Test
    void a_subscription_is_paused_and_resumed_after_a_question() {
        visitor.open("#/subscriptions");
        visitor.linkNamed("shipping-list").click();

        visitor.button("Pause…").click();
        assertThat(visitor.question()).containsText("Events wait; none is lost.");
        visitor.question().getByText("Cancel").click();
        assertThat(visitor.question()).hasCount(0);
        visitor.button("Pause…").click();
        visitor.confirm();

        assertThat(visitor.text("shipping-list is paused.")).isVisible();
        visitor.button("Reposition…").click();
        assertThat(visitor.question()).containsText("the events in between are never delivered to it");
        visitor.page().keyboard().press("Escape");
        visitor.button("Resume…").click();
        visitor.confirm();
        assertThat(visitor.button("Pause…")).isVisible();
    }

    @Test
    void nothing_is_repositioned_to_a_place_that_is_not_filled_in() {
        visitor.open("#/subscriptions/shipping-list");
        visitor.button("Pause…").click();
        visitor.confirm();
        assertThat(visitor.text("shipping-list is paused.")).isVisible();
        List<String> changes = new ArrayList<>();
        visitor.page().onRequest(request -> {
            if (request.method().equals("POST")) {
                changes.add(request.url());
            }
        });

        visitor.button("Reposition…").click();
        visitor.question().getByText("after a position").click();
        visitor.question().locator("[name=position]").fill("");
        visitor.confirm();
        assertThat(visitor.question().locator("input:invalid")).hasAttribute("name", "position");
        visitor.question().getByText("a time").click();
        visitor.confirm();
        assertThat(visitor.question().locator("input:invalid")).hasAttribute("name", "time");
        visitor.question().getByText("Cancel").click();
        visitor.button("Resume…").click();
        visitor.confirm();

        assertThat(visitor.text("shipping-list is resumed.")).isVisible();
        assertThat(changes).singleElement(STRING).endsWith("/api/subscriptions/shipping-list/resume");
    }

    @Test
    void a_failing_event_is_seen_and_retried_when_its_cause_is_gone() {
        String order = place("dora", "5000");
        visitor.open("#/");
        assertThat(visitor.text("1 parked stream")).isVisible();
        visitor.text("1 parked stream").click();

        Locator parked = visitor.page().locator(".parked");
        assertThat(parked).containsText("order/" + order);
        assertThat(parked.locator("summary")).containsText("a total of 5000 is above the limit of 1000");
        parked.locator("summary").click();
        assertThat(parked.locator("pre")).containsText("at org.meowmx.demo.CreditCheck.grant");

        visitor.button("Retry…").click();
        visitor.confirm();
        assertThat(visitor.question().locator(".problem")).containsText("The handler failed");
        assertThat(visitor.put("/demo/credit-limits/dora", "6000").status()).isEqualTo(204);
        visitor.confirm();

        assertThat(visitor.question()).hasCount(0);
        assertThat(visitor.text("Nothing is parked")).isVisible();
        visitor.open("#/streams/credit/" + order);
        assertThat(visitor.page().locator(".timeline")).containsText("credit-granted");
    }

    @Test
    void hostile_events_are_text_on_every_page() {
        String markup = "<img src=x onerror=alert(1)>\\\"'</script><script>alert(2)</script>";
        String data = """
                {"%1$s": "%1$s", "dangerouslySetInnerHTML": {"__html": "%1$s"}, "href": "javascript:alert(3)"}""".formatted(markup);
        String type = "<img src=x onerror=alert(4)>";
        String id = UUID.randomUUID() + "/../%2F?#<svg onload=alert(5)>";
        String path = "/api/streams/" + encoded("<b onclick=alert(6)>") + "/" + encoded(id);
        String event = """
                {"type": "%s", "data": %s, "metadata": {"causationId": "javascript:alert(7)", "%s": "%s"}}""".formatted(type, data, "<i>key</i>", markup);
        try (Visitor writer = visitor("writer", new Browser.NewContextOptions())) {
            APIResponse answer = writer.post(path, event);
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        }

        visitor.open("#/log");
        Locator row = visitor.rows().filter(having(id));
        assertThat(row).containsText(type);
        row.locator("a.open").click();
        assertThat(visitor.page().locator("aside pre")).containsText("<script>alert(2)</script>");
        assertThat(visitor.page().locator("aside")).containsText("javascript:alert(7)");
        row.locator("a.stream").click();
        assertThat(visitor.page().locator("h1")).hasText(id);
        assertThat(visitor.page().locator(".timeline li")).containsText(type);
        visitor.link("<b onclick=alert(6)>").first().click();
        assertThat(visitor.link("<b onclick=alert(6)>/" + id)).isVisible();
        visitor.open("#/streams");
        assertThat(visitor.link("<b onclick=alert(6)>")).isVisible();
        assertThat(visitor.page().locator("main img, main script, main b, main i"))
                .hasCount(0);
        assertThat(visitor.page().locator("a[href^='javascript']")).hasCount(0);
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void the_console_outlives_the_server_and_misses_no_event() {
        visitor.open("#/log");
        assertThat(rowOf(place("fay", "1"))).hasCount(1);
        server.close();
        assertThat(visitor.text("The server is not reachable.")).isVisible();

        startServer();
        String order = place("fay", "2");

        assertThat(rowOf(order)).hasCount(1);
        assertThat(visitor.page().getByText("The server is not reachable.")).hasCount(0);
    }

    @Test
    void the_keyboard_is_enough() {
        place("gus", "1");
        place("gus", "2");
        visitor.open("#/log?category=order&type=order-placed");
        assertThat(visitor.rows().nth(1)).isVisible();

        visitor.page().keyboard().press("Tab");
        assertThat(visitor.link("Skip to content")).isFocused();
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.page().locator("main")).isFocused();
        visitor.rows().first().locator("a.open").focus();
        visitor.page().keyboard().press("ArrowDown");
        visitor.page().keyboard().press("Enter");

        assertThat(visitor.page().locator("aside pre")).containsText("gus");
        assertThat(visitor.rows().nth(1)).hasClass("row opened");
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.page().locator("aside")).hasCount(0);
        assertThat(visitor.rows().nth(1).locator("a.open")).isFocused();
    }

    @Test
    void an_event_that_covers_a_narrow_window_keeps_what_is_behind_it_out_of_reach() {
        String order = place("jan", "1");
        Browser.NewContextOptions window = new Browser.NewContextOptions().setViewportSize(390, 800);
        try (Visitor onTelephone = visitor("reader", window)) {
            onTelephone.open("#/log?category=order");
            Locator row = onTelephone.rows().filter(having("order/" + order)).locator("a.open");
            row.click();
            assertThat(onTelephone.page().locator("aside h2")).isFocused();
            assertThat(onTelephone.link("Overview")).hasCount(0);
            assertThat(row).isHidden();

            onTelephone.button("Close").click();
            assertThat(row).isFocused();
            assertThat(onTelephone.link("Overview")).isVisible();
        }
    }

    @Test
    void times_are_those_of_the_viewers_zone() {
        String order = place("hana", "1");
        try (Visitor inTokyo = visitor("reader", new Browser.NewContextOptions().setTimezoneId("Asia/Tokyo"))) {
            inTokyo.open("#/streams/order/" + order);
            Locator time = inTokyo.page().locator(".timeline time");
            Instant recorded = Instant.parse(time.getAttribute("datetime"));

            assertThat(time)
                    .hasText(DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
                            .withZone(ZoneId.of("Asia/Tokyo"))
                            .format(recorded));
            assertThat(inTokyo.text("Times are in Asia/Tokyo")).isVisible();
        }
    }

    @Test
    void a_reader_is_told_which_role_it_takes() {
        try (Visitor reader = visitor("reader", new Browser.NewContextOptions())) {
            reader.open("#/subscriptions/shipping-list");
            reader.button("Pause…").click();
            reader.confirm();

            assertThat(reader.question().locator(".problem"))
                    .hasText("This requires the role meowmx-operator, which you do not have.");
        }
    }

    /**
     * Each width and each colour scheme once, because colours do not affect the width. Also takes a screenshot of each
     * page, in {@code target/console}.
     */
    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void no_page_scrolls_sideways(int width, ColorScheme scheme) {
        String order = place("ida", "10.00");
        visitor.post("/demo/orders/" + order + "/shipment", "{}");
        Map<String, String> pages = Map.of(
                "overview", "#/",
                "log", "#/log?event=" + firstEvent(order),
                "streams", "#/streams",
                "stream", "#/streams/order/" + order,
                "subscriptions", "#/subscriptions",
                "subscription", "#/subscriptions/credit-check",
                "version", "#/subscriptions/shipping-list@2",
                "parked", "#/parked");
        Browser.NewContextOptions window =
                new Browser.NewContextOptions().setViewportSize(width, 800).setColorScheme(scheme);
        try (Visitor looking = visitor("reader", window)) {
            pages.forEach((name, place) -> {
                looking.open(place);
                assertThat(looking.page().locator(".card:visible").first()).isVisible();
                looking.picture(PICTURES.resolve("%s-%d-%s.png".formatted(name, width, scheme)));
                assertThat(looking.scrollsSideways()).as(name).isFalse();
            });
            looking.open("#/subscriptions/shipping-list@2");
            List.of("Switch", "Retire", "Replay").forEach(action -> {
                looking.button(action + "…").click();
                assertThat(looking.question()).isVisible();
                looking.picture(
                        PICTURES.resolve("%s-%d-%s.png".formatted(action.toLowerCase(Locale.ROOT), width, scheme)));
                assertThat(looking.scrollsSideways()).as(action).isFalse();
                looking.question().getByText("Cancel").click();
            });
        }
    }

    private String firstEvent(String order) {
        visitor.open("#/streams/order/" + order);
        visitor.page().locator(".timeline a").filter(having("order-placed")).click();
        return visitor.page().locator(".details .facts code").textContent();
    }
}
