package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.server.People;
import org.vultus.server.RunningServer;
import org.vultus.server.inference.InferencePool;
import org.vultus.server.socket.FaceSessions;
import tools.jackson.databind.JsonNode;

/**
 * Sign-ins with a script by live video on the real page in Chromium, with the real models, before clips of real faces that blink and come
 * closer. The server is made to ask for that, or for something else; nothing else of it is changed. Each step stands on those before.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ActiveVideoTest {
    private static final People ANA = People.of(5, 1);
    private static final People STRANGER = People.of(6, 1);
    private static final List<Gesture> WHAT_CLIPS_SHOW = List.of(Gesture.BLINK, Gesture.COME_CLOSER);

    /** Longer than a session takes: a clip that began again would be seen. */
    private static final int CLIP_SECONDS = 14;

    @TempDir
    static Path data;

    @AutoClose
    private static Hospital hospital;

    @AutoClose
    private static Chromium chromium;

    private static List<byte[]> clip = List.of();
    private static boolean noVideo;

    /** Draws the scripts that a test wants. */
    static final class Asked implements RandomGenerator {
        private static List<Gesture> wanted = WHAT_CLIPS_SHOW;

        private List<Gesture> left = new ArrayList<>();

        @Bean
        RandomGenerator scripts() {
            return this;
        }

        @Override
        public synchronized int nextInt(int bound) {
            EnumSet<Gesture> all = EnumSet.complementOf(EnumSet.of(Gesture.COLOUR_FLASH));
            if (bound == all.size()) {
                left = new ArrayList<>(all);
            }
            int step = all.size() - bound;
            int index = step < wanted.size() ? left.indexOf(wanted.get(step)) : 0;
            left.remove(index);
            return index;
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeAll
    static void start() {
        chromium = Chromium.start(data);
        hospital = new Hospital(RunningServer.start(
                data.resolve("vultus"),
                Asked.class,
                "--spring.main.allow-bean-definition-overriding=true",
                "--vultus.webrtc.enabled=true"));
        hospital.liveness("ACTIVE");
        hospital.enrol(hospital.person("ana"), "ana", ANA);
        clip = ANA.acting(CLIP_SECONDS, 1);
    }

    @Test
    @Order(1)
    void somebodyEnrolledWhoDoesWhatIsAskedSignsIn() {
        JsonNode event = ends(clip, "ACCEPTED");
        assertThat(event.path("accepted").asBoolean()).as("%s", event).isTrue();
        assertThat(event.path("detail").path("scripts").asString()).contains("BLINK COME_CLOSER -> Done");
        assertThat(event.path("detail").path("gestures").asString()).contains("BLINK@", "COME_CLOSER@");
    }

    @Test
    @Order(2)
    void aStrangerWhoDoesWhatIsAskedIsRefused() {
        ends(STRANGER.acting(CLIP_SECONDS, 3), "NO_MATCH");
    }

    @Test
    @Order(3)
    void whoDoesSomethingElseIsRefused() {
        Asked.wanted = List.of(Gesture.OPEN_MOUTH, Gesture.TURN_LEFT);
        try {
            JsonNode event = ends(ANA.acting(CLIP_SECONDS, 4), "SCRIPT_NOT_FOLLOWED");
            assertThat(event.path("detail").path("scripts").asString()).startsWith("OPEN_MOUTH TURN_LEFT");
        } finally {
            Asked.wanted = WHAT_CLIPS_SHOW;
        }
    }

    @Test
    @Order(4)
    void withoutVideoSinglePicturesFollowTheScript() {
        noVideo = true;
        try {
            ends(ANA.acting(CLIP_SECONDS, 2), "ACCEPTED");
        } finally {
            noVideo = false;
        }
    }

    @Test
    @Order(5)
    void theSameClipDoesNotSignInAgain() {
        ends(clip, "PRESENTATION_ATTACK");
        assertThat(hospital.trail("PRESENTATION_ATTACK").path(0).toString()).contains("REPLAY");
    }

    /** As when the phone rings and the browser is killed. First, while there are no others. */
    @Test
    @Order(0)
    void aPageThatIsClosedInTheMiddleOfAScriptLeavesNothingBehind() {
        ConfigurableApplicationContext server = Objects.requireNonNull(hospital.server().context);
        MeterRegistry meters = server.getBean(MeterRegistry.class);
        FaceSessions sessions = server.getBean(FaceSessions.class);
        try (Visit visit = chromium.visit(STRANGER.acting(CLIP_SECONDS, 3)).patient()) {
            openCamera(visit);
            visit.page().getByText("Live video").waitFor();
            visit.page().locator("svg[data-action=BLINK]").waitFor();
            assertThat(sessions.size()).isEqualTo(1);
            assertThat(meters.get("vultus.webrtc.open").gauge().value()).isEqualTo(1);
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(sessions.size()).isZero();
            assertThat(meters.get("vultus.webrtc.open").gauge().value()).isZero();
            assertThat(server.getBean(InferencePool.class).waiting()).isZero();
        });
    }

    /** The kiosk sends single pictures over its own socket. */
    @Test
    @Order(7)
    void atAKioskWhoFollowsTheScriptIsGreeted() {
        String credential = hospital.kiosk("Ward door", ZoneOffset.UTC);
        String said = "";
        for (int tries = 0; tries < 6; tries++) {
            try (Visit visit =
                    chromium.visit(ANA.acting(CLIP_SECONDS, 5 + tries)).patient()) {
                Page page = visit.page();
                page.navigate(hospital.server().address + "/kiosk");
                page.getByLabel("Credential of the kiosk", Visit.EXACTLY).fill(credential);
                visit.click("Check and start");
                page.locator("svg[data-action=BLINK]").waitFor();
                Locator ending = page.locator("[data-tone]").first();
                ending.waitFor(new Locator.WaitForOptions().setTimeout(60_000));
                said = ending.innerText();
                if (said.contains("Person ana")) {
                    JsonNode event = hospital.trail("FACE_RECOGNISED").path(0);
                    assertThat(event.path("detail").path("scripts").asString())
                            .as("%s", event)
                            .contains("BLINK COME_CLOSER -> Done");
                    return;
                }
            }
            forgetFailures();
        }
        fail("not once in six tries: " + said + hospital.trail("PUNCH").path(0));
    }

    /**
     * Whoever is in the clip ends like that; gives the event. On a machine that does much else the browser sends too few pictures, and a
     * face that was away is asked to begin again: then it is tried once more.
     */
    private static JsonNode ends(List<byte[]> before, String how) {
        JsonNode event = RunningServer.JSON.createObjectNode();
        for (int tries = 0; tries < 6; tries++) {
            try (Visit visit = chromium.visit(before).patient()) {
                if (noVideo) {
                    visit.page().route("**/whip", Route::abort);
                }
                openCamera(visit);
                visit.page()
                        .getByText(noVideo ? "Single pictures" : "Live video")
                        .waitFor();
                visit.page()
                        .getByText(Pattern.compile("Signed in as Person ana|That did not work|connection was lost"))
                        .waitFor(new Locator.WaitForOptions().setTimeout(90_000));
            }
            event = hospital.trail("FACE_SIGN_IN").path(0);
            if (reason(event).equals(how) && !(how.equals("SCRIPT_NOT_FOLLOWED") && starved(event))) {
                return event;
            }
            // Whoever is to be refused is not accepted once, however busy the machine is.
            assertThat(reason(event)).as("%s", event).isNotEqualTo("ACCEPTED");
            assertThat(starved(event) || event.isMissingNode()).as("%s", event).isTrue();
            forgetFailures();
        }
        return fail("not once in six tries: " + event);
    }

    private static String reason(JsonNode event) {
        return event.path("accepted").asBoolean()
                ? "ACCEPTED"
                : event.path("detail").path("reason").asString();
    }

    private static boolean starved(JsonNode event) {
        return event.path("detail").path("scripts").asString().contains("why=LOST");
    }

    /** Too many refusals from one address would lock it. */
    private static void forgetFailures() {
        Objects.requireNonNull(hospital.server().context)
                .getBean(JdbcClient.class)
                .sql("DELETE FROM lockouts")
                .update();
    }

    private static void openCamera(Visit visit) {
        Page page = visit.page();
        page.navigate(hospital.server().address + "/sign-in");
        page.getByLabel("Department").selectOption(Hospital.DEPARTMENT);
        visit.click("Open the camera");
    }
}
