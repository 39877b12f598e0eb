package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.People;

/** People sign in by live video on the real page in Chromium, and by single pictures where video does not come about. */
class LiveVideoTest {
    private static final People ANA = People.of(3, 2);
    private static final People STRANGER = People.of(5, 5);

    @TempDir
    static Path data;

    @AutoClose
    private static Hospital hospital;

    @AutoClose
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start(data, true);
        hospital = new Hospital(data.resolve("vultus"), "--vultus.webrtc.enabled=true");
        hospital.enrol(hospital.person("ana"), "ana", ANA);
    }

    @Test
    void somebodyEnrolledSignsIn() {
        double used = frames("used");
        try (Visit visit = chromium.visit(ANA, 1280, 800).patient()) {
            openCamera(visit);
            visit.page().getByText("Live video").waitFor();
            visit.page().getByText("Signed in as Person ana").waitFor();
            assertThat(visit.errorsOf(hospital.server().address)).isEmpty();
        }
        assertThat(frames("used")).isGreaterThanOrEqualTo(used + 3);
        assertThat(frames("received")).isGreaterThanOrEqualTo(frames("used"));
        assertThat(hospital.server()
                        .get("/face-auth/health", "")
                        .body()
                        .path("video")
                        .path("status")
                        .asString())
                .isEqualTo("UP");
    }

    @Test
    void aStrangerIsRefused() {
        double used = frames("used");
        try (Visit visit = chromium.visit(STRANGER, 390, 844).patient()) {
            openCamera(visit);
            visit.page().getByText("You were not recognised.").waitFor();
        }
        assertThat(frames("used")).isGreaterThanOrEqualTo(used + 3);
    }

    @Test
    void withoutVideoSinglePicturesGo() {
        double used = frames("used");
        try (Visit visit = chromium.visit(ANA, 1280, 800)) {
            visit.page().route("**/whip", route -> route.abort());
            openCamera(visit);
            visit.page().getByText("Single pictures").waitFor();
            visit.page().getByText("Signed in as Person ana").waitFor();
        }
        assertThat(frames("used")).isEqualTo(used);
    }

    @Test
    void whereThePathIsBlockedSinglePicturesGoAfterAWhile() {
        double used = frames("used");
        try (Visit visit = chromium.visit(ANA, 1280, 800)) {
            // The answer names a machine that nobody reaches (RFC 5737).
            visit.page().route("**/whip", route -> {
                APIResponse answer = route.fetch();
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(answer.status())
                        .setHeaders(Map.of("Content-Type", "application/sdp"))
                        .setBody(answer.text().replaceAll("udp (\\d+) [0-9.]+ ", "udp $1 192.0.2.1 ")));
            });
            openCamera(visit);
            visit.page().getByText("Signed in as Person ana").waitFor();
        }
        assertThat(frames("used")).isEqualTo(used);
    }

    /** A page that is closed, or killed by the phone, says nothing more. */
    @Test
    void aPageThatIsClosedInTheMiddleLeavesNothingBehind() {
        try (Visit visit = chromium.empty().patient()) {
            openCamera(visit);
            visit.page().getByText("Live video").waitFor();
            assertThat(connections()).isPositive();
        }
        until(() -> connections() == 0);
    }

    /** As a phone does when it is locked. */
    @Test
    void aCameraThatEndsInTheMiddleEndsTheSession() {
        try (Visit visit = chromium.empty().patient()) {
            openCamera(visit);
            visit.page().getByText("Live video").waitFor();
            visit.page().evaluate("document.querySelector('video').srcObject.getTracks().forEach(t => t.stop())");
            visit.page().getByText("The time for this attempt is over.").waitFor();
        }
        until(() -> connections() == 0);
    }

    /** What such a server says is in BrokenVideoTest. */
    @Test
    void whereTheServerHasNoVideoSinglePicturesGoByThemselves() {
        double used = frames("used");
        try (Visit visit = chromium.visit(ANA, 1280, 800)) {
            visit.page()
                    .route(
                            "**/whip",
                            route -> route.fulfill(new Route.FulfillOptions()
                                    .setStatus(503)
                                    .setBody("{\"type\":\"/problems/video-unavailable\"}")));
            openCamera(visit);
            visit.page().getByText("Single pictures").waitFor();
            visit.page().getByText("Signed in as Person ana").waitFor();
        }
        assertThat(frames("used")).isEqualTo(used);
    }

    private static int connections() {
        return hospital.server()
                .get("/face-auth/health", "")
                .body()
                .path("video")
                .path("connections")
                .asInt();
    }

    private static void until(BooleanSupplier holds) {
        for (int tries = 0; tries < 300; tries++) {
            if (holds.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(100_000_000);
        }
        throw new AssertionError("not within half a minute");
    }

    private static void openCamera(Visit visit) {
        Page page = visit.page();
        page.navigate(hospital.server().address + "/sign-in");
        page.getByLabel("Department").selectOption(Hospital.DEPARTMENT);
        visit.click("Open the camera");
    }

    private static double frames(String fate) {
        MeterRegistry meters = Objects.requireNonNull(hospital.server().context).getBean(MeterRegistry.class);
        Counter counter = meters.find("vultus.webrtc.frames").tag("fate", fate).counter();
        return counter == null ? 0 : counter.count();
    }
}
