package org.meowmx.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Takes the README's screenshots from a demo that runs under some load:
 * {@code mvn test -Dtest=ReadmePictures -Dconsole=http://localhost:9080/}.
 */
class ReadmePictures {

    private static final Path IMAGES = Path.of("docs", "images");

    /** The number of polls of the console before its charts have enough values. */
    private static final int POLLS = 20;

    @Test
    void each_page_has_its_picture() {
        Browser.NewContextOptions window = new Browser.NewContextOptions().setViewportSize(1280, 760);
        try (Chromium chromium = Chromium.launch();
                Visitor visitor = chromium.visitor(URI.create(System.getProperty("console")), "operator", window)) {
            orders(visitor);
            visitor.open("#/");
            for (int i = 0; i < POLLS; i++) {
                visitor.page().waitForResponse("**/api/subscriptions", () -> {});
            }
            visitor.picture(IMAGES.resolve("overview.png"));
            visitor.link("Log").click();
            visitor.page().getByLabel("Category").fill("order");
            visitor.page().getByLabel("Category").press("Enter");
            visitor.rows().nth(3).locator("a.open").click();
            assertThat(visitor.page().locator(".family")).isVisible();
            visitor.picture(IMAGES.resolve("log.png"));
            visitor.open("#/streams/credit-limit/dora");
            assertThat(visitor.page().locator(".diff")).isVisible();
            visitor.picture(IMAGES.resolve("streams.png"));
            visitor.open("#/subscriptions/credit-check");
            visitor.button("Replay…").click();
            visitor.picture(IMAGES.resolve("subscriptions.png"));
            visitor.open("#/parked");
            visitor.page().locator(".parked summary").first().click();
            visitor.picture(IMAGES.resolve("parked.png"));
        }
    }

    /** Some orders that are parked, and a limit with a history. */
    private static void orders(Visitor visitor) {
        visitor.put("/demo/credit-limits/dora", "500");
        visitor.put("/demo/credit-limits/dora", "2500");
        visitor.post("/demo/orders", "{\"customer\":\"dora\",\"total\":3999.00}");
        visitor.post("/demo/orders", "{\"customer\":\"emre\",\"total\":1250.75}");
        visitor.open("#/parked");
        assertThat(visitor.page().locator(".parked")).hasCount(2);
    }
}
