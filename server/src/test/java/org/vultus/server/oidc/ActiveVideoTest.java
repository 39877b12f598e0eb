package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.server.People;
import org.vultus.server.RunningServer;
import tools.jackson.databind.JsonNode;

/**
 * Sign-ins with a script by live video on the real page in Chromium, with the real models, before clips of real faces that blink and come
 * closer. The server is made to ask for that, or for something else; nothing else of it is changed. Each step stands on those before.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ActiveVideoTest {
    private static final People ANA = People.of(5, 1);
    private static final People STRANGER = People.of(3, 1);
    private static final List<Gesture> WHAT_CLIPS_SHOW = List.of(Gesture.BLINK, Gesture.COME_CLOSER);

    /** Longer than a session takes: a clip that began again would be seen. */
    private static final int CLIP_SECONDS = 20;

    @TempDir
    static Path data;

    private static Hospital hospital;
    private static Chromium chromium;
    private static List<byte[]> clip = List.of();

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

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (hospital != null) {
            hospital.close();
        }
    }

    @Test
    @Order(1)
    void somebodyEnrolledWhoDoesWhatIsAskedSignsIn() {
        try (Visit visit = chromium.visit(clip).patient()) {
            openCamera(visit);
            visit.page().getByText("Live video").waitFor();
            visit.page().getByText("Signed in as Person ana").waitFor();
            assertThat(visit.errorsOf(hospital.server().address)).isEmpty();
        }
        JsonNode event = hospital.trail("FACE_SIGN_IN").path(0);
        assertThat(event.path("accepted").asBoolean()).as("%s", event).isTrue();
        assertThat(event.path("detail").path("scripts").asString()).startsWith("BLINK COME_CLOSER -> Done");
        assertThat(event.path("detail").path("gestures").asString()).contains("BLINK@", "COME_CLOSER@");
    }

    @Test
    @Order(2)
    void aStrangerWhoDoesWhatIsAskedIsRefused() {
        try (Visit visit = chromium.visit(STRANGER.acting(CLIP_SECONDS, 3)).patient()) {
            openCamera(visit);
            refused(visit, "NO_MATCH");
        }
    }

    @Test
    @Order(3)
    void whoDoesSomethingElseIsRefused() {
        Asked.wanted = List.of(Gesture.OPEN_MOUTH, Gesture.TURN_LEFT);
        try (Visit visit = chromium.visit(ANA.acting(CLIP_SECONDS, 4)).patient()) {
            openCamera(visit);
            refused(visit, "SCRIPT_NOT_FOLLOWED");
        } finally {
            Asked.wanted = WHAT_CLIPS_SHOW;
        }
    }

    @Test
    @Order(4)
    void withoutVideoSinglePicturesFollowTheScript() {
        try (Visit visit = chromium.visit(ANA.acting(CLIP_SECONDS, 2))) {
            visit.page().route("**/whip", Route::abort);
            openCamera(visit);
            visit.page().getByText("Single pictures").waitFor();
            visit.page().getByText("Signed in as Person ana").waitFor();
        }
    }

    @Test
    @Order(5)
    void theSameClipDoesNotSignInAgain() {
        try (Visit visit = chromium.visit(clip).patient()) {
            openCamera(visit);
            refused(visit, "PRESENTATION_ATTACK");
        }
        assertThat(hospital.trail("PRESENTATION_ATTACK").path(0).toString()).contains("REPLAY");
    }

    private static void refused(Visit visit, String why) {
        visit.page().getByText("You were not recognised.").waitFor();
        assertThat(hospital.trail("FACE_SIGN_IN").path(0).toString()).contains(why);
    }

    private static void openCamera(Visit visit) {
        Page page = visit.page();
        page.navigate(hospital.server().address + "/sign-in");
        page.getByLabel("Department").selectOption(Hospital.DEPARTMENT);
        visit.click("Open the camera");
    }
}
