package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.RunningServer.Answer;
import tools.jackson.databind.JsonNode;

/**
 * The way of a punch: from frames of a real face at a registered kiosk to the board, the timesheet and the workbook, over real HTTP.
 * Each step stands on those before it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AttendanceTest {
    @TempDir
    static Path data;

    private static final People ANA = People.of(3, 2);
    private static final People STRANGER = People.of(5, 5);
    private static final String DAY = "2026-11-16";

    @AutoClose
    private static RunningServer server;

    private static String admin = "";
    private static String manager = "";
    private static String staff = "";
    private static String otherManager = "";
    private static String anaId = "";
    private static String kiosk = "";
    private static String kioskId = "";

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                data, "--vultus.attendance.zone=America/Sao_Paulo", "--vultus.sign-in.requests-per-minute=1000000");
        admin = server.administrator();
        for (String code : List.of("icu", "lab")) {
            server.post("/api/departments", admin, Map.of("code", code, "name", code, "identification", true));
        }
        anaId = person("ana", "icu", "STAFF").text("id");
        staff = token("ana", anaId);
        manager = token("boss", person("boss", "icu", "DEPARTMENT_MANAGER").text("id"));
        otherManager =
                token("labboss", person("labboss", "lab", "DEPARTMENT_MANAGER").text("id"));
        server.post(
                "/api/subjects/" + anaId + "/legal-basis",
                admin,
                Map.of("basis", "CONSENT", "notice_version", "2026-11"));
        assertThat(server.post("/face-auth/enroll", admin, Map.of("user_id", anaId, "face_images", ANA.enrolment()))
                        .status())
                .isEqualTo(201);
    }

    private static Answer person(String username, String department, String role) {
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
                        List.of(role)));
    }

    private static String token(String username, String id) {
        String once = server.post("/api/subjects/" + id + "/password", admin, Map.of())
                .text("one_time_password");
        return server.firstToken(username, once);
    }

    private static Answer punch(List<byte[]> frames, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("frames", frames);
        return server.post("/recognize", kiosk, body);
    }

    private static Answer sheet(String token, String from, String to) {
        return server.get("/api/attendance/timesheets?person=" + anaId + "&from=" + from + "&to=" + to, token);
    }

    @Test
    @Order(1)
    void onlyARegisteredKioskIsLetIn() {
        assertThat(punch(ANA.signIn(), Map.of()).status()).isEqualTo(401);
        kiosk = admin;
        assertThat(punch(ANA.signIn(), Map.of()).text("type")).isEqualTo("/problems/not-signed-in");
        Map<String, Object> wish = Map.of("name", "door", "zone", "America/Sao_Paulo", "departments", List.of("icu"));
        assertThat(server.post("/api/kiosks", manager, wish).status()).isEqualTo(403);
        Answer registered = server.post("/api/kiosks", admin, wish);
        assertThat(registered.status()).as("%s", registered.body()).isEqualTo(201);
        kiosk = registered.text("credential");
        kioskId = registered.text("id");
        assertThat(server.post("/api/kiosks", admin, wish).status()).isEqualTo(409);
        // Its people's mornings would be measured by another clock than the one on its wall.
        assertThat(registered.body().path("counts_in").isNull()).isTrue();
        Answer far = server.post(
                "/api/kiosks",
                admin,
                Map.of("name", "far", "site", "far", "zone", "America/Manaus", "departments", List.of("icu")));
        assertThat(far.text("counts_in")).isEqualTo("America/Sao_Paulo");
        assertThat(server.delete("/api/kiosks/" + far.text("id"), admin).status())
                .isEqualTo(204);
        assertThat(server.get("/api/kiosks", admin)
                        .body()
                        .get(0)
                        .path("credential")
                        .isNull())
                .isTrue();
        assertThat(server.get("/api/subjects", kiosk).status()).isEqualTo(401);
    }

    @Test
    @Order(2)
    void aLiveReadGreetsAndADoubleReadIsOnePunch() {
        Answer first = punch(ANA.signIn(), Map.of());
        assertThat(first.status()).as("%s", first.body()).isEqualTo(200);
        assertThat(first.text("name")).isEqualTo("Name of ana");
        assertThat(first.text("direction")).isEqualTo("IN");
        assertThat(first.body().path("nsr").asLong()).isEqualTo(1);
        assertThat(first.body().path("repeated").asBoolean()).isFalse();
        assertThat(first.text("method")).isEqualTo("FACE");

        Answer again = punch(ANA.signIn(), Map.of());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("repeated").asBoolean()).isTrue();
        assertThat(again.text("event_id")).isEqualTo(first.text("event_id"));

        JsonNode board = server.get("/api/attendance/board", manager).body();
        assertThat(board.path("present").asInt()).isEqualTo(1);
        JsonNode row = board.path("items").get(0);
        assertThat(row.path("person").path("username").asString()).isEqualTo("ana");
        assertThat(row.path("present").asBoolean()).isTrue();
        assertThat(row.path("last").path("event_id").asString()).isEqualTo(first.text("event_id"));
    }

    @Test
    @Order(3)
    void whoIsNotKnownIsTurnedAwayWithWhatToDo() {
        Answer stranger = punch(STRANGER.signIn(), Map.of());
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.text("type")).isEqualTo("/problems/not-recognised");
        assertThat(stranger.text("detail")).contains("PIN");
        Answer dark = punch(List.of(ANA.inTheDark(), ANA.inTheDark(), ANA.inTheDark()), Map.of());
        assertThat(dark.status()).isEqualTo(422);
        assertThat(dark.body().path("advice").size()).isPositive();
        List<byte[]> two = List.of(
                ANA.signIn().get(0), STRANGER.signIn().get(0), ANA.signIn().get(1));
        assertThat(punch(two, Map.of()).status()).isEqualTo(401);
        assertThat(punch(ANA.signIn().subList(0, 2), Map.of()).status()).isEqualTo(400);
    }

    /** The reference rule, through the camera, by events from a queue. */
    @Test
    @Order(4)
    void queuedEventsAreMeasuredByTheReferenceRule() {
        String[][] rule = {
            {"2026-11-09T08:59:59.999", "EARLY"},
            {"2026-11-10T09:00:00", "ON_TIME"},
            {"2026-11-11T09:15:00", "ON_TIME"},
            {"2026-11-12T09:15:00.001", "LATE"},
            {"2026-11-13T17:00:00.001", "OVERTIME"},
        };
        for (String[] one : rule) {
            Answer answer = punch(ANA.signIn(), Map.of("captured_at", one[0], "event_id", UUID.randomUUID()));
            assertThat(answer.text("status")).as(one[0]).isEqualTo(one[1]);
            assertThat(answer.text("time")).startsWith(one[0].substring(0, 19)).endsWith("-03:00");
        }
    }

    @Test
    @Order(5)
    void anEventIsKeptOnceInWhateverOrder() throws Exception {
        UUID out = UUID.randomUUID();
        assertThat(form(Map.of("event_id", out.toString(), "captured_at", DAY + "T18:00:00-03:00", "direction", "OUT")))
                .contains("\"OUT\"", "\"OVERTIME\"");
        Answer in = punch(ANA.signIn(), Map.of("captured_at", DAY + "T09:10:00", "direction", "in"));
        assertThat(in.text("status")).isEqualTo("ON_TIME");
        String again =
                form(Map.of("event_id", out.toString(), "captured_at", DAY + "T18:00:00-03:00", "direction", "OUT"));
        assertThat(again).contains("\"repeated\":true");
        JsonNode day =
                sheet(staff, DAY, DAY).body().path("items").get(0).path("days").get(0);
        assertThat(day.path("punches").size()).isEqualTo(2);
        assertThat(day.path("hours").path("regular").asLong()).isEqualTo(7 * 3600 + 50 * 60);
        assertThat(day.path("hours").path("overtime").path("50").asLong()).isEqualTo(3600);
        assertThat(day.path("remarks").toString()).isEqualTo("[\"DELIVERED_LATE\"]");
    }

    @Test
    @Order(6)
    void aPinServesThoseWhoDecline() {
        assertThat(server.json("PUT", "/api/attendance/people/" + anaId + "/pin", staff, Map.of("pin", "111111"))
                        .status())
                .isEqualTo(400);
        assertThat(server.json("PUT", "/api/attendance/people/" + anaId + "/pin", staff, Map.of("pin", "271828"))
                        .status())
                .isEqualTo(204);
        assertThat(server.json("PUT", "/api/attendance/people/" + anaId + "/pin", otherManager, Map.of("pin", "314159"))
                        .status())
                .isEqualTo(403);
        Answer wrong = server.post("/recognize/pin", kiosk, Map.of("username", "ana", "pin", "271829"));
        assertThat(wrong.status()).isEqualTo(401);
        Answer right = server.post(
                "/recognize/pin",
                kiosk,
                Map.of("username", "ana", "pin", "271828", "captured_at", "2026-11-17T22:00:00"));
        assertThat(right.text("method")).isEqualTo("PIN");
        for (int i = 0; i < 5; i++) {
            wrong = server.post("/recognize/pin", kiosk, Map.of("username", "nobody", "pin", "271829"));
        }
        wrong = server.post("/recognize/pin", kiosk, Map.of("username", "nobody", "pin", "271829"));
        assertThat(wrong.status()).isEqualTo(429);
    }

    /** On a day of the past, so that it is the last. */
    @Test
    @Order(13)
    void whatWaitedIsTakenFromTheDeviceAloneThatTheKioskIsBoundTo() throws GeneralSecurityException {
        Answer registered = server.post(
                "/api/kiosks",
                admin,
                Map.of("name", "north", "site", "north", "zone", "America/Sao_Paulo", "departments", List.of("icu")));
        String door = registered.text("credential");
        KeyPair device = newKey();
        assertThat(bind(door, device).status()).isEqualTo(204);
        assertThat(bind(door, device).status()).isEqualTo(204);
        assertThat(bind(door, newKey()).text("type")).endsWith("/already-exists");
        assertThat(server.json("PUT", "/recognize/kiosk/key", door, Map.of("key", "AAAA"))
                        .status())
                .isEqualTo(400);

        UUID event = UUID.randomUUID();
        String at = "2026-11-13T09:00:00-03:00";
        Map<String, Object> punch =
                Map.of("username", "ana", "pin", "271828", "event_id", event, "captured_at", at, "direction", "IN");
        String[] others = {
            "",
            "no signature",
            signed(device, event, "2026-11-13T08:00:00-03:00"),
            signed(device, UUID.randomUUID(), at),
            signed(newKey(), event, at)
        };
        for (String signature : others) {
            Answer refused = late(door, punch, signature);
            assertThat(refused.status()).as(signature).isEqualTo(422);
            assertThat(refused.text("type")).endsWith("/not-signed-by-kiosk");
        }
        Answer taken = late(door, punch, signed(device, event, at));
        assertThat(taken.text("direction")).isEqualTo("IN");
        assertThat(taken.text("time")).startsWith("2026-11-13T09:00");
        // A punch of now proves itself by being there.
        assertThat(server.post("/recognize/pin", door, Map.of("username", "ana", "pin", "271829"))
                        .text("type"))
                .endsWith("/not-recognised");
        assertThat(server.get("/api/audit?action=KIOSK_BOUND", admin).body()).hasSize(1);
    }

    private static Answer bind(String credential, KeyPair device) {
        return server.json(
                "PUT",
                "/recognize/kiosk/key",
                credential,
                Map.of(
                        "key",
                        Base64.getEncoder().encodeToString(device.getPublic().getEncoded())));
    }

    private static Answer late(String credential, Map<String, Object> punch, String signature) {
        return server.send(
                "POST",
                "/recognize/pin",
                credential,
                "application/json",
                RunningServer.JSON.writeValueAsBytes(punch),
                signature.isEmpty() ? Map.of() : Map.of("Vultus-Signature", signature));
    }

    /** As docs/api.md tells it. */
    private static String signed(KeyPair device, UUID event, String at) throws GeneralSecurityException {
        MessageDigest all = MessageDigest.getInstance("SHA-256");
        for (String part : List.of("ana", "271828")) {
            all.update(MessageDigest.getInstance("SHA-256").digest(part.getBytes(StandardCharsets.UTF_8)));
        }
        String statement = String.join(
                "\n",
                "vultus punch 1",
                "PIN",
                event.toString(),
                at,
                HexFormat.of().formatHex(all.digest()));
        Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
        signer.initSign(device.getPrivate());
        signer.update(statement.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    @Test
    @Order(7)
    void managersCorrectTheTimeOfTheirDepartmentAndNotTheirOwn() {
        Map<String, Object> wish =
                Map.of("person", anaId, "at", "2026-11-17T16:00:00Z", "direction", "IN", "reason", "forgot");
        assertThat(server.post("/api/attendance/corrections", staff, wish).status())
                .isEqualTo(403);
        assertThat(server.post("/api/attendance/corrections", otherManager, wish)
                        .status())
                .isEqualTo(404);
        Answer closed = server.post(
                "/api/attendance/closings", manager, Map.of("person", anaId, "from", DAY, "to", "2026-11-18"));
        assertThat(closed.status()).as("%s", closed.body()).isEqualTo(201);
        Answer added = server.post("/api/attendance/corrections", manager, wish);
        assertThat(added.status()).as("%s", added.body()).isEqualTo(201);
        JsonNode day = sheet(manager, "2026-11-17", "2026-11-17")
                .body()
                .path("items")
                .get(0)
                .path("days")
                .get(0);
        assertThat(day.path("punches").size()).isEqualTo(2);
        assertThat(day.path("remarks").toString()).contains("CORRECTED");
        JsonNode closings =
                server.get("/api/attendance/closings?person=" + anaId, manager).body();
        assertThat(closings.get(0).path("timesheet").path("total"))
                .isEqualTo(closed.body().path("timesheet").path("total"));
        assertThat(closings.get(0).path("differences").size()).isPositive();

        String event = day.path("punches").get(0).path("event_id").asString();
        assertThat(server.post("/api/attendance/punches/" + event + "/void", otherManager, Map.of("reason", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(server.post("/api/attendance/punches/" + event + "/void", manager, Map.of("reason", "mistake"))
                        .status())
                .isEqualTo(204);
        String boss = server.get("/api/account", manager).text("id");
        Answer own = server.post(
                "/api/attendance/corrections",
                manager,
                Map.of("person", boss, "at", "2026-11-17T16:00:00Z", "direction", "IN", "reason", "forgot"));
        assertThat(own.status()).isEqualTo(403);
    }

    /** What was known when it was asked is given again later, whatever was recorded since. */
    @Test
    @Order(8)
    void aTimesheetIsGivenAsItWas() {
        String day = "2026-11-05";
        assertThat(punch(ANA.signIn(), Map.of("captured_at", day + "T09:00:00", "direction", "IN"))
                        .status())
                .isEqualTo(200);
        String then = server.get("/api/attendance/board", manager).text("at");
        JsonNode before = sheet(manager, day, day).body().path("items").get(0).path("days");
        assertThat(server.post(
                                "/api/attendance/corrections",
                                manager,
                                Map.of(
                                        "person",
                                        anaId,
                                        "at",
                                        day + "T20:00:00Z",
                                        "direction",
                                        "OUT",
                                        "reason",
                                        "forgot"))
                        .status())
                .isEqualTo(201);
        JsonNode now = sheet(manager, day, day).body().path("items").get(0).path("days");
        assertThat(now).isNotEqualTo(before);
        assertThat(sheet(manager, day, day + "&as_of=" + then)
                        .body()
                        .path("items")
                        .get(0)
                        .path("days"))
                .isEqualTo(before);
    }

    @Test
    @Order(8)
    void overtimeIsApprovedByTheManagerOfSomebodyElse() {
        Map<String, Object> wish = Map.of("person", anaId, "day", DAY, "minutes", 30);
        assertThat(server.post("/api/attendance/overtime-approvals", staff, wish)
                        .status())
                .isEqualTo(403);
        assertThat(server.post("/api/attendance/overtime-approvals", otherManager, wish)
                        .status())
                .isEqualTo(404);
        assertThat(server.post("/api/attendance/overtime-approvals", manager, wish)
                        .status())
                .isEqualTo(204);
        String boss = server.get("/api/account", manager).text("id");
        Answer own = server.post(
                "/api/attendance/overtime-approvals", manager, Map.of("person", boss, "day", DAY, "minutes", 30));
        assertThat(own.status()).isEqualTo(403);
        assertThat(server.get("/api/audit?limit=50", admin).body().toString()).contains("OVERTIME_APPROVED");
    }

    @Test
    @Order(8)
    void nobodySeesAnotherDepartment() {
        assertThat(sheet(otherManager, DAY, DAY).status()).isEqualTo(404);
        assertThat(server.get("/api/attendance/board", otherManager)
                        .body()
                        .path("items")
                        .toString())
                .doesNotContain("ana");
        for (String path : List.of("/board?", "/reports/timesheets.csv?from=2026-11-09&to=2026-11-16&")) {
            for (String department : List.of("icu", "nowhere")) {
                Answer refused = server.get("/api/attendance" + path + "department=" + department, otherManager);
                assertThat(refused.status()).isEqualTo(404);
                assertThat(refused.text("detail")).startsWith("The department " + department);
            }
        }
        assertThat(server.get("/api/attendance/board", staff).status()).isEqualTo(403);
        assertThat(sheet(staff, DAY, DAY).status()).isEqualTo(200);
    }

    @Test
    @Order(8)
    void whatCannotBeUnderstoodIsNamed() {
        String sheets = "/api/attendance/timesheets?";
        assertThat(server.get(sheets + "from=x&to=2026-01-01", manager).text("detail"))
                .isEqualTo("from is a day such as 2026-03-02, not \"x\".");
        assertThat(server.get(sheets + "to=2026-01-01", manager).text("detail")).contains("Send the parameter from");
        assertThat(server.get(sheets + "from=2026-01-01&to=2026-01-01&person=me", manager)
                        .text("detail"))
                .startsWith("person is an identifier");
        Answer empty = server.post("/recognize/badge", kiosk, Map.of());
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.text("detail")).startsWith("Send badge");
        assertThat(server.post("/recognize", kiosk, Map.of("frames", List.of("!!")))
                        .text("detail"))
                .contains("\"frames\"");
    }

    @Test
    @Order(8)
    void aSiteLimitsWhatIsShown() {
        assertThat(server.get("/api/attendance/places", manager)
                        .body()
                        .path("items")
                        .toString())
                .isEqualTo("[\"main\"]");
        assertThat(server.get("/api/attendance/places", otherManager)
                        .body()
                        .path("items")
                        .size())
                .isZero();
        assertThat(server.get("/api/attendance/places", staff).status()).isEqualTo(403);
        assertThat(server.get("/api/attendance/board?site=main", admin)
                        .body()
                        .path("items")
                        .toString())
                .contains("ana", "boss")
                .doesNotContain("labboss");
        Answer nowhere = server.get("/api/attendance/board?site=nowhere", admin);
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.text("detail")).contains("nowhere");
        String period = "&from=2026-11-09&to=2026-11-16";
        assertThat(server.get("/api/attendance/timesheets?site=main" + period, admin)
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(2);
        assertThat(server.get("/api/attendance/reports/timesheets.csv?site=nowhere" + period, admin)
                        .status())
                .isEqualTo(404);
    }

    @Test
    @Order(9)
    void plansAreMade() {
        Answer shift = server.post(
                "/api/attendance/shifts",
                admin,
                Map.of("name", "night", "start", "22:00", "end", "06:00", "early_window", 120, "late_window", 120));
        assertThat(shift.status()).as("%s", shift.body()).isEqualTo(201);
        Answer roster = server.post(
                "/api/attendance/rosters",
                admin,
                Map.of(
                        "name",
                        "nights",
                        "zone",
                        "America/Sao_Paulo",
                        "anchor",
                        "2026-11-02",
                        "days",
                        List.of(List.of(shift.text("id")), List.of())));
        assertThat(roster.status()).as("%s", roster.body()).isEqualTo(201);
        Answer twice = server.post(
                "/api/attendance/rosters",
                admin,
                Map.of(
                        "name",
                        "twice",
                        "zone",
                        "America/Sao_Paulo",
                        "anchor",
                        "2026-11-02",
                        "days",
                        List.of(List.of(shift.text("id"), shift.text("id")))));
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.text("detail")).contains("night (22:00 to 06:00) begins before night");
        Map<String, Object> assignment = Map.of("person", anaId, "roster", roster.text("id"), "from", "2026-11-18");
        assertThat(server.post("/api/attendance/assignments", otherManager, assignment)
                        .status())
                .isEqualTo(404);
        assertThat(server.post("/api/attendance/assignments", manager, assignment)
                        .status())
                .isEqualTo(201);
        assertThat(server.post(
                                "/api/attendance/holidays",
                                admin,
                                Map.of("day", "2026-11-20", "name", "Consciência Negra"))
                        .status())
                .isEqualTo(201);
        assertThat(server.post(
                                "/api/attendance/leaves",
                                manager,
                                Map.of("person", anaId, "from", "2026-11-24", "to", "2026-11-25", "kind", "vacation"))
                        .status())
                .isEqualTo(201);
        Map<String, Object> rules = new HashMap<>(Map.of(
                "from",
                "2026-11-18",
                "count_early",
                true,
                "overtime_percent",
                60,
                "higher_percent",
                100,
                "rest_day_percent",
                100,
                "night_start",
                "22:00",
                "night_end",
                "05:00",
                "night_percent",
                25,
                "approval",
                true));
        assertThat(server.post("/api/attendance/rules", admin, rules)
                        .body()
                        .path("number")
                        .asInt())
                .isEqualTo(1);
        JsonNode days = sheet(manager, "2026-11-17", "2026-11-24")
                .body()
                .path("items")
                .get(0)
                .path("days");
        assertThat(days.findValuesAsString("kind"))
                .containsExactly("WORK", "WORK", "REST", "HOLIDAY", "REST", "WORK", "REST", "LEAVE");
        assertThat(days.findValuesAsString("rules")).startsWith("0", "1");
        assertThat(server.get("/api/attendance/exceptions?from=2026-11-18&to=2026-11-18", manager)
                        .body()
                        .toString())
                .contains("ABSENT");
        assertThat(server.delete("/api/attendance/shifts/" + shift.text("id"), admin)
                        .status())
                .isEqualTo(204);
        assertThat(server.get("/api/attendance/shifts", manager).body().toString())
                .doesNotContain("night");
    }

    @Test
    @Order(10)
    void theTimesheetTheCsvAndTheWorkbookAgree() throws Exception {
        String period = "from=2026-11-09&to=2026-11-16";
        JsonNode total = server.get("/api/attendance/timesheets?" + period + "&person=" + anaId, manager)
                .body()
                .path("items")
                .get(0)
                .path("total");
        long regular = total.path("regular").asLong();
        assertThat(regular).isPositive();

        String csv = new String(download("/api/attendance/reports/timesheets.csv?" + period), StandardCharsets.UTF_8);
        List<String> head = List.of(csv.lines().findFirst().orElseThrow().split(",", -1));
        int column = head.indexOf("regular_s");
        List<String[]> lines = csv.lines()
                .map(line -> line.split(",", -1))
                .filter(line -> line[1].equals("ana"))
                .toList();
        long sum = lines.stream()
                .filter(line -> !line[3].equals("SUM"))
                .mapToLong(line -> Long.parseLong(line[column]))
                .sum();
        assertThat(sum).isEqualTo(regular);
        assertThat(lines.getLast()[column]).isEqualTo(Long.toString(regular));

        byte[] xlsx = download("/api/attendance/reports/timesheets.xlsx?" + period);
        String cells = entry(xlsx, "xl/worksheets/sheet1.xml");
        Matcher numbers = Pattern.compile("<c r=\"L\\d+\"[^>]*><v>(\\d+)</v>").matcher(cells);
        assertThat(column).isEqualTo(11);
        assertThat(numbers.results().map(match -> Long.valueOf(match.group(1))).toList())
                .contains(regular);

        // Worked days, overtime, absences and hours of each person, and of all together in the last line.
        List<List<String>> sums = rows(entry(xlsx, "xl/worksheets/sheet2.xml"), entry(xlsx, "xl/sharedStrings.xml"));
        List<String> names = sums.getFirst();
        assertThat(names).contains("overtime_days", "absent_days", "leave_days", "late_days", "regular_s");
        List<String> ana = sums.stream()
                .filter(row -> row.get(1).equals("ana"))
                .findFirst()
                .orElseThrow();
        assertThat(ana.get(names.indexOf("regular_s"))).isEqualTo(Long.toString(regular));
        assertThat(ana.get(names.indexOf("worked_days"))).isEqualTo("1");
        assertThat(ana.get(names.indexOf("overtime_days"))).isEqualTo("1");
        List<String> all = sums.getLast();
        assertThat(all.getFirst()).isEqualTo("SUM");
        for (int of = 3; of < names.size(); of++) {
            int at = of;
            assertThat(sums.subList(1, sums.size() - 1).stream()
                            .mapToLong(row -> Long.parseLong(row.get(at)))
                            .sum())
                    .as(names.get(of))
                    .isEqualTo(Long.parseLong(all.get(of)));
        }
    }

    /** The cells of a sheet as text. */
    private static List<List<String>> rows(String sheet, String shared) {
        List<String> texts = Pattern.compile("<t[^>]*>([^<]*)</t>|<si><t[^>]*/></si>")
                .matcher(shared)
                .results()
                .map(match -> Objects.requireNonNullElse(match.group(1), ""))
                .toList();
        return Pattern.compile("<row[^>]*>(.*?)</row>")
                .matcher(sheet)
                .results()
                .map(row -> Pattern.compile("<c ([^>]*)><v>(\\d+)</v>")
                        .matcher(row.group(1))
                        .results()
                        .map(cell -> cell.group(1).contains("t=\"s\"")
                                ? texts.get(Integer.parseInt(cell.group(2)))
                                : cell.group(2))
                        .toList())
                .toList();
    }

    @Test
    @Order(11)
    void whatWasDoneIsInTheAuditTrail() {
        String events = server.get("/api/audit?limit=100", admin).body().toString();
        assertThat(events)
                .contains("KIOSK_REGISTERED", "PUNCH", "PUNCH_CORRECTED", "TIMESHEET_APPROVED", "PIN_CHANGED")
                .contains("ATTENDANCE_EXPORTED", "ATTENDANCE_PLAN_CHANGED", "ATTENDANCE_RULES_CHANGED");
    }

    @Test
    @Order(12)
    void aRemovedKioskIsLockedOut() {
        assertThat(server.delete("/api/kiosks/" + kioskId, admin).status()).isEqualTo(204);
        assertThat(punch(ANA.signIn(), Map.of()).status()).isEqualTo(401);
        assertThat(server.delete("/api/kiosks/" + kioskId, admin).status()).isEqualTo(404);
    }

    private static byte[] download(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.address.resolve(path))
                .header("Authorization", "Bearer " + manager)
                .build();
        HttpResponse<byte[]> response = server.http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("attachment");
        return response.body();
    }

    private static String entry(byte[] workbook, String name) throws Exception {
        Path file = Files.write(data.resolve("timesheets.xlsx"), workbook);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The frames as parts of a form. */
    private static String form(Map<String, String> fields) throws Exception {
        String boundary = "----" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (var field : fields.entrySet()) {
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field.getKey()
                            + "\"\r\n\r\n" + field.getValue() + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        for (byte[] frame : ANA.signIn()) {
            body.writeBytes(("--" + boundary
                            + "\r\nContent-Disposition: form-data; name=\"frames\"; filename=\"f.jpg\"\r\n"
                            + "Content-Type: image/jpeg\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(frame);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        URI address = server.address.resolve("/recognize");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + kiosk)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        HttpResponse<String> response = server.http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
