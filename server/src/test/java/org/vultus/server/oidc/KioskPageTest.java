package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.People;
import org.vultus.server.RunningServer;
import org.vultus.server.RunningServer.Answer;
import tools.jackson.databind.JsonNode;

/**
 * A kiosk in a real browser on a real server: somebody walks up and is greeted, somebody else uses a PIN, the network is cut and mended,
 * and the board, the timesheets and the workbook tell the same. Each step stands on those before it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KioskPageTest {
    private static final People ANA = People.of(3, 2);
    private static final String PIN = "271828";

    /** Where it is three in the afternoon, so that nothing here lies across midnight. */
    private static final ZoneOffset THREE =
            three(OffsetDateTime.now(ZoneOffset.UTC).getHour());

    @TempDir
    static Path data;

    @AutoClose
    private static Hospital hospital;

    private static RunningServer server;

    @AutoClose
    private static Network network;

    @AutoClose
    private static Chromium chromium;

    private static Visit visit;
    private static String admin = "";
    private static String credential = "";

    @BeforeAll
    static void start() {
        chromium = Chromium.start(data);
        hospital = new Hospital(data.resolve("server"), "--vultus.attendance.zone=" + THREE.getId());
        server = hospital.server();
        network = new Network(server.address);
        admin = hospital.admin();
        hospital.enrol(hospital.person("ana"), "ana", ANA);
        for (String username : List.of("bea", "cora")) {
            Answer set = server.json(
                    "PUT",
                    "/api/attendance/people/" + hospital.newcomer(username).id() + "/pin",
                    admin,
                    Map.of("pin", PIN));
            assertThat(set.status()).isEqualTo(204);
        }
        credential = hospital.kiosk("Main entrance", THREE);
        visit = chromium.visit(ANA, 820, 1180);
    }

    private static ZoneOffset three(int hourInGreenwich) {
        int ahead = 15 - hourInGreenwich;
        return ZoneOffset.ofHours(ahead > 12 ? ahead - 24 : ahead);
    }

    @Test
    @Order(1)
    void anAdministratorMakesABrowserAKiosk() {
        Page page = visit.page();
        page.navigate(network.address() + "/kiosk");
        page.getByLabel("Credential of the kiosk", Visit.EXACTLY).fill("not-one");
        isAccessible("setup");
        visit.click("Check and start");
        page.getByText("The server does not know this credential.").waitFor();
        page.getByLabel("Credential of the kiosk", Visit.EXACTLY).fill(credential);
        visit.click("Check and start");
        page.getByText("Main entrance").waitFor();
        isAccessible("at work");
        assertThat(page.locator("a").count()).isZero();
        page.goBack();
        page.getByText("Main entrance").waitFor();
        assertThat(page.url()).isEqualTo(network.address() + "/kiosk");
    }

    @Test
    @Order(2)
    void whoWalksUpIsGreetedWithoutTouchingAnything() {
        heading("Person ana").waitFor();
        isAccessible("greeting");
        assertThat(visit.page().getByRole(AriaRole.STATUS).first().textContent())
                .contains("IN");
        JsonNode punch = punches("ana").path(0);
        assertThat(punch.path("direction").asString()).isEqualTo("IN");
        assertThat(punch.path("method").asString()).isEqualTo("FACE");
        // Back at the beginning by itself, and for the same face again it is the same punch.
        visit.page().getByText("Already recorded").waitFor();
        assertThat(punches("ana")).hasSize(1);
    }

    @Test
    @Order(3)
    void whoDeclinesTheCameraUsesAPin() {
        OffsetDateTime morning = OffsetDateTime.now(THREE).minusHours(4);
        Map<String, Object> late = Map.of("username", "bea", "pin", PIN, "captured_at", morning.toString());
        // The page signs what it delivers late; the credential alone does not suffice any more.
        Answer unsigned = server.post("/recognize/pin", credential, late);
        assertThat(unsigned.text("type")).endsWith("/not-signed-by-kiosk");
        Answer in = server.post("/recognize/pin", hospital.kiosk("Side entrance", THREE), late);
        assertThat(in.text("direction")).isEqualTo("IN");

        byPin("bea", "271829");
        visit.page().getByText("User name or PIN is not right").waitFor();
        isAccessible("wrong PIN");
        visit.click("Next");
        type(PIN);
        isAccessible("PIN");
        visit.click("Clock in or out");
        heading("Person bea").waitFor();
        assertThat(visit.page().getByRole(AriaRole.STATUS).first().textContent())
                .contains("OUT");
        visit.click("Done");
    }

    @Test
    @Order(4)
    void whoHasABadgeHoldsItToTheReader() {
        String dora = hospital.newcomer("dora").id();
        assertThat(server.json("PUT", "/api/attendance/people/" + dora + "/badge", admin, Map.of("number", "04A2-1985"))
                        .status())
                .isEqualTo(204);
        // A reader is a keyboard that types faster than anybody.
        visit.page()
                .evaluate("[...'04A21985', 'Enter'].forEach((key) =>"
                        + " document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })))");
        heading("Person dora").waitFor();
        assertThat(punches("dora").path(0).path("method").asString()).isEqualTo("BADGE");
    }

    @Test
    @Order(5)
    void whatHappensWhileTheServerIsAwayWaitsAndIsDelivered() {
        Page page = visit.page();
        network.cut();
        byPin("cora", PIN);
        visit.click("Clock in or out");
        page.getByText("Saved on this device").waitFor();
        isAccessible("saved");
        visit.click("Done");
        page.getByText("Server away").waitFor();
        visit.click("Begin");
        page.getByText("Saved on this device").waitFor();
        page.getByText(Pattern.compile("[2-9] waiting to be sent")).waitFor();

        // Also when it is switched off and on again.
        page.reload();
        page.getByText(Pattern.compile("[2-9] waiting to be sent")).waitFor();
        isAccessible("away");
        assertThat((List<?>) page.evaluate(KEPT + "rows => rows.map(row => row.clear)))"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(Boolean.FALSE::equals);
        assertThat(page.evaluate(KEYS)).isEqualTo(true);
        assertThat(punches("cora")).isEmpty();

        network.mend();
        page.evaluate("window.dispatchEvent(new Event('online'))");
        page.getByText("waiting to be sent")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        JsonNode punch = punches("cora").path(0);
        assertThat(punch.path("direction").asString()).isEqualTo("IN");
        assertThat(punch.path("method").asString()).isEqualTo("PIN");
        assertThat(page.evaluate(KEPT + "rows => rows.length))")).isEqualTo(0);
    }

    /** A browser installs what says that it can be, and keeps of it what is the same for everybody. */
    @Test
    @Order(6)
    void thePageCanBeInstalledAndKeepsNothingOfAnybody() throws Exception {
        for (String page : List.of("kiosk", "sign-in")) {
            HttpResponse<byte[]> manifest = get("/" + page + ".webmanifest", "");
            assertThat(manifest.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/manifest+json");
            JsonNode json = RunningServer.JSON.readTree(manifest.body());
            assertThat(json.path("start_url").asString()).isEqualTo("/" + page);
            assertThat(json.path("scope").asString()).isEqualTo("/" + page);
            assertThat(json.path("display").asString()).isEqualTo(page.equals("kiosk") ? "fullscreen" : "standalone");
            for (JsonNode icon : json.path("icons")) {
                assertThat(get(icon.path("src").asString(), "").statusCode()).isEqualTo(200);
            }
        }
        assertThat(visit.page().locator("link[rel=manifest]").getAttribute("href"))
                .isEqualTo("/kiosk.webmanifest");
        HttpResponse<byte[]> worker = get("/service-worker.js", "");
        assertThat(worker.headers().firstValue("Content-Type").orElseThrow()).contains("javascript");
        assertThat(worker.headers().firstValue("Cache-Control").orElseThrow()).contains("no-cache");

        Object kept = visit.page()
                .evaluate(
                        "async () => (await Promise.all((await caches.keys()).map(async name =>"
                                + " (await (await caches.open(name)).keys()).map(kept => new URL(kept.url).pathname)))).flat()");
        assertThat((List<?>) kept)
                .isNotEmpty()
                .allMatch(path -> path.toString().startsWith("/assets/")
                        || List.of("/index.html", "/favicon.svg", "/kiosk.webmanifest", "/sign-in.webmanifest")
                                .contains(path));
    }

    @Test
    @Order(7)
    void theBoardTheTimesheetsAndTheWorkbookAgree() throws Exception {
        JsonNode board = server.get("/api/attendance/board", admin).body();
        for (JsonNode row : board.path("items")) {
            String username = row.path("person").path("username").asString();
            if (username.equals("admin")) {
                continue;
            }
            JsonNode last = punches(username).path(punches(username).size() - 1);
            assertThat(row.path("last").path("event_id")).as(username).isEqualTo(last.path("event_id"));
            assertThat(row.path("present").asBoolean())
                    .as(username)
                    .isEqualTo(last.path("direction").asString().equals("IN"));
        }
        assertThat(board.path("items").findValuesAsString("username")).contains("ana", "bea", "cora");

        long regular = sheet("bea").path("total").path("regular").asLong();
        assertThat(regular).isGreaterThan(Duration.ofHours(3).toSeconds());
        String cells = workbook();
        assertThat(cells).contains("ana", "bea", "cora");
        assertThat(Pattern.compile("<c r=\"L\\d+\"[^>]*><v>(\\d+)</v>")
                        .matcher(cells)
                        .results()
                        .map(match -> Long.valueOf(match.group(1)))
                        .toList())
                .contains(regular);
    }

    @Test
    @Order(8)
    void onlyWhoMayTakesItOutOfService() {
        Page page = visit.page();
        visit.click("For administrators");
        isAccessible("administration");
        visit.click("Take this kiosk out of service");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Credential of the kiosk", EXACTLY).fill(credential + "x");
        visit.click("Forget this kiosk");
        page.getByText("That is not right, or not an administrator").waitFor();
        isAccessible("not allowed");
        dialog.getByText("Sign-in", new Locator.GetByTextOptions().setExact(true))
                .click();
        dialog.getByLabel("User name").fill("ana");
        dialog.getByLabel("Password", EXACTLY).fill(RunningServer.PASSWORD);
        visit.click("Forget this kiosk");
        page.getByText("That is not right, or not an administrator").waitFor();
        dialog.getByLabel("User name").fill("admin");
        visit.click("Forget this kiosk");
        page.getByText("Set up this kiosk").waitFor();
        page.reload();
        page.getByText("Set up this kiosk").waitFor();
        // The key that it was bound to is gone, and so is what the credential was good for.
        page.getByLabel("Credential of the kiosk", Visit.EXACTLY).fill(credential);
        visit.click("Check and start");
        page.getByText("This credential belongs to another device").waitFor();
        isAccessible("credential taken");
        assertThat(visit.errorsOf(network.address())).allMatch(error -> error.contains("Failed to load resource"));
    }

    private static final Locator.GetByLabelOptions EXACTLY = new Locator.GetByLabelOptions().setExact(true);

    private static final String OPEN = """
            new Promise((resolve, reject) => {
              const wish = indexedDB.open('vultus-kiosk');
              wish.onerror = () => reject(wish.error);
              wish.onsuccess = () => resolve(wish.result);
            })""";

    /** What waits in the browser, and whether anybody who reads its files could read it. Fewer than four bytes stand in a cipher by chance, now and then. */
    private static final String KEPT = "() => " + OPEN + """
                    .then(db => new Promise((resolve) => {
                      const wish = db.transaction('events').objectStore('events').getAll();
                      wish.onsuccess = () => resolve(wish.result.map((row) => {
                        const text = new TextDecoder('latin1').decode(row.data);
                        return { clear: ['cora', '271828', 'JFIF', '\\xff\\xd8\\xff\\xe0'].some((part) => text.includes(part))
                            || row.signature.data.byteLength !== 86 + 16 };
                      }));
                    }).then(
                    """;

    /** Whether there are keys, and none that a script could take away. */
    private static final String KEYS = "() => " + OPEN + """
                    .then(db => new Promise((resolve) => {
                      const wish = db.transaction('keep').objectStore('keep').getAll();
                      wish.onsuccess = () => {
                        const keys = wish.result.map((one) => one.privateKey ?? one).filter((one) => one instanceof CryptoKey);
                        resolve(keys.length === 3 && keys.every((key) => !key.extractable));
                      };
                    }))
                    """;

    /** Types a name and a PIN on the keys of the screen. */
    private static void byPin(String username, String pin) {
        visit.click("Use PIN");
        type(username);
        isAccessible("name");
        visit.click("Next");
        type(pin);
        if (!pin.equals(PIN)) {
            visit.click("Clock in or out");
        }
    }

    private static void type(String keys) {
        keys.chars()
                .forEach(key -> visit.page()
                        .getByRole(
                                AriaRole.BUTTON,
                                new Page.GetByRoleOptions()
                                        .setName(Character.toString(key))
                                        .setExact(true))
                        .click());
    }

    private static Locator heading(String text) {
        return visit.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(text));
    }

    private static JsonNode sheet(String username) {
        LocalDate today = LocalDate.now(THREE);
        Answer sheets = server.get(
                "/api/attendance/timesheets?department=" + Hospital.DEPARTMENT + "&from=" + today + "&to=" + today,
                admin);
        for (JsonNode one : sheets.body().path("items")) {
            if (one.path("person").path("username").asString().equals(username)) {
                return one;
            }
        }
        throw new AssertionError("no " + username + " in " + sheets.body());
    }

    private static JsonNode punches(String username) {
        return sheet(username).path("days").path(0).path("punches");
    }

    private static String workbook() throws Exception {
        LocalDate today = LocalDate.now(THREE);
        HttpResponse<byte[]> answer =
                get("/api/attendance/reports/timesheets.xlsx?from=" + today + "&to=" + today, admin);
        assertThat(answer.statusCode()).isEqualTo(200);
        StringBuilder text = new StringBuilder();
        Path file = Files.write(data.resolve("timesheets.xlsx"), answer.body());
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().startsWith("xl/worksheets/")
                        || entry.getName().contains("sharedStrings")) {
                    text.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return text.toString();
    }

    private static HttpResponse<byte[]> get(String path, String token) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(server.address.resolve(path))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static void isAccessible(String where) {
        Axe.findsNothing(visit.page(), where);
    }
}
