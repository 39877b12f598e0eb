package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.People;

/** The camera in the page: which one, what is heard and felt, what happens when the line drops, and that it goes off at the end. */
class CaptureTest {
    private static final People ANA = People.of(3, 2);

    /** A second camera, and a record of what the page asks of the browser. */
    private static final String DEVICES = """
            window.asked = [];
            window.streams = [];
            window.shakes = [];
            navigator.vibrate = (pattern) => shakes.push(pattern);
            const devices = navigator.mediaDevices;
            const list = devices.enumerateDevices.bind(devices);
            const open = devices.getUserMedia.bind(devices);
            devices.enumerateDevices = async () => [
              ...(await list()), { kind: 'videoinput', deviceId: 'second', groupId: '', label: 'USB camera' }];
            devices.getUserMedia = async (wanted) => {
              asked.push(JSON.stringify(wanted.video));
              const stream = await open(wanted);
              streams.push(stream);
              return stream;
            };""";

    @TempDir
    static Path data;

    @AutoClose
    private static Hospital hospital;

    @AutoClose
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start(data);
        hospital = new Hospital(data.resolve("server"), "--vultus.webrtc.enabled=false");
        hospital.enrol(hospital.person("ana"), "ana", ANA);
    }

    @Test
    void aCameraIsChosenAndRememberedAndGoesOffAtTheEnd() {
        // Nobody sits there, so that there is time to choose.
        byte[] room = ANA.emptyRoom();
        try (Visit visit = chromium.visit(List.of(room), 390, 844)) {
            Page page = visit.page();
            page.addInitScript(DEVICES);
            page.navigate(hospital.server().address + "/sign-in");
            page.getByLabel("Remember my choice in this browser").check();
            openCamera(visit);
            Axe.findsNothing(page, "camera");
            visit.click("Another camera: USB camera");
            visit.waitUntil("asked.length === 2 && asked[1].includes('\"deviceId\":{\"ideal\":\"second\"}')");
            visit.click("Cancel");
            page.getByText("Before the camera opens").waitFor();
            assertThat(page.evaluate(ALL_OFF)).isEqualTo(true);

            chromium.show(ANA.signIn());
            openCamera(visit);
            page.getByText("Signed in as Person ana").waitFor();
            assertThat((String) page.evaluate("asked[0]")).contains("second");
            visit.waitUntil(ALL_OFF);
            visit.waitUntil("shakes.length > 0");
            assertThat(visit.errorsOf(hospital.server().address)).isEmpty();
        }
    }

    @Test
    void whoWantsItQuietIsRemembered() {
        try (Visit visit = chromium.visit(List.of(ANA.emptyRoom()), 390, 844)) {
            Page page = visit.page();
            page.addInitScript(DEVICES);
            page.navigate(hospital.server().address + "/sign-in");
            page.getByLabel("Remember my choice in this browser").check();
            openCamera(visit);
            visit.click("Sound is on: switch it off");
            chromium.show(ANA.signIn());
            openCamera(visit);
            page.getByText("Signed in as Person ana").waitFor();
            Axe.findsNothing(page, "signed in");
            assertThat((List<?>) page.evaluate("shakes")).isEmpty();
        }
    }

    @Test
    void aLineThatDropsIsTakenUpAgain() {
        try (Visit visit = chromium.visit(ANA, 1280, 800)) {
            Page page = visit.page();
            AtomicInteger connections = new AtomicInteger();
            page.routeWebSocket("**/face-auth/*", route -> {
                if (connections.incrementAndGet() == 1) {
                    route.close(new WebSocketRoute.CloseOptions().setCode(4000).setReason("cable"));
                } else {
                    route.connectToServer();
                }
            });
            openCamera(visit);
            page.getByText("The connection was lost. Trying again…").waitFor();
            page.getByText("Signed in as Person ana").waitFor();
            assertThat(connections.get()).isEqualTo(2);
        }
    }

    @Test
    void aLineThatStaysBrokenIsToldAndThePasswordOffered() {
        try (Visit visit = chromium.visit(ANA, 320, 568)) {
            Page page = visit.page();
            page.routeWebSocket(
                    "**/face-auth/*", route -> route.close(new WebSocketRoute.CloseOptions().setCode(4000)));
            openCamera(visit);
            page.getByText("Check that this device is on the network").waitFor();
            assertThat(visit.fitsTheScreen()).isTrue();
            Axe.findsNothing(page, "line lost");
            visit.click("Use password");
            page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Sign in with password"))
                    .waitFor();
        }
    }

    @Test
    void whereTheCameraIsNotAllowedItIsToldHowToAllowIt() {
        try (Visit visit = chromium.visit(List.of(ANA.emptyRoom()), 390, 844)) {
            Page page = visit.page();
            page.addInitScript(
                    "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))");
            openCamera(visit);
            page.getByText("The camera is not allowed").waitFor();
            assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("address bar");
            Axe.findsNothing(page, "camera not allowed");
            assertThat(visit.fitsTheScreen()).isTrue();
        }
    }

    @Test
    void aPhoneThatIsTurnedGoesOn() {
        try (Visit visit = chromium.visit(List.of(ANA.emptyRoom()), 320, 568)) {
            Page page = visit.page();
            openCamera(visit);
            visit.waitUntil("document.querySelector('video')?.videoWidth > 0");
            assertThat(page.locator("video").getAttribute("playsinline")).isNotNull();
            for (int[] size : new int[][] {{568, 320}, {320, 568}, {844, 390}, {390, 844}}) {
                page.setViewportSize(size[0], size[1]);
                page.waitForTimeout(200);
                assertThat(visit.fitsTheScreen()).as("%d×%d", size[0], size[1]).isTrue();
                assertThat(page.evaluate("!document.querySelector('video').paused"))
                        .isEqualTo(true);
                assertThat(page.getByRole(AriaRole.STATUS).first().isVisible()).isTrue();
                assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Use password"))
                                .isVisible())
                        .isTrue();
            }
        }
    }

    @Test
    void theKeyboardAloneSignsIn() {
        try (Visit visit = chromium.visit(ANA, 1280, 800)) {
            Page page = visit.page();
            page.navigate(hospital.server().address + "/sign-in");
            page.locator("main select").waitFor();
            visit.tabTo("document.activeElement.matches('main select')");
            page.keyboard().type("Int");
            assertThat(page.evaluate("document.activeElement.value")).isEqualTo(Hospital.DEPARTMENT);
            visit.enter("Open the camera");
            page.getByText("Signed in as Person ana").waitFor();
            visit.enter("Sign out");
            page.getByText("Before the camera opens").waitFor();
        }
    }

    private static final String ALL_OFF =
            "streams.every((stream) => stream.getTracks().every((track) => track.readyState === 'ended'))";

    private static void openCamera(Visit visit) {
        Page page = visit.page();
        page.navigate(hospital.server().address + "/sign-in");
        page.getByLabel("Department").selectOption(Hospital.DEPARTMENT);
        visit.click("Open the camera");
    }
}
