package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.server.RunningServer.Answer;
import org.vultus.server.start.GeneratedCertificate;
import org.vultus.testkit.qdrant.QdrantContent;
import org.vultus.testkit.qdrant.QdrantDouble;
import org.vultus.testkit.qdrant.QdrantDouble.Fault;
import tools.jackson.databind.JsonNode;

/** A whole server whose references are searched in Qdrant, over TLS and with an API key. Each step stands on those before it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QdrantServerTest {
    /** Far more than it takes; reached only when something is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String KEY = "a key of 32 letters for the test";

    @TempDir
    static Path folder;

    private static final People ANA = People.of(3, 2);
    private static final People STRANGER = People.of(5, 5);

    @AutoClose
    private static QdrantDouble qdrant;

    @AutoClose
    private static RunningServer server;

    private static String admin = "";
    private static String ana = "";

    @BeforeAll
    static void start() throws IOException {
        GeneratedCertificate.PemFiles pem = GeneratedCertificate.in(folder.resolve("qdrant"), Clock.systemUTC());
        qdrant = new QdrantDouble()
                .demand(KEY)
                .serve(Grpc.newServerBuilderForPort(
                        0,
                        TlsServerCredentials.create(
                                pem.certificate().toFile(), pem.key().toFile())));
        // As deploy/compose.yaml gives it.
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("vultus.gallery.qdrant.api-key"), KEY);
        server = RunningServer.start(
                folder.resolve("site"),
                "--vultus.gallery.kind=qdrant",
                "--vultus.gallery.qdrant.host=localhost",
                "--vultus.gallery.qdrant.port=" + qdrant.port(),
                "--vultus.gallery.qdrant.certificate=" + pem.certificate(),
                "--spring.config.import=configtree:" + secrets + "/",
                "--vultus.gallery.qdrant.timeout=5s");
        admin = server.administrator();
        server.post("/api/departments", admin, Map.of("code", "icu", "name", "Intensive care", "identification", true));
    }

    @Test
    @Order(1)
    void enrolsAndFindsByFaceAlone() throws Exception {
        ana = server.post(
                        "/api/subjects",
                        admin,
                        Map.of(
                                "username",
                                "ana",
                                "display_name",
                                "Ana",
                                "department",
                                "icu",
                                "roles",
                                List.of("STAFF")))
                .text("id");
        server.post(
                "/api/subjects/" + ana + "/legal-basis",
                admin,
                Map.of("basis", "CONSENT", "notice_version", "2026-11"));
        Answer enrolled = enrol(ana, ANA.enrolment());
        assertThat(enrolled.status()).as("%s", enrolled.body()).isEqualTo(201);

        assertThat(qdrant.content().points()).singleElement().satisfies(point -> {
            assertThat(point.id()).isEqualTo(ana);
            assertThat(point.payload()).containsOnlyKeys("reference", "department");
        });
        JsonNode health = server.get("/face-auth/health", "").body();
        assertThat(health.path("references").asInt()).isEqualTo(1);
        assertThat(health.path("gallery").path("kind").asString()).isEqualTo("QDRANT");
        await(() -> status().equals("UP"));
        FaceClient.Ended ended = FaceClient.signIn(server, "/face-auth/icu", ANA.signIn());
        assertThat(ended.of("result").path("outcome").asString()).isEqualTo("accepted");
        assertThat(ended.of("authentication_complete")
                        .path("user")
                        .path("username")
                        .asString())
                .isEqualTo("ana");
        assertThat(FaceClient.signIn(server, "/face-auth/icu", STRANGER.signIn())
                        .of("result")
                        .path("reason")
                        .asString())
                .isEqualTo("NOT_RECOGNISED");
    }

    @Test
    @Order(2)
    void verifiesRepairsAndRekeysWhileItRuns() {
        String collection = "vultus-"
                + JdbcClient.create(Objects.requireNonNull(server.context).getBean(DataSource.class))
                        .sql("SELECT DISTINCT extractor_sha256 FROM face_enrollments")
                        .query(String.class)
                        .single();
        QdrantContent.Point before = qdrant.content().points().getFirst();
        qdrant.content().remove(collection, List.of(ana));

        assertThat(server.post("/api/gallery/verify", admin, Map.of()).status()).isEqualTo(202);
        JsonNode looked = finished();
        assertThat(looked.path("missing").asInt()).isEqualTo(1);
        assertThat(looked.path("repaired").asInt()).isZero();
        assertThat(qdrant.content().points()).isEmpty();
        server.post("/api/gallery/verify?repair=true", admin, Map.of());
        assertThat(finished().path("repaired").asInt()).isEqualTo(1);
        assertThat(qdrant.content().points()).hasSize(1);

        assertThat(server.post("/api/gallery/rekey", admin, Map.of("department", "icu"))
                        .status())
                .isEqualTo(202);
        assertThat(finished().path("version").asInt()).isEqualTo(2);
        assertThat(qdrant.content().points().getFirst().vectors()).containsOnlyKeys("even");
        assertThat(qdrant.content().points().getFirst().vectors().get("even"))
                .isNotEqualTo(before.vectors().get("odd"));
        assertThat(actions()).contains("GALLERY_VERIFIED", "GALLERY_REKEYED");
        assertThat(server.post("/api/gallery/rekey", admin, Map.of("department", "nowhere"))
                        .status())
                .isEqualTo(404);
        assertThat(server.get("/api/gallery", "").status()).isEqualTo(401);
    }

    @Test
    @Order(3)
    void isFoundUnderTheNewKey() throws Exception {
        assertThat(FaceClient.signIn(server, "/face-auth/icu", ANA.signIn())
                        .of("result")
                        .path("outcome")
                        .asString())
                .isEqualTo("accepted");
    }

    @Test
    @Order(4)
    void whileQdrantIsAwayANameStillServesAndFacesAloneAreRefusedClearly() throws Exception {
        qdrant.fail(Fault.UNAVAILABLE);
        try {
            FaceClient.Ended alone = FaceClient.signIn(server, "/face-auth/icu", ANA.signIn());
            assertThat(alone.of("result").path("reason").asString()).isEqualTo("GALLERY_UNAVAILABLE");
            Answer session = server.post("/face-auth/sessions", "", Map.of("department", "icu"));
            assertThat(session.status()).as("%s", session.body()).isEqualTo(503);
            assertThat(session.text("type")).isEqualTo("/problems/gallery-unavailable");
            FaceClient.Ended named = FaceClient.signIn(server, "/face-auth/icu?username=ana", ANA.signIn());
            assertThat(named.of("result").path("outcome").asString()).isEqualTo("accepted");
            await(() -> status().equals("UNAVAILABLE"));
            assertThat(server.get("/face-auth/health", "").status()).isEqualTo(200);
            assertThat(server.get("/api/departments", admin).status()).isEqualTo(200);
        } finally {
            qdrant.recover();
        }
        await(() -> status().equals("UP"));
    }

    @Test
    @Order(5)
    void anErasedPersonLeavesQdrantAlsoWhenItWasAwayThen() throws Exception {
        qdrant.fail(Fault.UNAVAILABLE);
        Answer erased = server.post("/api/people/" + ana + "/erasure", admin, Map.of());
        qdrant.recover();
        assertThat(erased.status()).as("%s", erased.body()).isLessThan(300);

        await(() -> qdrant.content().points().isEmpty());
        await(() -> status().equals("UP"));
        assertThat(FaceClient.signIn(server, "/face-auth/icu", ANA.signIn())
                        .of("result")
                        .path("reason")
                        .asString())
                .isEqualTo("NOT_RECOGNISED");
    }

    private static Answer enrol(String id, List<byte[]> images) {
        return server.post("/face-auth/enroll", admin, Map.of("user_id", id, "username", "ana", "face_images", images));
    }

    private static String status() {
        return server.get("/face-auth/health", "")
                .body()
                .path("gallery")
                .path("status")
                .asString();
    }

    private static List<String> actions() {
        return Objects.requireNonNull(server.context)
                .getBean(JdbcClient.class)
                .sql("SELECT action FROM audit_events")
                .query(String.class)
                .list();
    }

    /** The last work, once it has come to its end. */
    private static JsonNode finished() {
        await(() -> !work().path("state").asString().equals("RUNNING"));
        assertThat(work().path("state").asString()).as("%s", work()).isEqualTo("DONE");
        return work();
    }

    private static JsonNode work() {
        return server.get("/api/gallery", admin).body().path("work");
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it does not come about").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
