package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.enrol.Reference;
import org.vultus.access.enrol.References;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.Gallery;
import org.vultus.onnx.ModelPack;
import org.vultus.server.RunningServer.Answer;
import org.vultus.server.oidc.UserAgent;
import org.vultus.server.start.FirstAdministrator;
import org.vultus.server.start.Housekeeping;
import tools.jackson.databind.JsonNode;

/** What a whole server does by how it is set up: whom it believes, what it shows to whom, what it leaves on the disk. */
class SettingsTest {
    private static final String ELSEWHERE = "203.0.113.9";

    @TempDir
    private static Path folder;

    private static Path data;

    @AutoClose
    private static RunningServer server;

    private static String admin;

    @BeforeAll
    static void start() {
        data = folder.resolve("site");
        server = RunningServer.start(data);
        choose(server, "admin", server.oneTimePassword);
        admin = server.token("admin", RunningServer.PASSWORD).text("access_token");
        server.post("/api/departments", admin, Map.of("code", "icu", "name", "ICU", "identification", true));
        server.post("/api/departments", admin, Map.of("code", "lab", "name", "Laboratory", "identification", true));
    }

    @Test
    void onlyTheOwnerMayListTheDataFolderAndReadKeys() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        for (String name : List.of("", "keys", "postgres", "tls")) {
            assertThat(permissions(data.resolve(name))).as("folder %s", name).isEqualTo("rwx------");
        }
        assertThat(permissions(data.resolve("keys/site-keyset.json"))).isEqualTo("rw-------");
        try (var files = Files.list(data.resolve("tls"))) {
            assertThat(files.filter(file -> file.toString().contains("key")).toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void anAddressThatAnUntrustedClientClaimsIsIgnored() throws Exception {
        assertThat(send(server, "/token", "", ELSEWHERE)).isEqualTo(400);
        assertThat(failedFrom(server, "nobody-1")).isEqualTo("127.0.0.1");
        // Loopback, whatever it says of itself.
        assertThat(send(server, "/actuator/prometheus", "", ELSEWHERE)).isEqualTo(200);
    }

    @Test
    void anAddressThatATrustedProxyTellsIsBelievedAndFiguresAreNotForEverybody() throws Exception {
        try (RunningServer behind = RunningServer.start(
                folder.resolve("behind"), "--vultus.web.trusted-proxies=127.0.0.1,0:0:0:0:0:0:0:1")) {
            choose(behind, "admin", behind.oneTimePassword);
            String token = behind.token("admin", RunningServer.PASSWORD).text("access_token");
            assertThat(failedFrom(behind, "nobody-2")).isEqualTo(ELSEWHERE);

            assertThat(send(behind, "/actuator/prometheus", "", ELSEWHERE)).isEqualTo(401);
            assertThat(send(behind, "/actuator/prometheus", "nonsense", ELSEWHERE))
                    .isEqualTo(401);
            assertThat(send(behind, "/actuator/prometheus", token, ELSEWHERE)).isEqualTo(200);
            assertThat(send(behind, "/actuator/prometheus", "", "")).isEqualTo(200);
            Answer created = behind.post(
                    "/api/subjects",
                    token,
                    Map.of("username", "staff", "display_name", "Staff", "department", "administration"));
            choose(behind, "staff", created.text("one_time_password"));
            String staff = behind.token("staff", RunningServer.PASSWORD).text("access_token");
            assertThat(send(behind, "/actuator/prometheus", staff, ELSEWHERE)).isEqualTo(403);
        }
    }

    /** Lets a sign-in fail, with a claim of another address; gives the address that the audit trail has. */
    private static String failedFrom(RunningServer server, String username) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(
                    HttpRequest.newBuilder(server.address.resolve("/token"))
                            .header("X-Forwarded-For", ELSEWHERE)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("X-Device", username)
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "grant_type=password&username=%s&password=wrong".formatted(username)))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
        return Objects.requireNonNull(server.context)
                .getBean(JdbcClient.class)
                .sql("SELECT actor_address FROM audit_events WHERE actor_device = ?")
                .param(username)
                .query(String.class)
                .single();
    }

    private static int send(RunningServer server, String path, String token, String forwardedFor) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI address = server.address.resolve(path);
            HttpRequest.Builder request = HttpRequest.newBuilder(address);
            if (!forwardedFor.isEmpty()) {
                request.header("X-Forwarded-For", forwardedFor);
            }
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            if (path.equals("/token")) {
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("", StandardCharsets.UTF_8));
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void bucketsThatNobodyUsesAnyMoreAreRemoved() {
        JdbcClient jdbc = bean(JdbcClient.class);
        server.token("nobody", "wrong");
        assertThat(jdbc.sql("SELECT count(*) FROM rate_limits WHERE expires_at IS NULL")
                        .query(Integer.class)
                        .single())
                .as("every bucket has an end")
                .isZero();
        jdbc.sql("INSERT INTO rate_limits (id, state, expires_at)"
                        + " VALUES ('old', '', (extract(epoch FROM now()) * 1000)::bigint - 1000),"
                        + " ('new', '', (extract(epoch FROM now()) * 1000)::bigint + 600000)")
                .update();

        bean(Housekeeping.class).clean();

        assertThat(jdbc.sql("SELECT id FROM rate_limits WHERE id IN ('old', 'new')")
                        .query(String.class)
                        .list())
                .containsExactly("new");
        jdbc.sql("DELETE FROM rate_limits WHERE id = 'new'").update();
    }

    @Test
    void startTokensAndTemplatesAreRemembered() {
        assertThat(actions("SERVER_STARTED")).hasSize(1);
        assertThat(actions("TOKEN_ISSUED"))
                .isNotEmpty()
                .allSatisfy(detail -> assertThat(detail).contains("\"token\"", "urn:vultus:acr:password"));
        assertThat(actions("TEMPLATE_READ"))
                .anySatisfy(detail -> assertThat(detail).contains("\"templates\": \"0\""));
    }

    private static List<String> actions(String action) {
        return bean(JdbcClient.class)
                .sql("SELECT detail::text FROM audit_events WHERE action = ? ORDER BY sequence")
                .param(action)
                .query(String.class)
                .list();
    }

    @Test
    void whoIsReactivatedOrMovesIsFoundAgain() {
        Answer created = server.post(
                "/api/subjects", admin, Map.of("username", "mila", "display_name", "Mila", "department", "icu"));
        UUID mila = UUID.fromString(created.text("id"));
        String path = "/api/subjects/" + mila;
        server.post(path + "/legal-basis", admin, Map.of("basis", "CONSENT", "notice_version", "1"));
        float[] numbers = new float[512];
        numbers[7] = 1;
        FeatureVector features = FeatureVector.normalised(bean(ModelPack.class).extractor(), numbers);
        UUID icu = bean(Subjects.class)
                .find(mila, new Scope.Everywhere())
                .orElseThrow()
                .department();
        bean(UnitOfWork.class)
                .run(() -> bean(References.class)
                        .activate(new NewReference(
                                new Reference(UUID.randomUUID(), mila, icu, features), 80, 5, mila, Instant.now())));
        bean(Gallery.class).put(new Gallery.Entry(mila, icu, features));

        server.json("PATCH", path, admin, Map.of("active", false));
        assertThat(found(features, icu)).isFalse();
        server.json("PATCH", path, admin, Map.of("active", true));
        assertThat(found(features, icu)).isTrue();
        assertThat(server.json("PATCH", path, admin, Map.of("department", "lab"))
                        .status())
                .isEqualTo(200);
        UUID lab = bean(Subjects.class)
                .find(mila, new Scope.Everywhere())
                .orElseThrow()
                .department();
        assertThat(found(features, icu)).isFalse();
        assertThat(found(features, lab)).isTrue();
    }

    private static boolean found(FeatureVector features, UUID department) {
        return !bean(Gallery.class).search(features, Set.of(department), 1).isEmpty();
    }

    @Test
    void anAdministratorWhoLostTheirRightsGetsThemBackAtTheNextStart() {
        Subject before = bean(Subjects.class)
                .findByUsername("admin", new Scope.Everywhere())
                .orElseThrow();
        assertThat(bean(FirstAdministrator.class).create()).isEmpty();
        bean(Subjects.class)
                .update(
                        new Subject(
                                before.id(),
                                before.username(),
                                before.displayName(),
                                before.department(),
                                Set.of(Role.STAFF),
                                false),
                        new Scope.Everywhere());

        String password = bean(FirstAdministrator.class).create().orElseThrow();

        assertThat(bean(Subjects.class).find(before.id(), new Scope.Everywhere()))
                .hasValueSatisfying(after -> {
                    assertThat(after.active()).isTrue();
                    assertThat(after.roles()).containsExactlyInAnyOrder(Role.STAFF, Role.ADMIN);
                });
        assertThat(server.token("admin", password).text("type")).isEqualTo("/problems/password-change-required");
        choose(server, "admin", password, RunningServer.PASSWORD + "!");
        choose(server, "admin", RunningServer.PASSWORD + "!", RunningServer.PASSWORD);
    }

    @Test
    void theDescriptionOfTheApiSaysWhatEachOperationIsForAndGivesExamples() {
        JsonNode api = server.get("/v3/api-docs", "").body();
        assertThat(api.path("paths").size()).isGreaterThan(20);
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> assertThat(
                                        operation.getValue().path("summary").asString(""))
                                .as("%s %s", operation.getKey(), path.getKey())
                                .isNotBlank()));
        for (String path : List.of(
                "/api/subjects",
                "/api/subjects/{id}/legal-basis",
                "/api/account/password",
                "/face-auth/enroll",
                "/face-auth/sessions",
                "/api/me/objection")) {
            assertThat(example(api, api.path("paths").path(path).path("post")))
                    .as(path)
                    .isTrue();
        }
        JsonNode token = api.path("paths").path("/token").path("post");
        assertThat(token.toString())
                .contains("Blue-Harbour-72-lamps", "grant_type")
                .doesNotContain("Actor");
    }

    /** Whether the body of an operation has an example, itself or in what it refers to. */
    private static boolean example(JsonNode api, JsonNode operation) {
        JsonNode schema = operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        String reference = schema.path("$ref").asString("");
        JsonNode described = reference.isEmpty()
                ? schema
                : api.path("components").path("schemas").path(reference.substring(reference.lastIndexOf('/') + 1));
        return described.path("example").size() > 0;
    }

    @Test
    void imagesMayComeAsPartsOfAForm() {
        Answer created = server.post(
                "/api/subjects", admin, Map.of("username", "nina", "display_name", "Nina", "department", "icu"));
        String id = created.text("id");
        server.post("/api/subjects/" + id + "/legal-basis", admin, Map.of("basis", "CONSENT", "notice_version", "1"));
        List<byte[]> images = People.of(3, 2).enrolment();

        assertThat(form(id, images.subList(0, 2)).status()).isEqualTo(400);
        Answer enrolled = form(id, images);
        assertThat(enrolled.status()).as("%s", enrolled.body()).isEqualTo(201);
        assertThat(enrolled.body().path("images").size()).isEqualTo(images.size());
        assertThat(enrolled.body().path("images_used").asInt()).isGreaterThanOrEqualTo(3);
    }

    private static Answer form(String id, List<byte[]> images) {
        String boundary = "----parts";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        part(body, boundary, "Content-Disposition: form-data; name=\"user_id\"", id.getBytes(StandardCharsets.UTF_8));
        for (byte[] image : images) {
            part(
                    body,
                    boundary,
                    "Content-Disposition: form-data; name=\"face_images\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg",
                    image);
        }
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return server.send(
                "POST", "/face-auth/enroll", admin, "multipart/form-data; boundary=" + boundary, body.toByteArray());
    }

    private static void part(ByteArrayOutputStream body, String boundary, String header, byte[] contents) {
        body.writeBytes(("--" + boundary + "\r\n" + header + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(contents);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aBrowserSignsOut() {
        try (UserAgent browser = new UserAgent(server.address)) {
            browser.password("admin", RunningServer.PASSWORD);
            assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
            assertThat(browser.post("/sign-in/out", "", Map.of()).statusCode()).isEqualTo(403);
            assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);

            assertThat(browser.post("/sign-in/out", browser.cookie("XSRF-TOKEN"), Map.of())
                            .statusCode())
                    .isEqualTo(204);
            assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
            assertThat(UserAgent.json(browser.get("/sign-in/state"))
                            .path("signed_in")
                            .isObject())
                    .isFalse();
        }
    }

    private static void choose(RunningServer server, String username, String current) {
        choose(server, username, current, RunningServer.PASSWORD);
    }

    private static void choose(RunningServer server, String username, String current, String replacement) {
        Answer changed = server.post(
                "/api/account/password",
                "",
                Map.of("username", username, "current_password", current, "new_password", replacement));
        assertThat(changed.status()).as("%s", changed.body()).isEqualTo(204);
    }

    private static <T> T bean(Class<T> type) {
        return Objects.requireNonNull(server.context).getBean(type);
    }
}
