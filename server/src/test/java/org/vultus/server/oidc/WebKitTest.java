package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.People;
import org.vultus.server.RunningServer;
import tools.jackson.databind.JsonNode;

/**
 * What people do most, in Safari's engine: sign in with the face, be refused and use the password, clock in at the kiosk. The other tests
 * of pages run in Chromium.
 */
class WebKitTest {
    private static final People ANA = People.of(3, 2);
    private static final People STRANGER = People.of(5, 5);

    /** Each takes some seconds; the networks are there after the first or second. */
    private static final int MOST_TRIES = 20;

    @TempDir
    static Path data;

    @AutoClose
    private static Hospital hospital;

    @BeforeAll
    static void start() {
        WebKit.assumeInstalled();
        hospital = new Hospital(
                data.resolve("server"), "--vultus.attendance.zone=Etc/UTC", "--vultus.webrtc.enabled=true");
        hospital.enrol(hospital.person("ana"), "ana", ANA);
    }

    /** The server takes live video; a browser that has none sends single pictures without being asked. */
    @Test
    void whoComesIntoThePictureIsSignedIn() {
        try (WebKit browser = WebKit.start(data, 390, 844)) {
            CanvasCamera camera = before(browser, List.of(ANA.emptyRoom()));
            browser.run(COUNT_SOCKETS);
            openCamera(browser);
            browser.waitFor("Look at the camera");
            // Until the networks are loaded the page goes by the server's advice, which is the same.
            for (int tries = 0; !browser.holds("sockets === 0"); tries++) {
                assertThat(tries).as("cameras opened without the networks").isLessThan(MOST_TRIES);
                browser.click("Cancel");
                browser.waitFor("Before the camera opens");
                browser.run("sockets = 0");
                openCamera(browser);
                browser.waitFor("Look at the camera");
            }
            camera.show(ANA.signIn());
            browser.waitFor("Signed in as Person ana");
            browser.waitUntil(CanvasCamera.OFF);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aStrangerIsRefusedAndThePasswordServes() {
        try (WebKit browser = WebKit.start(data, 320, 568)) {
            before(browser, STRANGER.signIn());
            openCamera(browser);
            browser.waitFor("You were not recognised.");
            assertThat(browser.fitsTheScreen()).isTrue();
            assertThat(browser.complaints()).isEmpty();
            password(browser);
            browser.waitFor("Signed in as Person ana");
        }
    }

    @Test
    void theKioskGreetsWhoWalksUp() {
        String credential = hospital.kiosk("Entrance", ZoneOffset.UTC);
        try (WebKit browser = WebKit.start(data, 820, 1180)) {
            browser.navigate(hospital.server().address + "/kiosk");
            browser.waitFor("Set up this kiosk");
            new CanvasCamera(browser).show(ANA.signIn());
            browser.fill("Credential of the kiosk", credential);
            browser.click("Check and start");
            browser.waitFor("Person ana");
            assertThat(browser.complaints()).isEmpty();
        }
        JsonNode board =
                hospital.server().get("/api/attendance/board", hospital.admin()).body();
        assertThat(board.path("items").findValues("last"))
                .anyMatch(last -> last.path("direction").asString().equals("IN"));
    }

    /** Safari scrolls to what has the focus a moment after the dialog opened. */
    @Test
    void aLongDialogIsReadFromItsTop() {
        try (WebKit browser = WebKit.start(data, 320, 568)) {
            browser.navigate(hospital.server().address + "/privacy");
            // Until the departments are there everything moves.
            browser.waitFor("Before the camera opens");
            password(browser);
            browser.click("Withdraw my consent");
            browser.waitUntil("document.querySelector('dialog[open]')");
            assertThat(browser.await(ONCE_DRAWN).asBoolean()).isTrue();
            assertThat(browser.holds("dialog.contains(document.activeElement)")).isTrue();
            assertThat(browser.holds("dialog.scrollHeight > dialog.clientHeight"))
                    .isTrue();
            assertThat(browser.run("return dialog.scrollTop").asInt()).isZero();
        }
    }

    private static final String COUNT_SOCKETS = """
            const Plain = WebSocket;
            window.sockets = 0;
            window.WebSocket = class extends Plain {
              constructor(...given) {
                super(...given);
                window.sockets++;
              }
            };""";

    private static final String ONCE_DRAWN = """
            const done = arguments[0];
            window.dialog = document.querySelector('dialog[open]');
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true), 200)));""";

    private static CanvasCamera before(WebKit browser, List<byte[]> pictures) {
        browser.navigate(hospital.server().address + "/sign-in");
        browser.waitFor("Open the camera");
        CanvasCamera camera = new CanvasCamera(browser);
        camera.show(pictures);
        return camera;
    }

    private static void openCamera(WebKit browser) {
        browser.choose("Department", Hospital.DEPARTMENT);
        browser.click("Open the camera");
    }

    private static void password(WebKit browser) {
        browser.click("Use password");
        browser.waitFor("Sign in with password");
        browser.fill("User name", "ana");
        browser.fill("Password", RunningServer.PASSWORD);
        browser.click("Sign in");
    }
}
