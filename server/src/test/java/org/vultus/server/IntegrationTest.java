package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.RunningServer.Answer;
import tools.jackson.databind.JsonNode;

/** How other systems learn of things over real HTTP: webhooks to a receiver of the test, events to pull, a calendar, imports. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IntegrationTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private static Path data;

    private static RunningServer server;
    private static HttpServer receiver;
    private static String admin = "";
    private static String staff = "";
    private static String staffId = "";
    private static final AtomicInteger ANSWER = new AtomicInteger(500);
    private static final BlockingQueue<Told> TOLD = new LinkedBlockingQueue<>();

    private record Told(String id, String timestamp, String signature, String body) {
        JsonNode json() {
            return RunningServer.JSON.readTree(body);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            TOLD.add(new Told(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(ANSWER.get(), -1);
            exchange.close();
        });
        receiver.start();
        server = RunningServer.start(
                data,
                "--vultus.attendance.zone=America/Sao_Paulo",
                "--vultus.sign-in.requests-per-minute=1000000",
                "--vultus.payroll.webhook-hosts=localhost",
                "--vultus.payroll.webhook-attempts=2");
        admin = server.administrator();
        server.post("/api/departments", admin, Map.of("code", "icu", "name", "ICU"));
        Answer made = server.post(
                "/api/subjects", admin, Map.of("username", "ana", "display_name", "Ana", "department", "icu"));
        staffId = made.text("id");
        staff = server.firstToken("ana", made.text("one_time_password"));
    }

    @AfterAll
    static void stop() {
        server.close();
        receiver.stop(0);
    }

    private static Told told() throws InterruptedException {
        Told told = TOLD.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(told).isNotNull();
        return told;
    }

    private static void change(String name) {
        assertThat(server.json("PATCH", "/api/subjects/" + staffId, admin, Map.of("display_name", name))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Order(1)
    void aWebhookIsToldSignedTriedAgainGivenUpAndReplayed() throws Exception {
        String url = "http://localhost:" + receiver.getAddress().getPort() + "/in";
        assertThat(server.post("/api/attendance/webhooks", staff, Map.of("url", url))
                        .status())
                .isEqualTo(403);
        for (String wrong : List.of("http://example.com/", "https://user@example.com/", "nonsense")) {
            assertThat(server.post("/api/attendance/webhooks", admin, Map.of("url", wrong))
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(server.post("/api/attendance/webhooks", admin, Map.of("url", url, "types", List.of("x")))
                        .status())
                .isEqualTo(400);
        Answer made =
                server.post("/api/attendance/webhooks", admin, Map.of("url", url, "types", List.of("person.changed")));
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
        String path = "/api/attendance/webhooks/" + made.text("id");
        assertThat(server.get("/api/attendance/webhooks", admin)
                        .body()
                        .get(0)
                        .path("secret")
                        .isNull())
                .isTrue();

        change("Ana Maria");
        Told first = told();
        assertThat(first.json().path("type").asString()).isEqualTo("person.changed");
        assertThat(first.json().path("data").path("person").path("username").asString())
                .isEqualTo("ana");
        assertThat(first.signature()).isEqualTo(signature(made.text("secret"), first));
        Told second = told();
        assertThat(second.id()).isEqualTo(first.id());

        JsonNode dead = dead(path);
        assertThat(dead.get(0).path("attempts").asInt()).isEqualTo(2);
        assertThat(dead.get(0).path("answered").asInt()).isEqualTo(500);
        assertThat(server.get(path + "/deliveries", staff).status()).isEqualTo(403);
        ANSWER.set(204);
        assertThat(server.post(path + "/replay", admin, Map.of())
                        .body()
                        .path("deliveries")
                        .asInt())
                .isEqualTo(1);
        assertThat(told().body()).isEqualTo(first.body());
        change("Ana");
        assertThat(told().id()).isNotEqualTo(first.id());
        assertThat(server.delete(path, admin).status()).isEqualTo(204);
        assertThat(server.delete(path, admin).status()).isEqualTo(404);
    }

    private static JsonNode dead(String path) throws InterruptedException {
        long begin = System.nanoTime();
        JsonNode dead;
        do {
            TimeUnit.MILLISECONDS.sleep(100);
            dead = server.get(path + "/deliveries?state=DEAD", admin).body();
        } while (dead.isEmpty() && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
        assertThat(dead.size()).isEqualTo(1);
        return dead;
    }

    private static String signature(String secret, Told told) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
        String signed = told.id() + "." + told.timestamp() + "." + told.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @Order(2)
    void eventsArePulledWithACursor() {
        assertThat(server.get("/api/attendance/events", staff).status()).isEqualTo(403);
        JsonNode all = server.get("/api/attendance/events", admin).body();
        assertThat(all.path("items")).isNotEmpty();
        JsonNode one = server.get("/api/attendance/events?limit=1", admin).body();
        JsonNode rest = server.get(
                        "/api/attendance/events?after=" + one.path("next").asString(), admin)
                .body();
        assertThat(rest.path("items").size()).isEqualTo(all.path("items").size() - 1);
        String end = rest.path("next").asString();
        JsonNode none = server.get("/api/attendance/events?after=" + end, admin).body();
        assertThat(none.path("items").size()).isZero();
        assertThat(none.path("next").asString()).isEqualTo(end);
        assertThat(server.get("/api/attendance/events?after=x!", admin).status())
                .isEqualTo(400);
        assertThat(server.get("/api/attendance/events?limit=0", admin).status()).isEqualTo(400);
    }

    private static Answer csv(String kind, String content, boolean commit, String token) {
        return server.send(
                "POST",
                "/api/attendance/import/" + kind + "?commit=" + commit,
                token,
                "text/csv",
                content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Order(3)
    void aFileIsTakenWholeOrNotAtAll() {
        String people = "username,display_name,department,cpf\n"
                + "eva,Eva Souza,icu,\nana,Ana,icu,\nbia,Bia,nowhere,\ncid,Cid,icu,11111111111\neva,Eva,icu,\n,X,icu,\n";
        assertThat(csv("people", people, true, staff).status()).isEqualTo(403);
        Answer wrong = csv("people", people, true, admin);
        assertThat(wrong.body().path("committed").asBoolean()).isFalse();
        assertThat(wrong.body()
                        .path("problems")
                        .valueStream()
                        .map(p -> p.path("line").asInt()))
                .containsExactly(3, 4, 5, 6, 7);
        String right = "username,display_name,department\neva,Eva Souza,icu\n";
        assertThat(csv("people", right, false, admin).body().path("committed").asBoolean())
                .isFalse();
        assertThat(server.get("/api/subjects?query=eva", admin)
                        .body()
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(csv("people", right, true, admin).body().path("committed").asBoolean())
                .isTrue();
        assertThat(server.get("/api/subjects?query=eva", admin)
                        .body()
                        .path("total")
                        .asInt())
                .isEqualTo(1);

        String shifts =
                "name,start,end,late_grace,breaks,on_call\nDia,08:00,17:00,10,12:00-13:00,\nNoite,19:00,07:00,,,sim\n";
        assertThat(csv("shifts", shifts, true, admin).body().path("committed").asBoolean())
                .isTrue();
        Answer again = csv("shifts", shifts + "Ruim,8h,9h,x,1,talvez\n", true, admin);
        assertThat(again.body().path("problems").size()).isEqualTo(3);
        String holidays = "day,name,department\n2026-12-25,Natal,\n2026-12-25,Natal da UTI,icu\n";
        assertThat(csv("holidays", holidays, true, admin)
                        .body()
                        .path("committed")
                        .asBoolean())
                .isTrue();
        assertThat(csv("holidays", holidays, false, admin)
                        .body()
                        .path("problems")
                        .size())
                .isEqualTo(2);
        assertThat(csv("holidays", "tag\n2026\n", false, admin)
                        .body()
                        .path("problems")
                        .size())
                .isEqualTo(3);
    }

    @Test
    @Order(4)
    void aCalendarHasAPrivateAddressThatItsOwnerMayRevoke() throws Exception {
        String shift = server.get("/api/attendance/shifts", admin)
                .body()
                .valueStream()
                .filter(one -> one.path("name").asString().equals("Dia"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        Answer roster = server.post(
                "/api/attendance/rosters",
                admin,
                Map.of(
                        "name",
                        "week",
                        "zone",
                        "America/Sao_Paulo",
                        "anchor",
                        "2026-01-05",
                        "days",
                        List.of(List.of(shift), List.of()),
                        "observes_holidays",
                        false));
        assertThat(roster.status()).as("%s", roster.body()).isEqualTo(201);
        server.post(
                "/api/attendance/assignments",
                admin,
                Map.of("person", staffId, "roster", roster.text("id"), "from", "2026-01-05"));
        assertThat(server.get("/api/me/calendar", staff).body().path("since").isNull())
                .isTrue();
        String first = server.post("/api/me/calendar", staff, Map.of()).text("path");
        assertThat(feed(first).body()).contains("BEGIN:VEVENT", "SUMMARY:Dia").doesNotContain("Ana");
        assertThat(feed(first).headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/calendar"));
        assertThat(feed("/calendars/guess.ics").statusCode()).isEqualTo(404);
        String second = server.post("/api/me/calendar", staff, Map.of()).text("path");
        assertThat(feed(first).statusCode()).isEqualTo(404);
        assertThat(feed(second).statusCode()).isEqualTo(200);
        assertThat(server.delete("/api/me/calendar", staff).status()).isEqualTo(204);
        assertThat(feed(second).statusCode()).isEqualTo(404);
        assertThat(server.delete("/api/me/calendar", staff).status()).isEqualTo(404);
    }

    private static HttpResponse<String> feed(String path) throws Exception {
        return server.http.send(
                HttpRequest.newBuilder(server.address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
