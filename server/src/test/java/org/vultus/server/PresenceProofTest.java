package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.RunningServer.Answer;
import tools.jackson.databind.JsonNode;

/** Pictures of punches and badges over real HTTP, with frames of real faces. Each step stands on those before it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PresenceProofTest {
    @TempDir
    static Path data;

    private static final People ANA = People.of(3, 2);

    @AutoClose
    private static RunningServer server;

    private static String admin = "";
    private static String ana = "";
    private static String anaId = "";
    private static String manager = "";
    private static String otherManager = "";
    private static String officer = "";
    private static String auditor = "";
    private static String kiosk = "";
    private static String pictured = "";

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                data, "--vultus.attendance.zone=America/Sao_Paulo", "--vultus.sign-in.requests-per-minute=1000000");
        admin = server.administrator();
        for (String code : List.of("icu", "lab")) {
            server.post("/api/departments", admin, Map.of("code", code, "name", code, "identification", true));
        }
        anaId = person("ana", "icu", "STAFF");
        ana = token("ana", anaId);
        manager = token("boss", person("boss", "icu", "DEPARTMENT_MANAGER"));
        otherManager = token("labboss", person("labboss", "lab", "DEPARTMENT_MANAGER"));
        officer = token("officer", person("officer", "icu", "ENROLMENT_OFFICER"));
        auditor = token("auditor", person("auditor", "icu", "AUDITOR"));
        consentToFace();
        kiosk = server.post(
                        "/api/kiosks",
                        admin,
                        Map.of("name", "door", "zone", "America/Sao_Paulo", "departments", List.of("icu")))
                .text("credential");
    }

    private static void consentToFace() {
        server.post(
                "/api/subjects/" + anaId + "/legal-basis",
                admin,
                Map.of("basis", "CONSENT", "notice_version", "2026-11"));
        assertThat(server.post("/face-auth/enroll", admin, Map.of("user_id", anaId, "face_images", ANA.enrolment()))
                        .status())
                .isEqualTo(201);
    }

    private static String person(String username, String department, String role) {
        return server.post(
                        "/api/subjects",
                        admin,
                        Map.of(
                                "username",
                                username,
                                "display_name",
                                "Name of " + username,
                                "department",
                                department,
                                "roles",
                                List.of(role)))
                .text("id");
    }

    private static String token(String username, String id) {
        String once = server.post("/api/subjects/" + id + "/password", admin, Map.of())
                .text("one_time_password");
        return server.firstToken(username, once);
    }

    private static String punched(String at) {
        return punched(at, UUID.randomUUID());
    }

    private static String punched(String at, UUID event) {
        Map<String, Object> body = new HashMap<>();
        body.put("frames", ANA.signIn());
        body.put("captured_at", at);
        body.put("event_id", event);
        Answer answer = server.post("/recognize", kiosk, body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.text("event_id");
    }

    private static HttpResponse<byte[]> picture(String path, String token) {
        try {
            return server.http.send(
                    HttpRequest.newBuilder(server.address.resolve(path))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int looked(String event, String token) {
        return picture("/api/attendance/punches/" + event + "/picture", token).statusCode();
    }

    private static boolean offered(String event, String token) {
        JsonNode days = server.get(
                        "/api/attendance/timesheets?person=" + anaId + "&from=2026-11-09&to=2026-11-13", token)
                .body()
                .path("items")
                .get(0)
                .path("days");
        for (JsonNode day : days) {
            for (JsonNode punch : day.path("punches")) {
                if (punch.path("event_id").asString().equals(event)) {
                    return punch.path("picture").asBoolean();
                }
            }
        }
        throw new AssertionError("no such punch: " + days);
    }

    private static Answer keep(boolean kept, int days) {
        return server.json(
                "PATCH", "/api/departments/icu", admin, Map.of("presence_proof", kept, "presence_proof_days", days));
    }

    @Test
    @Order(1)
    void nothingIsKeptUnlessDepartmentAndPersonBothSaySo() {
        JsonNode policy = server.get("/api/departments", admin).body();
        assertThat(policy.get(0).path("presence_proof").asBoolean()).isFalse();
        assertThat(policy.get(0).path("presence_proof_days").asInt()).isEqualTo(30);
        assertThat(looked(punched("2026-11-09T09:00:00"), admin)).isEqualTo(404);

        assertThat(keep(true, 0).status()).isEqualTo(400);
        assertThat(keep(true, 366).status()).isEqualTo(400);
        assertThat(keep(true, 365).body().path("presence_proof").asBoolean()).isTrue();
        assertThat(looked(punched("2026-11-09T12:00:00"), admin)).isEqualTo(404);

        Answer mine = server.get("/api/me/picture-consent", ana);
        assertThat(mine.body().path("kept").asBoolean()).isTrue();
        assertThat(mine.body().path("consented_at").isNull()).isTrue();
        Answer given = server.json("PUT", "/api/me/picture-consent", ana, Map.of("notice_version", "2026-11"));
        assertThat(given.status()).as("%s", given.body()).isEqualTo(200);
        assertThat(given.text("notice_version")).isEqualTo("2026-11");
        assertThat(server.get("/api/subjects/" + anaId + "/picture-consent", officer)
                        .text("notice_version"))
                .isEqualTo("2026-11");
    }

    @Test
    @Order(2)
    void thePictureIsSmallAndShownToFew() throws Exception {
        UUID event = UUID.randomUUID();
        pictured = punched("2026-11-10T09:00:00", event);
        // The same event again, as a kiosk sends it whose answer was lost.
        assertThat(punched("2026-11-10T09:00:00", event)).isEqualTo(pictured);

        HttpResponse<byte[]> shown = picture("/api/attendance/punches/" + pictured + "/picture", manager);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(shown.headers().firstValue("Cache-Control")).contains("no-store");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(shown.body()));
        assertThat(image.getWidth()).isBetween(100, 200);
        assertThat(image.getHeight()).isBetween(100, 200);
        assertThat(shown.body().length).isLessThan(30_000);

        assertThat(looked(pictured, admin)).isEqualTo(200);
        assertThat(looked(pictured, otherManager)).isEqualTo(404);
        assertThat(looked(pictured, ana)).isEqualTo(403);
        assertThat(looked(pictured, officer)).isEqualTo(403);
        assertThat(looked(pictured, auditor)).isEqualTo(403);
        assertThat(looked(pictured, kiosk)).isEqualTo(401);
        assertThat(picture("/api/me/punches/" + pictured + "/picture", ana).statusCode())
                .isEqualTo(200);
        assertThat(picture("/api/me/punches/" + pictured + "/picture", manager).statusCode())
                .isEqualTo(404);

        assertThat(offered(pictured, manager)).isTrue();
        assertThat(offered(pictured, auditor)).isFalse();
        JsonNode events = server.get("/api/audit?limit=100", admin).body();
        assertThat(events.toString().split("PRESENCE_PROOF_VIEWED", -1)).hasSize(4);
        // Neither in the log, nor in what others are told.
        assertThat(server.get("/api/attendance/events?limit=100", admin).body().toString())
                .contains(pictured)
                .doesNotContain("picture", "jpeg");
    }

    @Test
    @Order(3)
    void thePersonsOwnCopyHasIt() {
        JsonNode copy = server.get("/api/me/data", ana).body();
        JsonNode one = copy.path("pictures_of_punches").get(0);
        assertThat(one.path("event").asString()).isEqualTo(pictured);
        assertThat(Base64.getDecoder().decode(one.path("jpeg").asString())).startsWith(0xFF, 0xD8);
        assertThat(copy.path("time").path("punches").size()).isEqualTo(3);
        assertThat(copy.path("time").path("punches").get(0).path("site").asString())
                .isEqualTo("main");
        assertThat(copy.path("legal_bases").toString()).contains("PROOF_OF_PRESENCE", "RECOGNITION");
    }

    @Test
    @Order(4)
    void withdrawalRemovesItAndTheFaceServesOn() {
        assertThat(server.delete("/api/me/picture-consent", ana).status()).isEqualTo(204);
        assertThat(looked(pictured, manager)).isEqualTo(404);
        assertThat(offered(pictured, manager)).isFalse();
        assertThat(looked(punched("2026-11-11T09:00:00"), manager)).isEqualTo(404);

        assertThat(server.json(
                                "PUT",
                                "/api/subjects/" + anaId + "/picture-consent",
                                manager,
                                Map.of("notice_version", "2026-11"))
                        .status())
                .isEqualTo(403);
        assertThat(server.json(
                                "PUT",
                                "/api/subjects/" + anaId + "/picture-consent",
                                officer,
                                Map.of("notice_version", "2026-11"))
                        .status())
                .isEqualTo(200);
        String again = punched("2026-11-12T09:00:00");
        assertThat(looked(again, manager)).isEqualTo(200);
        // Whoever ends the use of the face ends the pictures.
        assertThat(server.delete("/api/subjects/" + anaId + "/legal-basis", ana).status())
                .isEqualTo(204);
        assertThat(looked(again, manager)).isEqualTo(404);
        assertThat(server.get("/api/me/picture-consent", ana)
                        .body()
                        .path("consented_at")
                        .isNull())
                .isTrue();
    }

    @Test
    @Order(5)
    void whatWaitedLongerThanItMayBeKeptIsNotKept() {
        consentToFace();
        server.json("PUT", "/api/me/picture-consent", ana, Map.of("notice_version", "2026-11"));
        keep(true, 1);
        assertThat(looked(punched("2026-11-13T09:00:00"), manager)).isEqualTo(404);
        keep(true, 365);
        assertThat(looked(punched("2026-11-13T12:00:00"), manager)).isEqualTo(200);
    }

    @Test
    @Order(6)
    void aBadgeServesWhoDeclinesTheCamera() {
        String badge = "/api/attendance/people/" + anaId + "/badge";
        assertThat(server.json("PUT", badge, ana, Map.of("number", "04A1B2C3")).status())
                .isEqualTo(403);
        assertThat(server.json("PUT", badge, officer, Map.of("number", "12")).status())
                .isEqualTo(400);
        assertThat(server.json("PUT", badge, officer, Map.of("number", "04A1B2C3"))
                        .status())
                .isEqualTo(204);
        String officerId = server.get("/api/account", officer).text("id");
        Answer taken = server.json(
                "PUT", "/api/attendance/people/" + officerId + "/badge", officer, Map.of("number", "04-A1-B2-C3"));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(server.get("/api/attendance/people/" + anaId + "/without-camera", officer)
                        .body()
                        .path("badge_given_at")
                        .isNull())
                .isFalse();

        Answer punch = server.post(
                "/recognize/badge", kiosk, Map.of("badge", "04a1b2c3", "captured_at", "2026-11-14T09:00:00"));
        assertThat(punch.status()).as("%s", punch.body()).isEqualTo(200);
        assertThat(punch.text("method")).isEqualTo("BADGE");
        assertThat(server.post("/api/keys/rotate", admin, Map.of()).status()).isEqualTo(200);
        assertThat(server.post(
                                "/recognize/badge",
                                kiosk,
                                Map.of("badge", "04a1b2c3", "captured_at", "2026-11-14T12:00:00"))
                        .status())
                .isEqualTo(200);

        assertThat(server.delete(badge, officer).status()).isEqualTo(204);
        Answer unknown = server.post("/recognize/badge", kiosk, Map.of("badge", "04a1b2c3"));
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.text("detail")).contains("badge");
        for (int i = 0; i < 9; i++) {
            server.post("/recognize/badge", kiosk, Map.of("badge", "0000" + i));
        }
        assertThat(server.post("/recognize/badge", kiosk, Map.of("badge", "04a1b2c3"))
                        .status())
                .isEqualTo(429);
        assertThat(server.get("/api/audit?limit=100", admin).body().toString())
                .contains("BADGE_CHANGED")
                .doesNotContain("04A1B2C3");
    }

    @Test
    @Order(7)
    void erasureTakesPicturesAndBadge() {
        String last = punched("2026-11-13T17:00:00");
        assertThat(looked(last, admin)).isEqualTo(200);
        assertThat(server.post("/api/people/" + anaId + "/erasure", admin, Map.of())
                        .status())
                .isEqualTo(200);
        assertThat(looked(last, admin)).isEqualTo(404);
    }
}
