package org.meowmx.console;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A person with one window of the console. It also records errors that must never happen there. */
final class Visitor implements AutoCloseable {

    private final URI console;
    private final BrowserContext context;
    private final Page page;
    private final List<String> alarms = new CopyOnWriteArrayList<>();

    Visitor(URI console, BrowserContext context) {
        this.console = console;
        this.context = context;
        this.page = context.newPage();
        page.onPageError(alarms::add);
        page.onConsoleMessage(this::note);
        page.onDialog(dialog -> {
            alarms.add("a script says: " + dialog.message());
            dialog.dismiss();
        });
    }

    /** Records the messages of the browser, except those about refused requests, which pages show themselves. */
    private void note(ConsoleMessage message) {
        String text = message.text();
        if (message.type().equals("error") && !text.startsWith("Failed to load") && !text.contains("net::ERR_")) {
            alarms.add(text);
        }
    }

    /** The errors in the browser: errors of scripts, violations of the policy, pop-ups. */
    List<String> alarms() {
        return alarms;
    }

    Page page() {
        return page;
    }

    /** Opens a place of the console, such as {@code #/log}. */
    Visitor open(String place) {
        page.navigate(console + place);
        return this;
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    /** The link with exactly this name. */
    Locator linkNamed(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator text(String text) {
        return page.getByText(text).first();
    }

    /** The rows of the log. */
    Locator rows() {
        return page.locator(".events .row:not(.head)");
    }

    /** The dialog that asks for confirmation of a change. */
    Locator question() {
        return page.getByRole(AriaRole.DIALOG);
    }

    /** Presses the button of the dialog that confirms the change. */
    void confirm() {
        question().locator("[type=submit]").click();
    }

    /** Whether the page is wider than the window. */
    boolean scrollsSideways() {
        return (Boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth");
    }

    void picture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setAnimations(ScreenshotAnimations.DISABLED));
    }

    /** Gets a path of the application as this person. */
    APIResponse get(String path) {
        return page.request().get(at(path));
    }

    /** Posts JSON to the application as this person. */
    APIResponse post(String path, String json) {
        return page.request().post(at(path), json(json));
    }

    /** Puts JSON to the application as this person. */
    APIResponse put(String path, String json) {
        return page.request().put(at(path), json(json));
    }

    private String at(String path) {
        return console.resolve(path).toString();
    }

    private static RequestOptions json(String json) {
        return RequestOptions.create()
                .setHeader("Content-Type", "application/json")
                .setData(json);
    }

    @Override
    public void close() {
        context.close();
    }
}
