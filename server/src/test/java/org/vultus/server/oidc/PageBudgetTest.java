package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.People;

/**
 * What the pages cost before they can be used, in bytes over the wire and in time of the processor, and how long somebody stands at the
 * kiosk. Times by the clock are written to {@code target/page-times.txt} and bound nothing: the machine may do much else.
 */
class PageBudgetTest {
    /** First load, gzipped, without the networks for the device and their runtime. */
    private static final int MOST_BYTES = 300 * 1024;

    /** Of the browser's main thread until the page can be used. */
    private static final double MOST_SECONDS = 2;

    /** What shows first that somebody can use. */
    private static final Map<String, String> PAGES = Map.of(
            "/", "main a",
            "/sign-in", "main select",
            "/kiosk", "input",
            "/enrol", "main input",
            "/console", "main input",
            "/privacy", "main select");

    private static final People ANA = People.of(3, 2);

    @TempDir
    static Path data;

    @AutoClose
    private static Hospital hospital;

    @AutoClose
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start(data);
        hospital = new Hospital(data.resolve("server"));
        hospital.enrol(hospital.person("ana"), "ana", ANA);
    }

    @Test
    void aFirstLoadIsSmallAndSoonOfUseAndComesFromHereAlone() throws IOException {
        List<String> times = new ArrayList<>();
        for (Map.Entry<String, String> entry : PAGES.entrySet()) {
            try (Visit visit = chromium.visit(ANA, 1280, 800)) {
                Page page = visit.page();
                List<Request> finished = new CopyOnWriteArrayList<>();
                page.onRequestFinished(finished::add);
                CDPSession debugger = page.context().newCDPSession(page);
                JsonObject ticks = new JsonObject();
                ticks.addProperty("timeDomain", "threadTicks");
                debugger.send("Performance.enable", ticks);
                long begun = System.nanoTime();
                Response document = page.navigate(hospital.server().address + entry.getKey());
                page.locator(entry.getValue()).first().waitFor();
                double millis = (System.nanoTime() - begun) / 1e6;
                double busy = metric(debugger, "TaskDuration");
                // Until nothing more comes but what is for the device.
                page.waitForTimeout(500);
                int bytes = finished.stream()
                        .filter(request -> !request.url().contains("/models/")
                                && !request.url().contains("/assets/ort-")
                                && !request.url().contains("/assets/worker-"))
                        .mapToInt(request -> request.sizes().responseBodySize)
                        .sum();
                assertThat(document.headerValue("content-security-policy"))
                        .contains(
                                "default-src 'none'",
                                "script-src 'self'",
                                "connect-src 'self'",
                                "frame-ancestors 'none'")
                        .doesNotContain("unsafe-inline", "http:", "https:", "*");
                assertThat(finished)
                        .extracting(Request::url)
                        .allMatch(url -> url.startsWith("blob:")
                                || url.startsWith(hospital.server().address.toString()));
                assertThat(bytes).as(entry.getKey()).isBetween(100 * 1024, MOST_BYTES);
                assertThat(busy).as(entry.getKey()).isBetween(0.001, MOST_SECONDS);
                Axe.findsNothing(page, entry.getKey());
                times.add(String.format(
                        Locale.ROOT,
                        "%s: %d bytes, of use after %.0f ms, processor %.0f ms",
                        entry.getKey(),
                        bytes,
                        millis,
                        1000 * busy));
            }
        }
        record(times);
    }

    /**
     * From the moment that a face is in the camera's picture to the greeting, several times over. A measurement, not a test: {@code
     * -Dvultus.pages.measure=true}.
     */
    @Test
    @EnabledIfSystemProperty(named = "vultus.pages.measure", matches = "true")
    void aWalkThroughTheKioskIsMeasured() throws IOException {
        String kiosk = hospital.kiosk("Door", ZoneOffset.UTC);
        byte[] room = ANA.emptyRoom();
        List<byte[]> scenes = new ArrayList<>(List.of(room, room, room, room, room));
        Stream.generate(ANA::signIn).limit(2).forEach(scenes::addAll);
        try (Visit visit = chromium.visit(scenes, 820, 1180)) {
            Page page = visit.page();
            page.navigate(hospital.server().address + "/kiosk");
            page.getByLabel("Credential of the kiosk", Visit.EXACTLY).fill(kiosk);
            visit.click("Check and start");
            page.getByText("Look here to clock in or out").waitFor();
            List<String> times = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                times.add(String.format(
                        Locale.ROOT,
                        "kiosk: %.0f ms from a face in the picture to the greeting",
                        ((Number) page.evaluate(WALK)).doubleValue()));
            }
            record(times);
            assertThat(times).hasSize(4);
            assertThat(visit.errorsOf(hospital.server().address)).isEmpty();
        }
    }

    private static double metric(CDPSession debugger, String name) {
        for (JsonElement one : debugger.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            if (one.getAsJsonObject().get("name").getAsString().equals(name)) {
                return one.getAsJsonObject().get("value").getAsDouble();
            }
        }
        throw new AssertionError("no " + name);
    }

    private static void record(List<String> times) throws IOException {
        Path file = Path.of("target/page-times.txt");
        List<String> all = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
        all.addAll(times);
        Files.write(file, all);
    }

    /** The picture cuts from the empty room to the face: the clock runs from there to the greeting. */
    private static final String WALK = """
            () => new Promise((resolve) => {
              const canvas = document.createElement('canvas');
              canvas.width = 16;
              canvas.height = 9;
              const context = canvas.getContext('2d', { willReadFrequently: true });
              let before = null;
              let seen = null;
              let still = performance.now();
              const tick = () => {
                const stage = document.querySelector('[data-stage]').dataset.stage;
                const video = document.querySelector('video');
                if (seen === null && video !== null && video.readyState >= 2) {
                  context.drawImage(video, 0, 0, 16, 9);
                  const now = context.getImageData(6, 3, 4, 3).data;
                  let change = 0;
                  for (let i = 0; before !== null && i < now.length; i++) change += Math.abs(now[i] - before[i]);
                  // The room is still for five seconds, the person never for more than one.
                  const at = performance.now();
                  if (change / now.length > 12 && at - still > 3000 && stage === 'idle') seen = at;
                  if (change / now.length > 2) still = at;
                  before = now;
                }
                if (seen !== null && stage === 'greeted') resolve(performance.now() - seen);
                else requestAnimationFrame(tick);
              };
              tick();
            })""";
}
