package org.vultus.server.oidc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.vultus.server.RunningServer;
import tools.jackson.databind.JsonNode;

/**
 * One window of WebKitGTK's MiniBrowser without any history, on a screen of its own, driven by the W3C's WebDriver protocol. It shares the
 * engine with Safari, but neither its media nor WebRTC, which Debian's build leaves out.
 */
final class WebKit implements AutoCloseable {
    private static final Path DRIVER = Path.of("/usr/bin/WebKitWebDriver");
    private static final Path SCREEN = Path.of("/usr/bin/Xvfb");

    /** Generous for a machine that does much else. */
    private static final long PATIENCE_SECONDS = 120;

    /** What iPhones ask of a page that shows a camera, beyond what a desktop asks. */
    private static final String AS_ON_IPHONES =
            "InvisibleAutoplayNotPermitted,InlineMediaPlaybackRequiresPlaysInlineAttribute,RequiresUserGestureForAudioPlayback";

    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    /** What is filled in under the label that begins so. */
    private static final String FIELD =
            "[...document.querySelectorAll('label')].find(one => one.textContent.replace('*', '').trim().startsWith(arguments[0])"
                    + " && one.checkVisibility())?.control";

    /** The driver tells nothing of the console. */
    private static final String LISTEN = """
            window.complaints = [];
            const hear = (what) => window.complaints.push(String(what));
            const say = console.error;
            console.error = (...what) => { hear(what.join(' ')); say(...what); };
            window.addEventListener('error', (event) => hear(event.message ?? event.target.outerHTML), true);
            window.addEventListener('unhandledrejection', (event) => hear(event.reason));
            document.addEventListener('securitypolicyviolation', (event) => hear(event.violatedDirective));""";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process screen;
    private final Process driver;
    private final URI session;

    private WebKit(Path folder) throws IOException {
        // Otherwise the window is as wide as its tool bar, which is wider than a phone.
        Path style = folder.resolve("gtk-3.0/gtk.css");
        Files.createDirectories(style.getParent());
        Files.writeString(
                style, "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; }");
        screen = new ProcessBuilder(
                        SCREEN.toString(), "-displayfd", "1", "-screen", "0", "1400x1300x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = screen.inputReader();
        int port = RunningServer.freePort();
        ProcessBuilder builder = new ProcessBuilder(DRIVER.toString(), "--port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("webkit.txt").toFile());
        builder.environment().put("DISPLAY", ":" + said.readLine());
        for (String kept : List.of("XDG_CONFIG_HOME", "XDG_DATA_HOME")) {
            builder.environment().put(kept, folder.toString());
        }
        driver = builder.start();
        try {
            session = open(URI.create("http://127.0.0.1:" + port + "/session"));
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    /** Skips the test where there is none. */
    static void assumeInstalled() {
        assumeTrue(
                Files.isExecutable(DRIVER) && Files.isExecutable(SCREEN),
                "there is no WebKit to drive: apt-get install webkit2gtk-driver xvfb");
    }

    /** @param folder for its output and its settings */
    static WebKit start(Path folder, int width, int height) {
        try {
            WebKit browser = new WebKit(Files.createTempDirectory(folder, "webkit"));
            browser.command("/window/rect", Map.of("width", width, "height", height));
            return browser;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI open(URI sessions) {
        Map<String, Object> wanted = Map.of(
                "webkitgtk:browserOptions",
                Map.of(
                        "binary",
                        miniBrowser().toString(),
                        "args",
                        List.of("--automation", "--features=" + AS_ON_IPHONES)));
        Map<String, Object> body = Map.of("capabilities", Map.of("alwaysMatch", wanted));
        for (long until = deadline(); ; pause()) {
            try {
                JsonNode opened = send("POST", sessions, body);
                return URI.create(sessions + "/" + opened.path("sessionId").asString());
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof ConnectException) || System.nanoTime() > until) {
                    throw e;
                }
            }
        }
    }

    /** Debian keeps it beside the library, in a folder that names the processor and the API. */
    private static Path miniBrowser() {
        try (var there = Files.find(
                Path.of("/usr/lib"), 3, (path, file) -> path.endsWith("MiniBrowser") && Files.isExecutable(path))) {
            return there.sorted().findFirst().orElseThrow(() -> new AssertionError("no MiniBrowser under /usr/lib"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void navigate(String address) {
        command("/url", Map.of("url", address));
        run(LISTEN);
    }

    /** Runs the body of a function, and gives what it returns. */
    JsonNode run(String script, Object... arguments) {
        return command("/execute/sync", Map.of("script", script, "args", List.of(arguments)));
    }

    /** The same for one that calls its last argument when it is done. */
    JsonNode await(String script, Object... arguments) {
        return command("/execute/async", Map.of("script", script, "args", List.of(arguments)));
    }

    boolean holds(String expression) {
        return run("return Boolean(" + expression + ")").asBoolean();
    }

    void waitUntil(String expression) {
        for (long until = deadline(); !holds(expression); pause()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("not in time: " + expression + "\n" + text());
            }
        }
    }

    /** What the page shows, as far as a person could read it. */
    String text() {
        return run("return document.body.innerText").asString();
    }

    void waitFor(String text) {
        waitUntil("document.body.innerText.includes(" + RunningServer.JSON.writeValueAsString(text) + ")");
    }

    /** Presses what is called so and can be pressed, as a finger or a mouse does. */
    void click(String name) {
        element(
                "click",
                Map.of(),
                "[...document.querySelectorAll('button, a, label')].find(one => one.textContent.trim() === arguments[0]"
                        + " && !one.disabled && !one.closest('[inert]') && one.checkVisibility())",
                name);
    }

    /** Types into the field of that label. */
    void fill(String label, String text) {
        element("value", Map.of("text", text), FIELD, label);
    }

    /** Chooses what has that value, in the field of that label. */
    void choose(String label, String value) {
        element(
                "click",
                Map.of(),
                FIELD + "?.querySelector('option[value=' + CSS.escape(arguments[1]) + ']')",
                label,
                value);
    }

    private void element(String action, Object body, String expression, Object... arguments) {
        for (long until = deadline(); ; pause()) {
            JsonNode found = run("return (" + expression + ") ?? null", arguments);
            try {
                if (found.has(ELEMENT)) {
                    command("/element/" + found.path(ELEMENT).asString() + "/" + action, body);
                    return;
                }
            } catch (Refused e) {
                // It moves, is covered for the moment, or is another by now.
                if (System.nanoTime() > until) {
                    throw e;
                }
            }
            if (System.nanoTime() > until) {
                throw new AssertionError("nothing like " + List.of(arguments) + "\n" + text());
            }
        }
    }

    /** What this document complained about since it was loaded. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        run("return window.complaints").forEach(complaint -> complaints.add(complaint.asString()));
        return complaints;
    }

    /** Whether nothing sticks out to the side. */
    boolean fitsTheScreen() {
        return holds("document.documentElement.scrollWidth <= window.innerWidth");
    }

    private JsonNode command(String path, Object body) {
        return send("POST", URI.create(session + path), body);
    }

    /** The driver's answer where it could not do what was asked. */
    private static final class Refused extends AssertionError {
        Refused(String answer) {
            super(answer);
        }
    }

    private JsonNode send(String method, URI address, Object body) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(RunningServer.JSON.writeValueAsBytes(body)))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode value = RunningServer.JSON.readTree(answer.body()).path("value");
            if (answer.statusCode() != 200) {
                throw new Refused(value.toString());
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }

    @Override
    public void close() {
        try {
            send("DELETE", session, Map.of());
        } finally {
            end();
        }
    }

    private void end() {
        http.close();
        for (Process process : List.of(driver, screen)) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
