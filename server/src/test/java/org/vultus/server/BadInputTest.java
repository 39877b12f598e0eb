package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vultus.server.RunningServer.Answer;

/** What people and programs send by mistake: it is never a fault of the server, and the answer says what to do. */
class BadInputTest {
    @TempDir
    static Path data;

    @AutoClose
    private static RunningServer server;

    private static String admin = "";
    private static String anaId = "";
    private static String kiosk = "";

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                data, "--vultus.attendance.zone=America/Sao_Paulo", "--vultus.sign-in.requests-per-minute=1000000");
        admin = server.administrator();
        server.post("/api/departments", admin, Map.of("code", "icu", "name", "icu", "identification", true));
        anaId = server.post(
                        "/api/subjects", admin, Map.of("username", "ana", "display_name", "Ana", "department", "icu"))
                .text("id");
        kiosk = server.post("/api/kiosks", admin, kiosk("door", "main")).text("credential");
        server.json("PUT", "/api/attendance/people/" + anaId + "/pin", admin, Map.of("pin", "271828"));
    }

    private static Map<String, Object> kiosk(String name, String site) {
        return Map.of("name", name, "site", site, "zone", "America/Sao_Paulo", "departments", List.of("icu"));
    }

    private static Answer raw(String method, String path, String token, String type, String body) {
        return server.send(method, path, token, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(Answer answer, int status, String type, String advice) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.text("type")).isEqualTo("/problems/" + type);
        assertThat(answer.text("detail")).contains(advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/recognize/pin", "/recognize", "/recognize/badge"})
    void nullIsNoBodyOfAKiosk(String path) {
        refused(raw("POST", path, kiosk, "application/json", "null"), 400, "bad-request", "The body is null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/face-auth/sessions", "/api/attendance/shifts", "/api/departments", "/api/subjects"})
    void nullIsNoBody(String path) {
        refused(raw("POST", path, admin, "application/json", "null"), 400, "bad-request", "The body is null");
    }

    @Test
    void aFormWithoutItsBoundaryAndABodyOfAnotherTypeAreNamed() {
        refused(raw("POST", "/recognize", kiosk, "multipart/form-data", "x"), 400, "bad-request", "boundary");
        refused(
                raw("POST", "/recognize", kiosk, "text/plain", "x"),
                415,
                "wrong-content-type",
                "application/json or multipart/form-data");
        refused(server.get("/recognize", kiosk), 405, "wrong-method", "Send POST, not GET");
        String session = "/face-auth/sessions/" + UUID.randomUUID();
        refused(raw("POST", session + "/frames", "", "image/jpeg", "x"), 410, "session-over", "Authorization: Bearer");
        refused(raw("POST", session + "/script", "", "application/json", "{\"cannot\":[]}"), 410, "session-over", "");
    }

    @Test
    void videoSaysWhatItsAddressTakes() throws Exception {
        var answer = server.http.send(
                HttpRequest.newBuilder(server.address.resolve("/face-auth/sessions/" + UUID.randomUUID() + "/whip"))
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(answer.headers().firstValue("Allow").orElse("").split(",\\s*"))
                .containsExactlyInAnyOrder("POST", "PATCH", "DELETE", "OPTIONS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'a','start':'24:00','end':'09:00'} | start is a time such as 08:00",
                "{'name':'a','start':'08:00:00.5','end':'08:00:00.9'} | whole second",
                "{'name':'a','start':'08:00','end':'17:00','late_grace':-1} | the late grace is 0 to 240 minutes",
                "{'name':'a','start':'08:00','end':'17:00','late_grace':1.5} | late_grace is a whole number",
                "{'name':'a','start':'08:00','end':'17:00','on_call':'perhaps'} | on_call is true or false",
                "{'name':'a\\u0000b','start':'08:00','end':'17:00'} | NUL",
            })
    void aShiftThatCannotBeIsRefusedInWords(String json, String advice) {
        refused(
                raw("POST", "/api/attendance/shifts", admin, "application/json", json.replace('\'', '"')),
                400,
                "bad-request",
                advice);
    }

    @Test
    void theDefaultShiftHasItsNameForItself() {
        Map<String, Object> shift = Map.of("name", "Default", "start", "08:00", "end", "17:00");
        refused(server.post("/api/attendance/shifts", admin, shift), 409, "already-exists", "Default");
        assertThat(imported("shifts", "name,start,end\nDefault,08:00,17:00\n")).containsExactly(2);
    }

    @Test
    void aHolidayIsThereOnceForEverybodyAndOnceForADepartment() {
        Map<String, Object> natal = Map.of("day", "2026-12-25", "name", "Natal");
        Answer first = server.post("/api/attendance/holidays", admin, natal);
        assertThat(first.status()).isEqualTo(201);
        refused(server.post("/api/attendance/holidays", admin, natal), 409, "already-exists", "Natal");
        Map<String, Object> there = Map.of("day", "2026-12-25", "name", "Natal", "department", "icu");
        assertThat(server.post("/api/attendance/holidays", admin, there).status())
                .isEqualTo(201);
        refused(server.post("/api/attendance/holidays", admin, there), 409, "already-exists", "Natal");
        server.delete("/api/attendance/holidays/" + first.text("id"), admin);
        assertThat(server.post("/api/attendance/holidays", admin, natal).status())
                .isEqualTo(201);
    }

    @Test
    void daysThatNobodyMeansAreRefused() {
        String far = "+999999999-12-31";
        refused(
                server.post("/api/attendance/holidays", admin, Map.of("day", far, "name", "x")),
                400,
                "bad-request",
                "is not between 1900-01-01");
        refused(
                server.post(
                        "/api/attendance/leaves",
                        admin,
                        Map.of("person", anaId, "from", "2026-12-01", "to", far, "kind", "x")),
                400,
                "bad-request",
                "is not between");
        refused(
                server.post("/api/attendance/assignments", admin, Map.of("person", anaId, "from", "0001-01-01")),
                400,
                "bad-request",
                "is not between");
        for (String period :
                List.of("from=%2B999999999-12-31&to=%2B999999999-12-31", "from=-999999999-01-01&to=-999999999-01-02")) {
            refused(server.get("/api/attendance/timesheets?" + period, admin), 400, "bad-request", "1900 to 2199");
        }
        refused(
                server.post("/recognize/pin", kiosk, pin("+999999999-12-31T23:59:59")),
                400,
                "bad-request",
                "captured_at is a time such as");
        for (String at : List.of("-1000000000-01-01T00:00:00Z", "0001-01-01T00:00:00Z")) {
            refused(
                    server.post(
                            "/api/attendance/corrections",
                            admin,
                            Map.of("person", anaId, "at", at, "direction", "IN", "reason", "forgot")),
                    400,
                    "bad-request",
                    "2000");
        }
    }

    /** The last that are refused and the first that are taken, the same days for plans, timesheets and kiosks. */
    @Test
    void theYearsThatCountAreThoseFrom1900To2199() {
        for (String day : List.of("1899-12-31", "2200-01-01")) {
            refused(
                    server.post("/api/attendance/holidays", admin, Map.of("day", day, "name", "x")),
                    400,
                    "bad-request",
                    "is not between 1900-01-01 and 2199-12-31");
            refused(
                    server.get("/api/attendance/timesheets?from=%s&to=%s".formatted(day, day), admin),
                    400,
                    "bad-request",
                    "1900 to 2199");
        }
        for (String day : List.of("1900-01-01", "2199-12-31")) {
            assertThat(server.post("/api/attendance/holidays", admin, Map.of("day", day, "name", "x"))
                            .status())
                    .isEqualTo(201);
            assertThat(server.get("/api/attendance/timesheets?from=%s&to=%s".formatted(day, day), admin)
                            .status())
                    .isEqualTo(200);
        }
        refused(
                server.post("/recognize/pin", kiosk, pin("2199-12-31T00:00:01Z")),
                400,
                "bad-request",
                "captured_at is a time such as");
    }

    private static Map<String, Object> pin(String capturedAt) {
        return Map.of("username", "ana", "pin", "271828", "captured_at", capturedAt);
    }

    /** One that was kept, and could not be shown, would hide the others. */
    @Test
    void anApprovalThatCouldNotBeShownIsNotKept() {
        Map<String, Object> years = Map.of("person", anaId, "from", "2020-01-01", "to", "2026-01-01");
        refused(server.post("/api/attendance/closings", admin, years), 400, "bad-request", "370 days");
        Map<String, Object> ahead = Map.of("person", anaId, "from", "2190-01-01", "to", "2190-01-31");
        refused(server.post("/api/attendance/closings", admin, ahead), 400, "bad-request", "has not begun");
        Answer closings = server.get("/api/attendance/closings?person=" + anaId, admin);
        assertThat(closings.status()).isEqualTo(200);
        assertThat(closings.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hr.example:0/", "https://hr.example:65536/"})
    void aWebhookGoesToAPortThatThereIs(String url) {
        refused(server.post("/api/attendance/webhooks", admin, Map.of("url", url)), 400, "bad-request", "1 to 65535");
    }

    @Test
    void aBlankAmongSeveralIsNothing() {
        for (String concern : List.of("%20", "ATTACK,%20")) {
            assertThat(server.get("/api/security/events?concern=" + concern, admin)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void overtimeIsApprovedInMinutes() {
        refused(
                server.post(
                        "/api/attendance/overtime-approvals",
                        admin,
                        Map.of("person", anaId, "day", "2026-11-20", "minutes", 1441)),
                400,
                "bad-request",
                "0 to 1440 minutes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a\\b", "100%", "a;b"})
    void aSiteHasANameThatStandsInAddresses(String site) {
        refused(server.post("/api/kiosks", admin, kiosk("other", site)), 400, "bad-request", "a site's name");
    }

    private static List<Integer> imported(String kind, String csv) {
        Answer answer = raw("POST", "/api/attendance/import/" + kind, admin, "text/csv", csv);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body()
                .path("problems")
                .valueStream()
                .map(problem -> problem.path("line").asInt())
                .toList();
    }

    @Test
    void aDryRunTellsAllThatIsWrongByLine() {
        assertThat(imported("holidays", "day,name\n2026-13-01,x\ny\n2026-12-24,z\n+999999999-12-31,w\n"))
                .containsExactly(2, 3, 5);
        assertThat(imported("holidays", "day;name\n2026-12-24;Véspera, à noite\n"))
                .isEmpty();
        assertThat(imported("holidays", "day,name\n2026-12-24,\"z\n")).containsExactly(2);
        assertThat(imported("holidays", "")).containsExactly(1);
        // An administrator without a CPF cannot record others', and learns it before the file is taken.
        assertThat(imported(
                        "people", "username,display_name,department,cpf\neva,Eva,icu,\nbia,Bia,icu,529.982.247-25\n"))
                .containsExactly(3);
    }
}
