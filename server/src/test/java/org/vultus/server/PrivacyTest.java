package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.enrol.Reference;
import org.vultus.access.enrol.References;
import org.vultus.access.privacy.ErasureCertificate;
import org.vultus.access.signin.Lockout;
import org.vultus.access.signin.Lockouts;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.Gallery;
import org.vultus.onnx.ModelPack;
import org.vultus.server.RunningServer.Answer;
import org.vultus.server.oidc.UserAgent;
import org.vultus.server.privacy.CertificateJws;
import org.vultus.server.start.Housekeeping;
import org.vultus.store.keys.SigningKeys;
import tools.jackson.databind.JsonNode;

/** The rights of a person, over HTTP against a whole server. */
class PrivacyTest {
    @TempDir
    private static Path data;

    @AutoClose
    private static RunningServer server;

    private static String admin;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data);
        admin = server.administrator();
        server.post("/api/departments", admin, Map.of("code", "icu", "name", "Intensive <care>"));
    }

    @Test
    void aPersonSeesWhatIsStoredOfThemAndOfNobodyElse() {
        String ana = enrolled("ana");
        enrolled("zora");
        String token = token("ana");

        Answer me = server.get("/api/me", token);
        assertThat(me.text("username")).isEqualTo("ana");
        assertThat(me.body().path("legal_basis").path("notice_version").asString())
                .isEqualTo("2026-11");
        assertThat(me.body().path("enrolled_at").isMissingNode()).isFalse();

        JsonNode everything = server.get("/api/me/data", token).body();
        assertThat(everything.path("identity").path("id").asString()).isEqualTo(ana);
        assertThat(everything.path("legal_bases")).hasSize(1);
        assertThat(everything.path("enrolments").get(0).path("template_kept").asBoolean())
                .isTrue();
        assertThat(everything.path("password").path("algorithm").asString()).isEqualTo("argon2id");
        assertThat(everything.path("sign_ins").size()).isGreaterThanOrEqualTo(2);
        assertThat(everything.path("audit_events").toString()).contains("SUBJECT_CREATED", "LEGAL_BASIS_RECORDED");
        assertThat(everything.path("retention").path("sign_ins_days").asInt()).isEqualTo(183);
        assertThat(everything.toString()).doesNotContain("zora", "$argon2", "score\"");
        // Looking is remembered, and is told the next time.
        assertThat(server.get("/api/me/data", token).body().path("audit_events").toString())
                .contains("SUBJECT_DATA_EXPORTED");

        assertThat(server.get("/api/people/" + ana + "/data", token).status()).isEqualTo(403);
        assertThat(server.get("/api/people/" + ana + "/data", admin)
                        .body()
                        .path("identity")
                        .path("username")
                        .asString())
                .isEqualTo("ana");
        assertThat(server.get("/api/people/" + UUID.randomUUID() + "/data", admin)
                        .status())
                .isEqualTo(404);
        assertThat(server.get("/api/me", "").text("type")).isEqualTo("/problems/not-signed-in");
    }

    @Test
    void thePageForReadingSpeaksBothLanguagesAndEscapes() {
        enrolled("carla");
        try (UserAgent browser = new UserAgent(server.address)) {
            browser.password("carla", RunningServer.PASSWORD);

            HttpResponse<String> english = browser.open("/api/me/data?lang=en");
            assertThat(english.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT))
                    .isEqualTo("text/html;charset=utf-8");
            assertThat(english.body())
                    .contains("lang=\"en\"", "Your enrolments", "in force", "Intensive &lt;care&gt;", "183 days");
            assertThat(browser.open("/api/me/data?lang=pt-BR").body())
                    .contains("lang=\"pt-BR\"", "Os seus cadastros", "em vigor", "Até");
        }
    }

    @Test
    void aBrowsersSessionIsEnoughToReadAndNeedsTheTokenAgainstForgeryToAct() {
        enrolled("dora");
        try (UserAgent browser = new UserAgent(server.address)) {
            assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
            browser.password("dora", RunningServer.PASSWORD);

            assertThat(UserAgent.json(browser.get("/api/me")).path("username").asString())
                    .isEqualTo("dora");
            // Nothing but one's own: the rest of the API does not know sessions.
            assertThat(browser.get("/api/account").statusCode()).isEqualTo(401);
            assertThat(browser.post("/api/me/withdrawal", "", Map.of()).statusCode())
                    .isEqualTo(403);
            assertThat(browser.post("/api/me/withdrawal", "forged", Map.of()).statusCode())
                    .isEqualTo(403);
            assertThat(UserAgent.json(browser.get("/api/me/consent"))
                            .path("in_force")
                            .isMissingNode())
                    .isFalse();

            HttpResponse<String> withdrawn = browser.post("/api/me/withdrawal", browser.cookie("XSRF-TOKEN"), Map.of());
            assertThat(withdrawn.statusCode()).isEqualTo(200);
            assertThat(UserAgent.json(withdrawn).path("in_force").isNull()
                            || UserAgent.json(withdrawn).path("in_force").isMissingNode())
                    .isTrue();
            assertThat(UserAgent.json(withdrawn).path("history")).hasSize(1);
        }
    }

    @Test
    void anObjectionIsListedAndAnswered() {
        String eva = enrolled("eva");
        String token = token("eva");

        Answer objected = server.post("/api/me/objection", token, Map.of("words", "Not my face."));
        assertThat(objected.status()).as("%s", objected.body()).isEqualTo(202);
        assertThat(server.post("/api/me/objection", token, Map.of("words", "Again."))
                        .text("id"))
                .isEqualTo(objected.text("id"));
        assertThat(server.get("/api/privacy/requests", token).status()).isEqualTo(403);
        assertThat(server.get("/api/privacy/requests", admin).body().toString())
                .contains(eva, "Not my face.", "OBJECTION");

        String answer = "/api/privacy/requests/" + objected.text("id") + "/answer";
        assertThat(server.post(answer, admin, Map.of("answer", "")).status()).isEqualTo(400);
        assertThat(server.post(answer, admin, Map.of("answer", "We use the password for you from now on."))
                        .status())
                .isEqualTo(200);
        assertThat(server.post(answer, admin, Map.of("answer", "Again.")).status())
                .isEqualTo(404);
        assertThat(server.get("/api/me", token).body().path("requests").toString())
                .contains("We use the password");
    }

    @Test
    void erasureIsAskedForDoneOnceAndCertified() {
        String fay = enrolled("fay");
        String token = token("fay");
        Answer asked = server.send("POST", "/api/me/erasure-request", token, "", new byte[0]);
        assertThat(asked.status()).as("%s", asked.body()).isEqualTo(202);
        assertThat(server.get("/api/privacy/requests", admin).body().toString()).contains(fay);
        // Who is erased cannot sign in any more: the number of the request is enough.
        String receipt = "/api/erasure-receipts/" + asked.text("id");
        assertThat(server.get(receipt, "").text("state")).isEqualTo("OPEN");
        assertThat(server.get("/api/erasure-receipts/" + UUID.randomUUID(), "").status())
                .isEqualTo(404);
        Gallery gallery = bean(Gallery.class);
        int enrolled = gallery.size();

        String erasure = "/api/people/" + fay + "/erasure";
        assertThat(server.post(erasure, token, Map.of()).status()).isEqualTo(403);
        assertThat(server.get(erasure, admin).status()).isEqualTo(404);
        Answer erased = server.post(erasure, admin, Map.of());
        assertThat(erased.status()).as("%s", erased.body()).isEqualTo(200);
        assertThat(server.post(erasure, admin, Map.of()).text("certificate")).isEqualTo(erased.text("certificate"));
        assertThat(server.get(erasure, admin).text("certificate")).isEqualTo(erased.text("certificate"));

        assertThat(server.get(receipt, "").text("state")).isEqualTo("ERASED");
        assertThat(server.get(receipt, "").text("certificate")).isEqualTo(erased.text("certificate"));
        assertThat(server.get(receipt, "").body().toString()).doesNotContain(fay, "fay");

        ErasureCertificate certificate = CertificateJws.verify(
                        erased.text("certificate"),
                        bean(SigningKeys.class)
                                .published(SigningKeys.Purpose.AUDIT)
                                .values())
                .orElseThrow();
        assertThat(certificate.subject()).hasToString(fay);
        assertThat(certificate.destroyed().dataKeys()).isEqualTo(1);
        assertThat(certificate.destroyed().attempts()).isGreaterThanOrEqualTo(2);
        assertThat(gallery.size()).isEqualTo(enrolled - 1);
        assertThat(server.get("/api/me", token).status()).isEqualTo(401);
        assertThat(server.token("fay", RunningServer.PASSWORD).status()).isEqualTo(401);
        assertThat(server.get("/api/privacy/requests", admin).body().toString()).doesNotContain(fay);
        assertThat(server.get("/api/subjects/" + fay, admin).status()).isEqualTo(404);

        String self = server.get("/api/account", admin).text("id");
        assertThat(server.post("/api/people/" + self + "/erasure", admin, Map.of())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aRequestThatIsAnsweredOtherwiseTellsSoAndAnObjectionHasNoReceipt() {
        enrolled("gina");
        String token = token("gina");
        String erasure = server.post("/api/me/erasure-request", token, Map.of()).text("id");
        String objection = server.post("/api/me/objection", token, Map.of()).text("id");
        server.post("/api/privacy/requests/" + erasure + "/answer", admin, Map.of("answer", "It must be kept."));

        Answer receipt = server.get("/api/erasure-receipts/" + erasure, "");
        assertThat(receipt.text("state")).isEqualTo("ANSWERED");
        assertThat(receipt.body().toString()).doesNotContain("must be kept");
        assertThat(server.get("/api/erasure-receipts/" + objection, "").status())
                .isEqualTo(404);
    }

    @Test
    void theUsesOfOnesFaceAreToldNewestFirstAndNobodyElses() {
        String hana = enrolled("hana");
        enrolled("igor");
        String token = token("hana");
        AuditTrail trail = bean(AuditTrail.class);
        UUID id = UUID.fromString(hana);
        Actor door = new Actor(null, "10.0.0.7", null);
        bean(UnitOfWork.class).run(() -> {
            trail.append(AuditEvent.done(Action.FACE_SIGN_IN, door, id, null));
            trail.append(AuditEvent.done(Action.PUNCH, door, id, null).with("method", "PIN"));
            trail.append(AuditEvent.done(Action.PUNCH, door, id, null).with("method", "FACE"));
            trail.append(AuditEvent.refused(Action.PUNCH, door, id, null, "WRONG_PIN"));
            trail.append(AuditEvent.refused(Action.PRESENTATION_ATTACK, door, id, null, "REPLAY"));
            trail.append(AuditEvent.done(Action.FACE_SIGN_IN, door, UUID.randomUUID(), null));
        });

        JsonNode uses = server.get("/api/me/uses", token).body();
        assertThat(uses.findValuesAsString("action")).containsExactly("PRESENTATION_ATTACK", "PUNCH", "FACE_SIGN_IN");
        assertThat(uses.get(1).path("detail").path("method").asString()).isEqualTo("FACE");
        long second = uses.get(1).path("sequence").asLong();
        assertThat(server.get("/api/me/uses?limit=1&before=" + second, token)
                        .body()
                        .findValuesAsString("action"))
                .containsExactly("FACE_SIGN_IN");
        assertThat(server.get("/api/me/uses", token("igor")).body()).isEmpty();
    }

    @Test
    void whatLooksLikeTroubleIsPickedFromTheTrail() {
        String jana = enrolled("jana");
        AuditTrail trail = bean(AuditTrail.class);
        UUID id = UUID.fromString(jana);
        Actor door = new Actor(null, "10.0.0.8", null);
        bean(UnitOfWork.class).run(() -> {
            trail.append(AuditEvent.refused(Action.FACE_SIGN_IN, door, id, null, "PRESENTATION_ATTACK"));
            trail.append(AuditEvent.refused(Action.PRESENTATION_ATTACK, door, id, null, "LOOP"));
            trail.append(AuditEvent.refused(Action.FACE_SIGN_IN, door, id, null, "LOCKED"));
            trail.append(AuditEvent.refused(Action.PUNCH, door, null, null, "PRESENTATION_ATTACK"));
            trail.append(AuditEvent.refused(Action.PUNCH, door, null, null, "NO_MATCH"));
        });
        bean(Lockouts.class)
                .update(
                        "face/address/10.0.0.8",
                        before -> new Lockout(6, Instant.now().plusSeconds(60)));

        String events = "/api/security/events?limit=3";
        assertThat(server.get(events, token("jana")).status()).isEqualTo(403);
        JsonNode found = server.get(events, admin).body();
        assertThat(found.findValuesAsString("concern")).containsExactly("ATTACK", "LOCKOUT", "ATTACK");
        assertThat(found.get(2).path("species").asString()).isEqualTo("LOOP");
        assertThat(server.get(events + "&concern=FAILURE", admin)
                        .body()
                        .get(0)
                        .path("species")
                        .asString())
                .isEqualTo("NO_MATCH");
        assertThat(server.get(events + "&concern=KING", admin).status()).isEqualTo(400);

        JsonNode summary = server.get("/api/security/summary?zone=America/Sao_Paulo", admin)
                .body();
        assertThat(summary.path("counts").findValuesAsString("concern")).contains("ATTACK", "LOCKOUT", "FAILURE");
        assertThat(summary.path("waits").toString()).contains("FACE_ADDRESS", "10.0.0.8");
        assertThat(server.get("/api/audit?action=AUDIT_READ&limit=1", admin)
                        .body()
                        .toString())
                .contains("security");
    }

    @Test
    void onesOwnTimeAndPinNeedNothingButTheBrowsersSession() {
        enrolled("karl");
        try (UserAgent browser = new UserAgent(server.address)) {
            browser.password("karl", RunningServer.PASSWORD);
            assertThat(UserAgent.json(browser.get("/api/me/pin")).path("chosen").asBoolean(true))
                    .isFalse();
            assertThat(browser.send("PUT", "/api/me/pin", "", Map.of("pin", "271828"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(browser.send("PUT", "/api/me/pin", browser.cookie("XSRF-TOKEN"), Map.of("pin", "111111"))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(browser.send("PUT", "/api/me/pin", browser.cookie("XSRF-TOKEN"), Map.of("pin", "271828"))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(UserAgent.json(browser.get("/api/me/pin")).path("chosen").asBoolean(false))
                    .isTrue();
            JsonNode sheet = UserAgent.json(browser.get("/api/me/timesheet?from=2026-11-16&to=2026-11-22"));
            assertThat(sheet.path("person").path("username").asString()).isEqualTo("karl");
            assertThat(sheet.path("days")).hasSize(7);
            assertThat(UserAgent.json(browser.get("/api/me/leaves"))).isEmpty();
        }
    }

    @Test
    void housekeepingDeletesWhatIsDue() {
        JdbcClient jdbc = bean(JdbcClient.class);
        jdbc.sql("INSERT INTO face_auth_logs (at, method, accepted, reason, frames, duration_ms)"
                        + " VALUES (now() - interval '200 days', 'FACE', false, 'OLD', 0, 0),"
                        + " (now() - interval '100 days', 'FACE', false, 'NEW', 0, 0)")
                .update();

        bean(Housekeeping.class).clean();

        assertThat(jdbc.sql("SELECT reason FROM face_auth_logs WHERE reason IN ('OLD', 'NEW')")
                        .query(String.class)
                        .list())
                .isEqualTo(List.of("NEW"));
    }

    /** Somebody with a template of numbers that are nobody's face. */
    private static String enrolled(String username) {
        Answer created = server.post(
                "/api/subjects",
                admin,
                Map.of("username", username, "display_name", "Person " + username, "department", "icu"));
        assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
        server.choosePassword(username, created.text("one_time_password"));
        UUID id = UUID.fromString(created.text("id"));
        server.post(
                "/api/subjects/" + id + "/legal-basis", admin, Map.of("basis", "CONSENT", "notice_version", "2026-11"));
        UUID department = bean(JdbcClient.class)
                .sql("SELECT department_id FROM users WHERE id = ?")
                .param(id)
                .query(UUID.class)
                .single();
        float[] numbers = new float[512];
        numbers[username.charAt(0)] = 1;
        FeatureVector features = FeatureVector.normalised(bean(ModelPack.class).extractor(), numbers);
        bean(UnitOfWork.class)
                .run(() -> bean(References.class)
                        .activate(new NewReference(
                                new Reference(UUID.randomUUID(), id, department, features), 80, 5, id, Instant.now())));
        bean(Gallery.class).put(new Gallery.Entry(id, department, features));
        return id.toString();
    }

    private static String token(String username) {
        return server.token(username, RunningServer.PASSWORD).text("access_token");
    }

    private static <T> T bean(Class<T> type) {
        return Objects.requireNonNull(server.context).getBean(type);
    }
}
