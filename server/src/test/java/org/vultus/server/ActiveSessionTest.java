package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.liveness.FlashColour;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.InMemoryGallery;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.server.RunningServer.Answer;
import org.vultus.store.enrolment.GalleryFeed;
import org.vultus.store.enrolment.SqlReferences;
import org.vultus.testkit.PaintedFace;
import org.vultus.testkit.PaintedNetworks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sessions with a script over real WebSockets and HTTP, in real time. The faces are painted and the networks see what is painted: no
 * clip of a real person who follows a random script can be had. Everything else is the server as it is.
 */
class ActiveSessionTest {
    @TempDir
    static Path data;

    private static final int REFUSED = 4401;
    private static final int ACCEPTED = 1000;
    private static final Duration BETWEEN_FRAMES = Duration.ofMillis(70);

    @AutoClose
    private static RunningServer server;

    private static String admin = "";
    private static int nextPerson = 1;

    private final Random random = new Random();

    /** In place of the engine with real models. */
    static final class Painted {
        @Bean
        FaceEngine faceEngine() {
            return new PaintedNetworks().engine();
        }

        @Bean
        OperatingPoints operatingPoints() {
            return PaintedNetworks.SCALE;
        }

        @Bean
        Gallery gallery() {
            return new InMemoryGallery(PaintedNetworks.EXTRACTOR);
        }

        @Bean
        GalleryFeed galleryFeed(DataSource database, SqlReferences references, Gallery gallery) {
            return GalleryFeed.open(database, references, PaintedNetworks.EXTRACTOR, gallery);
        }
    }

    /** What is shown, given the step that is asked and for how long; the step is missing before the script begins and after it. */
    private interface Actress {
        byte[] frame(JsonNode step, long since);
    }

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, Painted.class, "--spring.main.allow-bean-definition-overriding=true");
        admin = server.administrator();
        for (String policy : List.of("ACTIVE", "STRICT")) {
            Answer created = server.post(
                    "/api/departments",
                    admin,
                    Map.of("code", policy.toLowerCase(Locale.ROOT), "name", policy, "liveness", policy));
            assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
        }
    }

    @Test
    void whoeverFollowsTheScriptSignsInAndTheSameFramesDoNotOpenAgain() throws Exception {
        PaintedFace face = enrolled("active", "ana");
        List<byte[]> recorded = new ArrayList<>();

        FaceClient.Ended first = play("active", "ana", recording(obedient(face), recorded));

        assertThat(first.closeCode()).as("%s", first.messages()).isEqualTo(ACCEPTED);
        JsonNode opened = first.of("session");
        assertThat(opened.path("policy").asString()).isEqualTo("active");
        // All tests come from one address: after an attack its scripts are longer.
        assertThat(opened.path("script").size()).isBetween(2, 4);
        assertThat(opened.path("script").get(0).path("window_ms").asInt()).isPositive();
        assertThat(first.messages().toString()).doesNotContain("off_plane", "least_alike", "liveness");

        int[] next = {0};
        FaceClient.Ended replayed = play("active", "ana", (step, since) -> recorded.get(next[0]++ % recorded.size()));
        assertThat(replayed.closeCode()).isEqualTo(REFUSED);
    }

    @Test
    void aStillPhotoIsRefused() throws Exception {
        PaintedFace face = enrolled("active", "bea");
        FaceClient.Ended ended = play("active", "bea", (step, since) -> still(face));
        assertThat(ended.closeCode()).isEqualTo(REFUSED);
        assertThat(ended.of("script").path("failed").asBoolean()).isTrue();
    }

    @Test
    void aLoopedClipIsRefused() throws Exception {
        PaintedFace face = enrolled("active", "cat");
        List<byte[]> clip = IntStream.range(0, 10).mapToObj(i -> still(face)).toList();
        int[] next = {0};
        assertThat(play("active", "cat", (step, since) -> clip.get(next[0]++ % clip.size()))
                        .closeCode())
                .isEqualTo(REFUSED);
    }

    @Test
    void theWrongActionsAreRefused() throws Exception {
        PaintedFace face = enrolled("active", "dan");
        FaceClient.Ended ended = play(
                "active",
                "dan",
                (step, since) -> step.path("begun").asBoolean()
                        ? act(
                                face,
                                step.path("action").asString().equals("TURN_LEFT")
                                        ? Gesture.TURN_RIGHT
                                        : Gesture.TURN_LEFT,
                                since)
                        : still(face));
        assertThat(ended.closeCode()).isEqualTo(REFUSED);
    }

    @Test
    void aPhotoThatIsSwappedInAfterTheScriptIsRefused() throws Exception {
        PaintedFace victim = enrolled("active", "eve");
        PaintedFace thief = PaintedFace.of(60);
        Actress acting = obedient(thief);
        FaceClient.Ended ended = play(
                "active",
                "eve",
                (step, since) -> step.isMissingNode() || step.isNull() ? still(victim) : acting.frame(step, since));
        assertThat(ended.closeCode()).isEqualTo(REFUSED);
    }

    @Test
    void aStrictSessionFlashesColours() throws Exception {
        PaintedFace face = enrolled("strict", "fay");
        List<FlashColour> colours = new ArrayList<>();
        try (FaceClient client = FaceClient.connect(server, "/face-auth/strict?username=fay", "")) {
            JsonNode script = client.next().path("script");
            JsonNode flash = script.get(script.size() - 1);
            assertThat(flash.path("action").asString()).isEqualTo("COLOUR_FLASH");
            assertThat(flash.path("colour_ms").asInt()).isEqualTo(500);
            flash.path("colours").valueStream().forEach(c -> colours.add(FlashColour.valueOf(c.asString())));
        }
        assertThat(colours).hasSize(8);
        assertThat(play("strict", "fay", obedient(face)).closeCode()).isEqualTo(ACCEPTED);
    }

    @Test
    void anotherScriptForWhoCannotBlink() throws Exception {
        enrolled("active", "gus");
        try (FaceClient client = FaceClient.connect(server, "/face-auth/active?username=gus", "")) {
            client.next();
            client.say("{\"type\":\"camera\",\"label\":\"Integrated Camera\"}");
            client.say("{\"type\":\"script\",\"cannot\":[\"BLINK\",\"TURN_LEFT\",\"TURN_RIGHT\"]}");
            JsonNode other = client.next();
            assertThat(other.path("type").asString()).isEqualTo("script");
            assertThat(other.path("failed").asBoolean()).isFalse();
            assertThat(other.path("script").toString()).doesNotContain("BLINK", "TURN");
            client.say("{\"type\":\"nonsense\"}");
            assertThat(client.next().path("close_code").asInt()).isEqualTo(1003);
        }
    }

    @Test
    void theSameWithoutASocket() {
        PaintedFace face = enrolled("active", "hal");
        Answer opened = server.post("/face-auth/sessions", "", Map.of("department", "active", "username", "hal"));
        assertThat(opened.body().path("script").size()).isBetween(2, 4);
        String path = "/face-auth/sessions/" + opened.text("session_id");
        Answer other = server.post(path + "/script", opened.text("token"), Map.of("cannot", List.of("NOD")));
        assertThat(other.text("type")).isEqualTo("script");
        assertThat(other.body().path("script").toString()).doesNotContain("NOD");
        Answer feedback = server.send("POST", path + "/frames", opened.text("token"), "image/png", still(face));
        assertThat(feedback.body().path("step").path("index").asInt()).isZero();
        assertThat(feedback.body().path("step").path("action"))
                .isEqualTo(other.body().path("script").get(0).path("action"));
        assertThat(server.post(path + "/script", "wrong", Map.of("cannot", List.of()))
                        .status())
                .isEqualTo(410);
    }

    @Test
    void aKioskAsksForTheScriptTooAndGreets() throws Exception {
        Answer gate = server.post(
                "/api/departments",
                admin,
                Map.of("code", "gate", "name", "Gate", "liveness", "ACTIVE", "identification", true));
        assertThat(gate.status()).as("%s", gate.body()).isEqualTo(201);
        PaintedFace face = enrolled("gate", "ivy");
        Answer registered = server.post(
                "/api/kiosks",
                admin,
                Map.of("name", "gate", "zone", "America/Sao_Paulo", "departments", List.of("gate", "active")));
        String kiosk = registered.text("credential");
        assertThat(server.get("/recognize/kiosk", kiosk).text("liveness")).isEqualTo("ACTIVE");
        assertThatThrownBy(() -> FaceClient.kiosk(server, "kiosk_of_nobody"))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(401));

        FaceClient.Ended still = play(FaceClient.kiosk(server, kiosk), (step, since) -> still(face));
        assertThat(still.closeCode()).isEqualTo(REFUSED);
        assertThat(still.last().path("fallback").asString()).isEqualTo("pin");

        FaceClient.Ended seen = play(FaceClient.kiosk(server, kiosk), obedient(face));
        assertThat(seen.closeCode()).as("%s", seen.messages()).isEqualTo(ACCEPTED);
        assertThat(seen.of("session").path("policy").asString()).isEqualTo("active");
        JsonNode greeting = seen.of("greeting");
        assertThat(greeting.path("name").asString()).isEqualTo("ivy");
        assertThat(greeting.path("direction").asString()).isEqualTo("IN");
        assertThat(greeting.path("method").asString()).isEqualTo("FACE");
        assertThat(seen.messages().toString()).doesNotContain("access_token", "least_alike");
        // The same for a few frames alone: they are no script.
        assertThat(server.post("/recognize", kiosk, Map.of("frames", List.of(still(face), still(face), still(face))))
                        .text("type"))
                .isEqualTo("/problems/face-not-available");
        JsonNode board = server.get("/api/attendance/board", admin).body();
        assertThat(board.path("present").asInt()).isEqualTo(1);
    }

    private byte[] still(PaintedFace face) {
        return face.acting(new PaintedFace.Act(100, 0, 0, 100, Optional.empty(), random.nextInt(65_536)))
                .sample()
                .encoded();
    }

    private byte[] act(PaintedFace face, Gesture gesture, long since, FlashColour... colours) {
        return face.doing(gesture, since, Arrays.asList(colours), random.nextInt(65_536))
                .sample()
                .encoded();
    }

    private Actress obedient(PaintedFace face) {
        return (step, since) -> step.path("begun").asBoolean()
                ? act(
                        face,
                        Gesture.valueOf(step.path("action").asString()),
                        since,
                        step.path("colours")
                                .valueStream()
                                .map(c -> FlashColour.valueOf(c.asString()))
                                .toArray(FlashColour[]::new))
                : still(face);
    }

    private static Actress recording(Actress actress, List<byte[]> recorded) {
        return (step, since) -> {
            byte[] frame = actress.frame(step, since);
            recorded.add(frame);
            return frame;
        };
    }

    /** One session, at some ten frames a second, until the server closes it. */
    private static FaceClient.Ended play(String department, String username, Actress actress) throws Exception {
        return play(FaceClient.connect(server, "/face-auth/" + department + "?username=" + username, ""), actress);
    }

    private static FaceClient.Ended play(FaceClient connection, Actress actress) throws Exception {
        try (FaceClient client = connection) {
            List<JsonNode> heard = new ArrayList<>();
            JsonNode script = RunningServer.JSON.createArrayNode();
            JsonNode step = RunningServer.JSON.createObjectNode();
            long changed = System.nanoTime();
            while (true) {
                JsonNode message = client.next();
                if (message.has("close_code")) {
                    return new FaceClient.Ended(
                            heard, message.path("close_code").asInt());
                }
                heard.add(message);
                String type = message.path("type").asString();
                if (type.equals("session") || type.equals("script")) {
                    script = message.path("script");
                }
                if (List.of("result", "authentication_complete", "greeting").contains(type) || message.has("busy")) {
                    continue;
                }
                JsonNode now = message.path("step");
                if (now.path("index").asInt(-1) != step.path("index").asInt(-1)
                        || now.path("begun").asBoolean() != step.path("begun").asBoolean()) {
                    changed = System.nanoTime();
                }
                step = now;
                long since = Duration.ofNanos(System.nanoTime() - changed).toMillis();
                client.send(actress.frame(withColours(step, script), since));
                Thread.sleep(BETWEEN_FRAMES);
            }
        }
    }

    private static JsonNode withColours(JsonNode step, JsonNode script) {
        JsonNode colours = script.path(step.path("index").asInt(-1)).path("colours");
        return step.isObject() && colours.isArray() ? ((ObjectNode) step.deepCopy()).set("colours", colours) : step;
    }

    /** Somebody new with a face that nobody else has. */
    private static synchronized PaintedFace enrolled(String department, String username) {
        PaintedFace face = PaintedFace.of(nextPerson++);
        Answer created = server.post(
                "/api/subjects",
                admin,
                Map.of("username", username, "display_name", username, "department", department));
        String id = created.text("id");
        server.post(
                "/api/subjects/" + id + "/legal-basis", admin, Map.of("basis", "CONSENT", "notice_version", "2026-11"));
        List<byte[]> images =
                IntStream.range(0, 3).mapToObj(i -> face.sample().encoded()).toList();
        Answer enrolled = server.post(
                "/face-auth/enroll", admin, Map.of("user_id", id, "username", username, "face_images", images));
        assertThat(enrolled.status()).as("%s", enrolled.body()).isEqualTo(201);
        return face;
    }
}
