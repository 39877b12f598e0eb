package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import org.vultus.onnx.ModelPack;
import org.vultus.server.RunningServer.Answer;
import org.vultus.server.socket.FaceSessions;
import org.vultus.store.database.EmbeddedDatabase;
import org.vultus.testkit.Command;
import tools.jackson.databind.JsonNode;

/** What can break under a running server, and what keeps one from starting: nothing is half done, and a person is told. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsTest {
    private static final long PATIENCE_SECONDS = 60;
    private static final People ANA = People.of(3, 2);
    private static final People BEN = People.of(4, 2);
    private static final List<String> MODELS = List.of(
            "model-pack.yaml",
            "operating-points.json",
            "LICENSE",
            "fr_detect.onnx",
            "fr_eye.onnx",
            "fr_feature.onnx",
            "fr_landmark.onnx",
            "fr_liveness.onnx",
            "fr_pose.onnx");

    @TempDir
    static Path temp;

    private static Path data;
    private static Path otherData;

    @AutoClose
    private static RunningServer server;

    private static String admin = "";
    private static String benId = "";

    @BeforeAll
    static void start() {
        data = temp.resolve("data");
        otherData = temp.resolve("other");
        server = RunningServer.start(data, "--vultus.sign-in.requests-per-minute=1000000");
        admin = prepare(server, server.oneTimePassword);
        String anaId = person(server, admin, "ana");
        assertThat(enrol(server, admin, anaId, ANA).status()).isEqualTo(201);
        benId = person(server, admin, "ben");
    }

    @Test
    @Order(1)
    void theDatabaseDiesInTheMiddleOfAnEnrolment() throws Exception {
        Map<String, Long> before = rows();
        CompletableFuture<Answer> enrolment;
        try (var blocked = new HeldAuditTrail()) {
            enrolment = CompletableFuture.supplyAsync(() -> enrol(server, admin, benId, BEN));
            blocked.awaitSomebodyElse();
            killDatabase();
        }
        Answer answer = enrolment.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("type")).isEqualTo("/problems/database-unavailable");
        assertThat(answer.text("detail")).startsWith("Nothing was changed.");

        awaitRecovery();
        assertThat(rows()).isEqualTo(before);
        assertThat(references()).isEqualTo(1);
        assertThat(FaceClient.signIn(server, "/face-auth/icu?username=ben", BEN.signIn())
                        .closeCode())
                .isEqualTo(4401);
        assertThat(enrol(server, admin, benId, BEN).status()).isEqualTo(201);
        assertThat(references()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void theDatabaseDiesInTheMiddleOfASignIn() throws Exception {
        Map<String, Long> before = rows();
        try (FaceClient client = FaceClient.connect(server, "/face-auth/icu", "")) {
            assertThat(client.next().path("type").asString()).isEqualTo("session");
            List<byte[]> frames = ANA.signIn();
            for (byte[] frame : frames.subList(0, 2)) {
                client.send(frame);
                assertThat(client.next().path("accepted").asBoolean()).isTrue();
            }
            try (var blocked = new HeldAuditTrail()) {
                client.send(frames.getLast());
                blocked.awaitSomebodyElse();
                killDatabase();
            }
            JsonNode last = client.next();
            assertThat(last.path("outcome").asString()).isEqualTo("refused");
            assertThat(last.path("reason").asString()).isEqualTo("FAULT");
            assertThat(last.path("fallback").asString()).isEqualTo("password");
            assertThat(client.next().path("close_code").asInt()).isEqualTo(1011);
        }
        awaitRecovery();
        Map<String, Long> after = rows();
        // The session was opened before; it was never decided.
        assertThat(after).containsEntry("face_auth_logs", before.get("face_auth_logs"));
        assertThat(after).containsEntry("audit_events", before.get("audit_events"));
        assertThat(FaceClient.signIn(server, "/face-auth/icu", ANA.signIn()).closeCode())
                .isEqualTo(1000);
    }

    @Test
    @Order(3)
    void tenThousandHostileMessages() throws Exception {
        long before = usedHeap();
        Random random = new Random(20261121);
        byte[] noise = new byte[3_100_000];
        random.nextBytes(noise);
        byte[] photo = ANA.signIn().getFirst();
        int sent = 0;
        while (sent < 10_000) {
            try (FaceClient client = FaceClient.connect(server, "/face-auth/icu?username=nobody", "")) {
                while (sent < 10_000 && hostile(client.socket(), random, noise, photo)) {
                    sent++;
                }
                sent++;
            }
        }
        FaceSessions sessions = server.context.getBean(FaceSessions.class);
        await("the sessions end", () -> sessions.size() == 0);
        assertThat(usedHeap() - before).isLessThan(64_000_000);
        assertThat(server.get("/face-auth/health", "").text("status")).isEqualTo("UP");
        assertThat(FaceClient.signIn(server, "/face-auth/icu?username=ana", ANA.signIn())
                        .closeCode())
                .isEqualTo(1000);
    }

    /** @return whether the connection takes another */
    private static boolean hostile(WebSocket socket, Random random, byte[] noise, byte[] photo) {
        int length = random.nextInt(20_000);
        ByteBuffer bytes = ByteBuffer.wrap(noise, random.nextInt(noise.length - length), length);
        try {
            CompletableFuture<WebSocket> sending = switch (random.nextInt(100)) {
                case 0, 1 -> socket.sendText("frame " + random.nextInt(), true);
                case 2 -> socket.sendBinary(ByteBuffer.wrap(noise), true);
                case 3 -> socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye");
                case 4 -> {
                    socket.abort();
                    yield CompletableFuture.failedFuture(new IOException("aborted"));
                }
                case 5 -> {
                    byte[] torn = photo.clone();
                    random.nextBytes(torn);
                    System.arraycopy(photo, 0, torn, 0, photo.length / 3);
                    yield socket.sendBinary(ByteBuffer.wrap(torn), true);
                }
                case 6, 7, 8, 9, 10, 11 -> socket.sendPing(ByteBuffer.wrap(noise, 0, random.nextInt(126)));
                case 12, 13 -> socket.sendPong(ByteBuffer.wrap(noise, 0, random.nextInt(126)));
                case 14 -> socket.sendBinary(ByteBuffer.allocate(0), true);
                default -> socket.sendBinary(bytes, random.nextInt(4) == 0);
            };
            sending.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return !socket.isInputClosed() && !socket.isOutputClosed();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException closed) {
            return false;
        } catch (TimeoutException e) {
            throw new AssertionError("the server takes no message", e);
        }
    }

    @Test
    @Order(4)
    void twoServersDoNotShareAFolder() throws Exception {
        refuses(
                data,
                "Another Vultus is running on the data folder " + data,
                "--vultus.web.local-port=" + RunningServer.freePort());
        assertThat(server.get("/face-auth/health", "").text("status")).isEqualTo("UP");
    }

    @Test
    @Order(5)
    void killingTheServerLosesNoAcknowledgedEnrolment() throws Exception {
        int port = RunningServer.freePort();
        try (ChildServer child =
                ChildServer.start(otherData, "--vultus.web.local-port=" + port).ready()) {
            RunningServer site = RunningServer.elsewhere(URI.create("http://localhost:" + port));
            String token = prepare(site, child.oneTimePassword());
            String id = person(site, token, "ana");
            Answer answer = enrol(site, token, id, ANA);
            child.process.destroyForcibly().waitFor();
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        }
        try (RunningServer again = RunningServer.start(otherData)) {
            assertThat(again.get("/face-auth/health", "")
                            .body()
                            .path("references")
                            .asInt())
                    .isEqualTo(1);
            assertThat(FaceClient.signIn(again, "/face-auth/icu", ANA.signIn()).closeCode())
                    .isEqualTo(1000);
        }
    }

    @Test
    @Order(6)
    void anotherSitesKeyIsRefused() throws Exception {
        Path keyset = otherData.resolve("keys/site-keyset.json");
        byte[] own = Files.readAllBytes(keyset);
        byte[] foreign = Files.readAllBytes(data.resolve("keys/site-keyset.json"));
        Files.write(keyset, foreign);
        refuses(otherData, "The key file " + keyset + " does not belong to this database");
        assertThat(keyset).hasBinaryContent(foreign);
        Files.writeString(keyset, "{");
        refuses(otherData, "The key file " + keyset + " is damaged. Restore it from its backup.");
        Files.delete(keyset);
        refuses(otherData, "The key file " + keyset + " is missing");
        assertThat(keyset).doesNotExist();
        Files.write(keyset, own);
    }

    @Test
    @Order(7)
    void aNewerSchemaIsRefused() throws Exception {
        migrations("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) VALUES (9999, '9999', 'future', 'SQL', 'V9999__future.sql', 1,"
                + " 'vultus', 1, true)");
        try {
            refuses(otherData, "The database was used by a newer version of Vultus (schema 9999).");
        } finally {
            migrations("DELETE FROM flyway_schema_history WHERE installed_rank = 9999");
        }
    }

    @Test
    @Order(8)
    void aPortInUseIsNamed() throws Exception {
        int taken = server.address.getPort();
        for (String option : List.of("--vultus.web.local-port=", "--server.port=")) {
            refuses(otherData, "Port " + taken + " is in use by another program.", option + taken);
        }
    }

    @Test
    @Order(9)
    void aBrokenModelPackIsNamed() throws Exception {
        Path pack = Files.createDirectories(temp.resolve("pack"));
        for (String file : MODELS) {
            try (var in = ModelPack.class.getResourceAsStream("/org/vultus/models/" + file)) {
                Files.write(pack.resolve(file), in.readAllBytes());
            }
        }
        Path model = pack.resolve("fr_liveness.onnx");
        byte[] whole = Files.readAllBytes(model);
        whole[whole.length / 2] ^= 1;
        Files.write(model, whole);
        List<String> changed = refuses(otherData, model.toString(), "--vultus.models.path=" + pack);
        assertThat(changed).anyMatch(line -> line.contains("--vultus.models.path="));
        Files.delete(model);
        refuses(otherData, model.toString(), "--vultus.models.path=" + pack);
    }

    @Test
    @Order(10)
    void aFullDiskIsSurvived() throws Exception {
        Path disk = Files.createDirectories(temp.resolve("disk"));
        List<String> launcher = List.of(
                "unshare",
                "-Urm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=256m tmpfs \"$0\" && exec \"$@\"",
                disk.toString());
        assumeTrue(
                Command.runs("unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", disk.toString()),
                "a small disk needs user namespaces with mounts, which this machine does not allow");
        int port = RunningServer.freePort();
        try (ChildServer child = ChildServer.start(launcher, disk.resolve("data"), "--vultus.web.local-port=" + port)
                .ready()) {
            RunningServer site = RunningServer.elsewhere(URI.create("http://localhost:" + port));
            String token = prepare(site, child.oneTimePassword());
            String id = person(site, token, "ana");
            // The child sees the small disk; we see it through the child.
            Path inside = Path.of("/proc", Long.toString(child.process.pid()), "root")
                    .resolve(Path.of("/").relativize(disk.toAbsolutePath()));
            Path filler = inside.resolve("filler");
            fill(filler);
            boolean refused = false;
            for (int i = 0; i < 400 && !refused; i++) {
                Answer answer = site.post(
                        "/api/subjects",
                        token,
                        Map.of("username", "x" + i, "display_name", "X".repeat(150), "department", "icu"));
                refused = answer.status() == 503;
                if (refused) {
                    assertThat(answer.text("type")).isEqualTo("/problems/database-unavailable");
                } else {
                    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
                    fill(inside.resolve("filler-" + i));
                }
            }
            assertThat(refused).isTrue();
            Files.delete(filler);
            await("the server works again", () -> enrol(site, token, id, ANA).status() == 201);
            assertThat(FaceClient.signIn(site, "/face-auth/icu", ANA.signIn()).closeCode())
                    .isEqualTo(1000);
        }
    }

    private static void fill(Path file) {
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(file).exists();
        }
    }

    /** Starts a server that must refuse to, with a sentence that says why, and returns what it says. */
    private static List<String> refuses(Path folder, String because, String... arguments) throws Exception {
        try (ChildServer child = ChildServer.brief(folder, arguments)) {
            assertThat(child.exitCode()).as(child.output()).isEqualTo(1);
            List<String> told = child.told();
            assertThat(told).as(child.output()).hasSizeBetween(1, 2);
            assertThat(told.getFirst()).contains(because);
            assertThat(child.output()).doesNotContain("\tat ").doesNotContain("Exception");
            return told;
        }
    }

    private static void migrations(String sql) {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(otherData)) {
            JdbcClient.create(database.dataSource()).sql(sql).update();
        }
    }

    /** Holds the end of the audit chain, which is written last, so that whoever writes is stopped in the middle. */
    private static final class HeldAuditTrail implements AutoCloseable {
        private final Connection connection = database().getConnection();

        HeldAuditTrail() throws SQLException {
            connection.setAutoCommit(false);
            connection.createStatement().execute("SELECT * FROM audit_head FOR UPDATE");
        }

        boolean nobodyElse() {
            return JdbcClient.create(database())
                    .sql("SELECT count(*) = 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                    .query(Boolean.class)
                    .single();
        }

        void awaitSomebodyElse() {
            await("somebody writes", () -> !nobodyElse());
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private static DataSource database() {
        return server.context.getBean(EmbeddedDatabase.class).dataSource();
    }

    private static void killDatabase() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await(
                "the database ends",
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    private static void awaitRecovery() {
        await(
                "the database comes back",
                () -> server.get("/face-auth/health", "").text("status").equals("UP"));
    }

    private static int references() {
        return server.get("/face-auth/health", "").body().path("references").asInt();
    }

    private static Map<String, Long> rows() {
        JdbcClient jdbc = JdbcClient.create(database());
        Map<String, Long> rows = new TreeMap<>();
        for (String table : List.of(
                "users",
                "biometric_consent",
                "subject_keys",
                "face_enrollments",
                "face_template_history",
                "face_auth_logs",
                "audit_events")) {
            rows.put(
                    table,
                    jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single());
        }
        return rows;
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void await(String what, BooleanSupplier done) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Chooses the administrator's password, makes the department, and returns an administrator's token. */
    static String prepare(RunningServer site, String oneTimePassword) {
        String token = site.firstToken("admin", oneTimePassword);
        assertThat(site.post("/api/departments", token, Map.of("code", "icu", "name", "ICU", "identification", true))
                        .status())
                .isEqualTo(201);
        return token;
    }

    /** A person with a recorded legal basis. */
    static String person(RunningServer site, String token, String username) {
        Answer created = site.post(
                "/api/subjects", token, Map.of("username", username, "display_name", username, "department", "icu"));
        assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
        String id = created.text("id");
        assertThat(site.post(
                                "/api/subjects/" + id + "/legal-basis",
                                token,
                                Map.of("basis", "CONSENT", "notice_version", "2026-11"))
                        .status())
                .isEqualTo(201);
        return id;
    }

    static Answer enrol(RunningServer site, String token, String id, People who) {
        return site.post("/face-auth/enroll", token, Map.of("user_id", id, "face_images", who.enrolment()));
    }
}
