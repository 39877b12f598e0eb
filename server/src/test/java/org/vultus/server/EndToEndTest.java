package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditVerdict;
import org.vultus.access.audit.AuditVerifier;
import org.vultus.server.RunningServer.Answer;
import org.vultus.server.audit.AuditEntry;
import org.vultus.server.audit.AuditFileReader;

/**
 * The way of a hospital from an empty machine to people who sign in, over real HTTP and WebSockets, with real faces, models and
 * PostgreSQL. Each step stands on those before it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndTest {
    @TempDir
    static Path data;

    @AutoClose
    private static RunningServer server;

    private static final People ANA = People.of(3, 2);
    private static final People BEN = People.of(4, 2);
    private static final People CAT = People.of(6, 2);
    private static final People STRANGER = People.of(5, 5);

    private static String admin = "";
    private static String anaId = "";
    private static String benId = "";
    private static String catId = "";

    @BeforeAll
    static void start() {
        server = RunningServer.start(data);
    }

    @Test
    @Order(1)
    void theOneTimePasswordServesOnlyToChooseAnother() {
        Answer first = server.token("admin", server.oneTimePassword);
        assertThat(first.status()).isEqualTo(403);
        assertThat(first.text("type")).isEqualTo("/problems/password-change-required");
        assertThat(change(server.oneTimePassword, "short").status()).isEqualTo(422);
        assertThat(change("wrong", RunningServer.PASSWORD).status()).isEqualTo(401);
        assertThat(change(server.oneTimePassword, RunningServer.PASSWORD).status())
                .isEqualTo(204);
        assertThat(server.token("admin", server.oneTimePassword).status()).isEqualTo(401);
        Answer token = server.token("admin", RunningServer.PASSWORD);
        assertThat(token.status()).isEqualTo(200);
        assertThat(token.body().path("expires_in").asInt()).isEqualTo(1800);
        admin = token.text("access_token");
        assertThat(server.get("/api/account", admin).text("username")).isEqualTo("admin");
    }

    @Test
    @Order(2)
    void nobodyElseUsesTheApi() {
        assertThat(server.get("/api/subjects", "").status()).isEqualTo(401);
        assertThat(server.get("/api/subjects", admin.substring(0, admin.length() - 8) + "AAAAAAAA")
                        .status())
                .isEqualTo(401);
        assertThat(server.get("/api/subjects", "nonsense").text("type")).isEqualTo("/problems/not-signed-in");
    }

    @Test
    @Order(3)
    void departmentsAndPeople() {
        assertThat(server.post(
                                "/api/departments",
                                admin,
                                Map.of("code", "icu", "name", "Intensive care", "identification", true))
                        .status())
                .isEqualTo(201);
        assertThat(server.post("/api/departments", admin, Map.of("code", "lab", "name", "Laboratory"))
                        .status())
                .isEqualTo(201);
        assertThat(server.post("/api/departments", admin, Map.of("code", "lab", "name", "Again"))
                        .text("type"))
                .isEqualTo("/problems/already-exists");
        anaId = person("ana", "icu");
        benId = person("ben", "icu");
        catId = person("cat", "lab");
    }

    @Test
    @Order(4)
    void noEnrolmentWithoutALegalBasis() {
        Answer refused = enrol(anaId, "ana", ANA.enrolment());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("type")).isEqualTo("/problems/no-legal-basis");
    }

    @Test
    @Order(5)
    void enrolsThreePeople() {
        for (String id : List.of(anaId, benId, catId)) {
            assertThat(server.post(
                                    "/api/subjects/" + id + "/legal-basis",
                                    admin,
                                    Map.of("basis", "CONSENT", "notice_version", "2026-11"))
                            .status())
                    .isEqualTo(201);
        }
        for (Answer answer : List.of(
                enrol(anaId, "ana", ANA.enrolment()),
                enrol(benId, "ben", BEN.enrolment()),
                enrol(catId, "cat", CAT.enrolment()))) {
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
            assertThat(answer.body().path("images_used").asInt()).isGreaterThanOrEqualTo(3);
        }
        assertThat(server.get("/face-auth/health", "").body().path("references").asInt())
                .isEqualTo(3);
    }

    @Test
    @Order(6)
    void poorImagesAreRefusedOneByOneWithAdvice() {
        List<byte[]> images =
                List.of(BEN.blurred(), new byte[] {1, 2, 3}, BEN.enrolment().getFirst());
        Answer refused = enrol(benId, "ben", images);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("type")).isEqualTo("/problems/enrolment-refused");
        assertThat(refused.body().path("images").size()).isEqualTo(3);
        assertThat(refused.body().path("images").get(0).path("reason").asString())
                .isEqualTo("LOW_QUALITY");
        assertThat(refused.body().path("images").get(1).path("reason").asString())
                .isEqualTo("UNSUPPORTED_FORMAT");
        assertThat(refused.body().path("images").get(2).path("accepted").asBoolean())
                .isTrue();
    }

    @Test
    @Order(7)
    void somebodyWhoIsEnrolledAlreadyIsReported() {
        String twin = person("twin", "icu");
        server.post(
                "/api/subjects/" + twin + "/legal-basis",
                admin,
                Map.of("basis", "CONSENT", "notice_version", "2026-11"));
        Answer refused = enrol(twin, "twin", ANA.enrolment());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("type")).isEqualTo("/problems/possible-duplicate");
        assertThat(refused.body().toString()).doesNotContain("ana");
    }

    @Test
    @Order(8)
    void signsInByFaceAlone() throws Exception {
        FaceClient.Ended ended = FaceClient.signIn(server, "/face-auth/icu", ANA.signIn());
        assertThat(ended.closeCode()).as("%s", ended.messages()).isEqualTo(1000);
        assertThat(ended.of("result").path("outcome").asString()).isEqualTo("accepted");
        assertThat(ended.of("authentication_complete")
                        .path("user")
                        .path("username")
                        .asString())
                .isEqualTo("ana");
        SignedJWT token = SignedJWT.parse(ended.last().path("access_token").asString());
        JWKSet keys = JWKSet.load(server.address.resolve("/oauth2/jwks").toURL());
        assertThat(token.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo(anaId);
        assertThat(token.getJWTClaimsSet().getStringListClaim("amr")).containsExactly("face");
        assertThat(token.getJWTClaimsSet().getStringClaim("department")).isEqualTo("icu");
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(server.address.toString());
    }

    @Test
    @Order(9)
    void signsInByNameAndFace() throws Exception {
        FaceClient.Ended ended = FaceClient.signIn(server, "/face-auth/lab?username=cat", CAT.signIn());
        assertThat(ended.closeCode()).as("%s", ended.messages()).isEqualTo(1000);
    }

    @Test
    @Order(10)
    void signsInWithoutASocket() {
        Answer opened = server.post("/face-auth/sessions", "", Map.of("department", "icu", "username", "ben"));
        assertThat(opened.status()).as("%s", opened.body()).isEqualTo(201);
        Answer last = null;
        for (byte[] frame : BEN.signIn()) {
            last = server.send(
                    "POST",
                    "/face-auth/sessions/" + opened.text("session_id") + "/frames",
                    opened.text("token"),
                    "image/jpeg",
                    frame);
            assertThat(last.status()).as("%s", last.body()).isEqualTo(200);
        }
        assertThat(last).isNotNull();
        assertThat(last.text("type")).isEqualTo("authentication_complete");
        assertThat(server.get("/api/account", last.text("access_token")).text("username"))
                .isEqualTo("ben");
        assertThat(server.get("/api/subjects", last.text("access_token")).text("type"))
                .isEqualTo("/problems/not-allowed");
    }

    @Test
    @Order(11)
    void allWhoMayNotSignInGetTheSameAnswer() throws Exception {
        FaceClient.Ended stranger = FaceClient.signIn(server, "/face-auth/icu", STRANGER.signIn());
        FaceClient.Ended otherDepartment = FaceClient.signIn(server, "/face-auth/icu?username=cat", CAT.signIn());
        FaceClient.Ended otherPerson = FaceClient.signIn(server, "/face-auth/icu?username=ana", BEN.signIn());
        FaceClient.Ended unknown = FaceClient.signIn(server, "/face-auth/icu?username=nobody", BEN.signIn());
        for (FaceClient.Ended ended : List.of(stranger, otherDepartment, otherPerson, unknown)) {
            assertThat(ended.closeCode()).isEqualTo(4401);
            assertThat(ended.last()).isEqualTo(stranger.last());
            assertThat(ended.last().path("reason").asString()).isEqualTo("NOT_RECOGNISED");
            assertThat(ended.last().path("fallback").asString()).isEqualTo("password");
            assertThat(ended.messages().toString()).doesNotContain("score");
        }
    }

    @Test
    @Order(12)
    void aDepartmentWithoutIdentificationWantsAName() throws Exception {
        FaceClient.Ended ended = FaceClient.signIn(server, "/face-auth/lab", CAT.signIn());
        assertThat(ended.closeCode()).isEqualTo(4403);
        assertThat(ended.last().path("reason").asString()).isEqualTo("USERNAME_NEEDED");
    }

    @Test
    @Order(13)
    void aForeignPageCannotConnect() {
        assertThatThrownBy(() -> FaceClient.connect(server, "/face-auth/icu", "https://evil.example"))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
        FaceClient.connect(server, "/face-auth/icu", server.address.toString()).close();
    }

    @Test
    @Order(14)
    void adviceForAFrameThatIsNoGood() throws Exception {
        try (FaceClient client = FaceClient.connect(server, "/face-auth/icu", "")) {
            assertThat(client.next().path("type").asString()).isEqualTo("session");
            client.send(ANA.inTheDark());
            assertThat(client.next().path("advice").get(0).path("code").asString())
                    .isEqualTo("MORE_LIGHT");
            client.send(new byte[] {9, 9, 9});
            assertThat(client.next().path("advice").get(0).path("code").asString())
                    .isEqualTo("SEND_JPEG_PNG_OR_WEBP");
        }
    }

    @Test
    @Order(15)
    void afterWithdrawalTheFaceOpensNothing() throws Exception {
        assertThat(server.delete("/api/subjects/" + benId + "/legal-basis", admin)
                        .status())
                .isEqualTo(204);
        assertThat(FaceClient.signIn(server, "/face-auth/icu", BEN.signIn()).closeCode())
                .isEqualTo(4401);
        assertThat(FaceClient.signIn(server, "/face-auth/icu?username=ben", BEN.signIn())
                        .closeCode())
                .isEqualTo(4401);
        assertThat(enrol(benId, "ben", BEN.enrolment()).text("type")).isEqualTo("/problems/no-legal-basis");
        assertThat(server.get("/api/subjects/" + benId, admin)
                        .body()
                        .path("enrolled_at")
                        .isNull())
                .isTrue();
    }

    @Test
    @Order(16)
    void aDeactivatedPersonIsRefused() throws Exception {
        assertThat(server.json("PATCH", "/api/subjects/" + anaId, admin, Map.of("active", false))
                        .status())
                .isEqualTo(200);
        FaceClient.Ended ended = FaceClient.signIn(server, "/face-auth/icu?username=ana", ANA.signIn());
        assertThat(ended.closeCode()).isEqualTo(4401);
        server.json("PATCH", "/api/subjects/" + anaId, admin, Map.of("active", true));
        assertThat(FaceClient.signIn(server, "/face-auth/icu?username=ana", ANA.signIn())
                        .closeCode())
                .isEqualTo(1000);
    }

    @Test
    @Order(17)
    void fiveFailuresLockTheNameAndLeaveThePassword() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(FaceClient.signIn(server, "/face-auth/icu?username=ana", STRANGER.signIn())
                            .closeCode())
                    .isEqualTo(4401);
        }
        FaceClient.Ended locked = FaceClient.signIn(server, "/face-auth/icu?username=ana", ANA.signIn());
        assertThat(locked.closeCode()).isEqualTo(4403);
        assertThat(locked.last().path("reason").asString()).isEqualTo("LOCKED");
        assertThat(locked.last().path("retry_after").asLong()).isBetween(1L, 31L);
        Answer reset = server.post("/api/subjects/" + anaId + "/password", admin, Map.of());
        assertThat(server.token("ana", reset.text("one_time_password")).text("type"))
                .isEqualTo("/problems/password-change-required");
    }

    @Test
    @Order(18)
    void keysAreRotatedWhileEverythingGoesOn() throws Exception {
        Answer before = server.get("/api/keys", admin);
        Answer rotated = server.post("/api/keys/rotate", admin, Map.of());
        assertThat(rotated.status()).as("%s", rotated.body()).isEqualTo(200);
        assertThat(rotated.text("site_key")).isNotEqualTo(before.text("site_key"));
        assertThat(rotated.text("signing_key")).isNotEqualTo(before.text("signing_key"));
        assertThat(rotated.body().path("rewrapped_subjects").asInt()).isEqualTo(2);
        assertThat(rotated.body().path("old_site_keys_disabled").asBoolean()).isTrue();
        // Tokens of the old key are good until they expire, and templates of the old key still open.
        assertThat(server.get("/api/account", admin).status()).isEqualTo(200);
        assertThat(FaceClient.signIn(server, "/face-auth/lab?username=cat", CAT.signIn())
                        .closeCode())
                .isEqualTo(1000);
        // The old and the new one of applications' tokens, and of our own.
        assertThat(server.get("/oauth2/jwks", "")
                        .body()
                        .path("keys")
                        .valueStream()
                        .map(key -> key.path("alg").asString()))
                .containsExactlyInAnyOrder("RS256", "RS256", "ES256", "ES256");
    }

    @Test
    @Order(19)
    void theAuditTrailTellsAllOfItAndCanBeChecked() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.address.resolve("/api/audit/export"))
                .header("Authorization", "Bearer " + admin)
                .build();
        HttpResponse<byte[]> response = server.http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        List<Action> actions = new ArrayList<>();
        try (AuditFileReader reader = new AuditFileReader(new ByteArrayInputStream(response.body()))) {
            AuditVerifier verifier = new AuditVerifier(reader.header().keys());
            for (AuditEntry entry = reader.next(); entry != null; entry = reader.next()) {
                switch (entry) {
                    case AuditEntry.Event(var record) -> {
                        actions.add(record.event().action());
                        verifier.accept(record);
                    }
                    case AuditEntry.Signed(var checkpoint) -> verifier.accept(checkpoint);
                }
            }
            assertThat(verifier.verdict()).isInstanceOfSatisfying(AuditVerdict.Intact.class, intact -> {
                assertThat(intact.first()).isEqualTo(1);
                assertThat(intact.lastSigned()).isEqualTo(intact.last());
            });
        }
        assertThat(actions)
                .contains(
                        Action.DEPARTMENT_CREATED,
                        Action.SUBJECT_CREATED,
                        Action.LEGAL_BASIS_RECORDED,
                        Action.ENROLMENT,
                        Action.FACE_SIGN_IN,
                        Action.PASSWORD_SIGN_IN,
                        Action.CONSENT_WITHDRAWN,
                        Action.KEYS_ROTATED,
                        Action.AUDIT_EXPORTED);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("Person ana");
    }

    @Test
    @Order(19)
    void anAddressThatIsNotThereIsToldApart() {
        Answer answer = server.get("/api/nothing/here", admin);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("type")).isEqualTo("/problems/not-found");
        assertThat(answer.text("detail")).contains("/api-docs");
    }

    private static byte[] middle(byte[] jpeg) {
        return Arrays.copyOfRange(jpeg, jpeg.length / 2, jpeg.length / 2 + 16);
    }

    @Test
    @Order(20)
    void noImageIsWrittenAndNoTemplateIsInTheClear() throws Exception {
        byte[] template = {'V', 'T', 1, 0};
        // From the middle of each picture that was sent, where no two are alike. They are made anew each time, and
        // there
        // the same.
        assertThat(middle(ANA.signIn().getFirst()))
                .isEqualTo(middle(ANA.signIn().getFirst()));
        List<byte[]> pixels = Stream.concat(ANA.enrolment().stream(), ANA.signIn().stream())
                .map(EndToEndTest::middle)
                .toList();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> !f.startsWith(data.resolve("programs")))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(file);
                assertThat(jpegIn(bytes)).as("%s", file).isNegative();
                for (byte[] some : pixels) {
                    assertThat(indexOf(bytes, some)).as("%s", file).isNegative();
                }
                assertThat(indexOf(bytes, template)).as("%s", file).isNegative();
            }
        }
    }

    /**
     * Where a JPEG begins: its first marker, then an application's segment or a table of less than 256 bytes, as all encoders write them. The
     * marker alone is met in a megabyte of ciphertext with a probability of one in sixteen.
     */
    private static int jpegIn(byte[] bytes) {
        for (int i = 0; i + 5 <= bytes.length; i++) {
            int kind = bytes[i + 3] & 0xFF;
            if (bytes[i] == (byte) 0xFF
                    && bytes[i + 1] == (byte) 0xD8
                    && bytes[i + 2] == (byte) 0xFF
                    && (kind >= 0xE0 && kind <= 0xEF || kind == 0xDB)
                    && bytes[i + 4] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.mismatch(bytes, i, i + wanted.length, wanted, 0, wanted.length) < 0) {
                return i;
            }
        }
        return -1;
    }

    private static Answer change(String current, String replacement) {
        return server.post(
                "/api/account/password",
                "",
                Map.of("username", "admin", "current_password", current, "new_password", replacement));
    }

    private static String person(String username, String department) {
        Answer created = server.post(
                "/api/subjects",
                admin,
                Map.of("username", username, "display_name", "Person " + username, "department", department));
        assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
        return created.text("id");
    }

    private static Answer enrol(String id, String username, List<byte[]> images) {
        return server.post(
                "/face-auth/enroll", admin, Map.of("user_id", id, "username", username, "face_images", images));
    }
}
