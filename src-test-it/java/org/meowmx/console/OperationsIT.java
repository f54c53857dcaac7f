package org.meowmx.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meowmx.server.SharedApplication;

/** The actions of an operator in the console, and their effects in the application's own data. */
@ExtendWith(SharedApplication.class)
class OperationsIT {

    private static final double PATIENCE = 20_000;

    /** The lock that an append takes, by a transaction that then does nothing. */
    private static final String OPEN_APPEND = """
            select pg_advisory_xact_lock_shared(
                cast(cast('meowmx_events' as regclass) as oid)::integer,
                coalesce(pg_sequence_last_value(pg_get_serial_sequence('meowmx_events', 'position')::regclass), 0)::integer)""";

    /** The checkpoint of a subscription whose observer was removed. */
    private static final String ORPHAN = """
            insert into meowmx_checkpoints (subscription, first_slice, last_slice, position, live_after, origin, lock_version)
            values ('%s', 0, 1023, 1, 1, gen_random_uuid(), 0)""";

    private static Chromium chromium;

    private final String customer = "customer " + UUID.randomUUID();

    private Visitor visitor;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void visit() {
        visitor = chromium.visitor(SharedApplication.server().uri("/"), "operator");
    }

    @AfterEach
    void nothing_went_wrong_in_the_browser() {
        visitor.close();
        assertThat(visitor.alarms()).isEmpty();
    }

    private String place(String total) {
        APIResponse placed =
                visitor.post("/demo/orders", "{\"customer\":\"%s\",\"total\":%s}".formatted(customer, total));
        assertThat(placed.status()).isEqualTo(201);
        String location = placed.headers().get("location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private String placeAndShip() {
        String order = place("1");
        assertThat(visitor.post("/demo/orders/" + order + "/shipment", "{}").status())
                .isEqualTo(204);
        return order;
    }

    private boolean isListed(String order) {
        return visitor.get("/demo/shipments?limit=1000").text().contains(order);
    }

    private void awaitListed(String order) {
        visitor.page().waitForCondition(() -> isListed(order));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = SharedApplication.database().connect("public");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void press(String button) {
        visitor.button(button).click();
    }

    @Test
    void a_replay_fills_a_read_model_anew() throws SQLException {
        String order = placeAndShip();
        awaitListed(order);
        execute("delete from demo_shipments where orderid = '%s'".formatted(order));
        visitor.open("#/subscriptions/shipping-list");

        press("Replay…");
        assertThat(visitor.question()).containsText("It is paused, moved to the beginning of the log, and resumed.");
        assertThat(visitor.question()).containsText("No observer is live-only");
        assertThat(visitor.question()).containsText("Events that handlers append again are recognised");
        visitor.confirm();

        assertThat(visitor.text("shipping-list replays from the beginning.")).isVisible();
        awaitListed(order);
    }

    @Test
    @Tag("one-server")
    void what_a_subscription_is_moved_past_never_reaches_it_until_it_is_moved_back() {
        visitor.open("#/subscriptions/shipping-list");
        press("Pause…");
        visitor.confirm();
        assertThat(visitor.text("shipping-list is paused.")).isVisible();
        String passedBy = placeAndShip();

        moveTo("now: only new events");
        press("Resume…");
        visitor.confirm();
        assertThat(visitor.text("shipping-list is resumed.")).isVisible();
        String next = placeAndShip();
        awaitListed(next);
        assertThat(isListed(passedBy)).isFalse();

        press("Pause…");
        visitor.confirm();
        moveTo("the beginning of the log");
        press("Resume…");
        visitor.confirm();
        awaitListed(passedBy);
        assertThat(isListed(next)).isTrue();
    }

    private void moveTo(String place) {
        press("Reposition…");
        visitor.question().getByText(place).click();
        visitor.confirm();
        assertThat(visitor.text("shipping-list is repositioned.")).isVisible();
        assertThat(visitor.question()).hasCount(0);
    }

    @Test
    @Tag("one-server")
    void segments_are_split_and_joined() {
        Locator slices = visitor.open("#/subscriptions/shipping-list").page().locator("table tbody tr");
        assertThat(slices).hasCount(1);

        changeSegments("4");
        assertThat(slices).hasCount(4);
        assertThat(slices.nth(1)).containsText("256 to 511");
        String order = placeAndShip();
        awaitListed(order);

        changeSegments("1");
        assertThat(slices).hasCount(1);
        assertThat(slices).containsText("0 to 1023");
    }

    private void changeSegments(String count) {
        press("Segments…");
        visitor.question().getByLabel("Segments, 1 to 1024").fill(count);
        visitor.confirm();
        assertThat(visitor.question()).hasCount(0);
    }

    private String listed() {
        return visitor.get("/demo/shipments?limit=1000").text();
    }

    private Locator version() {
        return visitor.page().locator("dl");
    }

    private void openVersion(int number) {
        visitor.open("#/subscriptions/shipping-list" + (number == 1 ? "" : "@" + number));
    }

    private void confirmSwitchTo(int number) {
        press("Switch…");
        visitor.confirm();
        assertThat(visitor.text("Version %d of shipping-list serves.".formatted(number)))
                .isVisible();
        assertThat(visitor.question()).hasCount(0);
        assertThat(version()).containsText(number + ", serves readers");
    }

    @Test
    @Tag("one-server")
    void readers_are_switched_to_another_version_and_back() {
        awaitListed(placeAndShip());
        assertThat(listed()).doesNotContain(customer);
        openVersion(2);
        assertThat(version()).containsText("2, while version 1 serves: ready to switch");

        press("Switch…");
        assertThat(visitor.question()).containsText("Switch shipping-list to version 2?");
        assertThat(visitor.question()).containsText("Readers see version 1 now, and version 2 afterwards.");
        visitor.question().getByText("Cancel").click();
        assertThat(version()).containsText("2, while version 1 serves");
        confirmSwitchTo(2);

        assertThat(visitor.button("Switch…")).hasCount(0);
        assertThat(visitor.button("Retire…")).hasCount(0);
        assertThat(listed()).contains(customer);
        openVersion(1);
        assertThat(version()).containsText("1, while version 2 serves");
        confirmSwitchTo(1);
        assertThat(listed()).doesNotContain(customer);
    }

    @Test
    @Tag("one-server")
    void a_switch_from_a_paused_version_is_refused_unless_the_operator_wants_it() {
        awaitListed(placeAndShip());
        openVersion(1);
        press("Pause…");
        visitor.confirm();
        assertThat(visitor.text("shipping-list is paused.")).isVisible();

        openVersion(2);
        press("Switch…");
        visitor.confirm();
        assertThat(visitor.question().locator(".problem")).containsText("is paused");
        visitor.question().getByText("Also if version 1 fails or is paused").click();
        visitor.confirm();
        assertThat(visitor.text("Version 2 of shipping-list serves.")).isVisible();

        openVersion(1);
        press("Resume…");
        visitor.confirm();
        assertThat(visitor.text("shipping-list is resumed.")).isVisible();
        confirmSwitchTo(1);
    }

    @Test
    @Tag("one-server")
    void a_version_is_retired_and_built_again() throws SQLException {
        awaitListed(placeAndShip());
        openVersion(2);

        press("Retire…");
        assertThat(visitor.question()).containsText("Retire version 2 of shipping-list?");
        assertThat(visitor.question()).containsText("you cannot switch back to it");
        visitor.question().getByText("Cancel").click();
        assertThat(version()).containsText("2, while version 1 serves");
        press("Retire…");
        visitor.confirm();
        assertThat(visitor.text("Version 2 of projection 'shipping-list' is retired."))
                .isVisible();
        assertThat(visitor.page().locator("h1")).hasText("Subscriptions");
        assertThat(visitor.page().locator("tr").filter(new Locator.FilterOptions().setHasText("shipping-list@2")))
                .containsText("removed");

        execute("delete from demo_shipments_2");
        visitor.linkNamed("shipping-list@2").click();
        press("Resume…");
        assertThat(visitor.question()).containsText("Empty the tables that it fills first");
        visitor.confirm();
        assertThat(version()).containsText("2, while version 1 serves: ready to switch");
        confirmSwitchTo(2);
        assertThat(listed()).contains(customer);
        openVersion(1);
        confirmSwitchTo(1);
    }

    private Locator parked(String order) {
        return visitor.page().locator(".parked").filter(new Locator.FilterOptions().setHasText("order/" + order));
    }

    private void settle(String order, String button) {
        parked(order).getByText(button).click();
        visitor.confirm();
        assertThat(parked(order)).hasCount(0);
    }

    @Test
    @Tag("one-server")
    void a_failing_event_is_skipped_and_another_discarded() {
        String skipped = place("5000");
        String discarded = place("6000");
        visitor.open("#/parked");
        // while the subscription still parks the second one, it is busy and refuses to skip
        assertThat(parked(skipped)).hasCount(1);
        assertThat(parked(discarded)).hasCount(1);

        settle(skipped, "Skip…");
        assertThat(visitor.text("of \u2068order/" + skipped + "\u2069 skipped, 0 handled."))
                .isVisible();
        settle(discarded, "Discard…");
        assertThat(visitor.text("1 event of \u2068order/" + discarded + "\u2069 discarded."))
                .isVisible();

        visitor.open("#/streams/order/" + skipped);
        assertThat(visitor.page().locator(".timeline")).containsText("order-placed");
        assertThat(visitor.get("/api/streams/credit/" + skipped).text()).contains("\"version\":0");
    }

    @Test
    @Tag("one-server")
    void what_a_gone_subscription_left_is_renamed_and_deleted() throws SQLException {
        String left = "left-" + UUID.randomUUID();
        place("1");
        execute(ORPHAN.formatted(left));
        visitor.open("#/subscriptions");
        visitor.link(left).click();
        assertThat(visitor.text("Orphaned: no observer of this application declares it."))
                .isVisible();

        press("Rename…");
        visitor.question().getByLabel("New name").fill("again-" + left);
        visitor.confirm();
        assertThat(visitor.page().locator("h1")).hasText("again-" + left);
        assertThat(visitor.page().locator("dl")).containsText("Position1");

        press("Delete…");
        visitor.confirm();
        assertThat(visitor.text("The checkpoint of again-" + left + " is deleted."))
                .isVisible();
        assertThat(visitor.page().locator("h1")).hasText("Subscriptions");
        assertThat(visitor.link("again-" + left)).hasCount(0);
    }

    @Test
    void the_overview_names_who_holds_the_log_back() throws SQLException {
        try (Connection holder = SharedApplication.database().connect("public");
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("set application_name = 'a <b>slow</b> import'");
            statement.execute(OPEN_APPEND);
            place("1");

            visitor.open("#/");
            Locator row = visitor.page()
                    .getByLabel("Open appends")
                    .locator("tr")
                    .filter(new Locator.FilterOptions().setHasText("(a <b>slow</b> import)"));
            assertThat(row).hasCount(1);
            assertThat(visitor.page()
                            .locator("figure")
                            .filter(new Locator.FilterOptions().setHasText("Last position and high-water mark")))
                    .containsText("1 lower");

            holder.rollback();
            assertThat(visitor.text("Nothing: no transaction with an append is open."))
                    .isVisible();
            assertThat(visitor.text("equal to the high-water mark")).isVisible();
        }
    }
}
