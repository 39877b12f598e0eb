package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.vultus.server.RunningServer;
import tools.jackson.databind.JsonNode;

/** One person at one browser window. */
final class Visit implements AutoCloseable {
    static final Page.GetByLabelOptions EXACTLY = new Page.GetByLabelOptions().setExact(true);

    /** Generous for a machine that does much else: the tests wait for what shows, and fail when it never does. */
    private static final double PATIENCE_MS = 30_000;

    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new ArrayList<>();

    Visit(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        page.onPageError(error -> errors.add(page.url() + ": " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.location() + ": " + message.text());
            }
        });
    }

    /** Waits until an expression is true. Not {@code waitForFunction}, which evaluates in the page, where the content policy forbids it. */
    void waitUntil(String expression) {
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(expression)));
    }

    /**
     * Waits ten times as long before live video is given up. On a machine that does much else the page would turn to single pictures,
     * which is right, and not what a test of the video wants.
     */
    Visit patient() {
        page.addInitScript(
                "const timer = window.setTimeout;"
                        + "window.setTimeout = (then, ms, ...more) => timer(then, ms === 3000 || ms === 4000 ? 10 * ms : ms, ...more);");
        return this;
    }

    Page page() {
        return page;
    }

    /** What pages from there complained about to the browser's console. */
    List<String> errorsOf(URI address) {
        return errors.stream()
                .filter(error -> error.startsWith(address.toString()))
                .toList();
    }

    void click(String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }

    /** Onwards by the Tab key until an expression is true; where the focus is can be seen all the way. */
    void tabTo(String there) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            // Fields show it by their border.
            Object unseen = page.evaluate("document.activeElement.matches('select, input, textarea, body')"
                    + " || getComputedStyle(document.activeElement).outlineStyle !== 'none'"
                    + " ? '' : document.activeElement.outerHTML.slice(0, 120)");
            assertThat(unseen).as("has the focus and does not show it").isEqualTo("");
            if ((boolean) page.evaluate(there)) {
                return;
            }
        }
        throw new AssertionError("not reached by Tab: " + there);
    }

    /** The same to what has that text, and presses Enter there. */
    void enter(String text) {
        tabTo("document.activeElement.textContent === '" + text + "'");
        page.keyboard().press("Enter");
    }

    /** The same to the field with that label, into which it is typed in place of what is there. */
    void type(String label, String text) {
        tabTo("document.activeElement.labels?.[0]?.textContent.replace(' *', '') === '" + label + "'");
        page.keyboard().press("Control+A");
        page.keyboard().type(text);
    }

    void password(String username, String password) {
        page.getByLabel("User name").fill(username);
        page.getByLabel("Password", EXACTLY).fill(password);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Sign in").setExact(true))
                .click();
    }

    /** The ID token's claims, once the browser is back at the application. */
    JsonNode claims() {
        return RunningServer.JSON.readTree(page.locator("#claims").textContent());
    }

    /** Whether nothing sticks out to the side. */
    boolean fitsTheScreen() {
        return (boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth");
    }

    @Override
    public void close() {
        context.close();
    }
}
