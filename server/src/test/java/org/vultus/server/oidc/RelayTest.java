package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.People;
import org.vultus.server.RunningServer;
import org.vultus.server.RunningServer.Answer;
import tools.jackson.databind.JsonNode;

/**
 * Live video by a relay. Needs coturn (Debian: coturn) beside what {@link IndependentSenderTest} needs. That no packet goes past the
 * relay is here the sender's doing; what happened between networks that cannot reach each other is in
 * {@code docs/results/webrtc.md}.
 */
class RelayTest {
    private static final String SECRET = "7Uw-relay-secret";
    private static final People ANA = People.of(3, 2);

    @TempDir
    static Path data;

    private static String address;
    private static int port;
    private static int tlsPort;

    @AutoClose
    private static Hospital hospital;

    private static Sender sender;
    private static Path clip;
    private Turnserver relay;

    @BeforeAll
    static void start() throws Exception {
        Turnserver.isThere();
        sender = Sender.start(data);
        address = Sender.address();
        port = RunningServer.freePort();
        tlsPort = RunningServer.freePort();
        // The server starts whether the relay runs or not; here it does not.
        hospital = new Hospital(
                data.resolve("vultus"),
                "--vultus.sign-in.requests-per-minute=100000",
                "--vultus.web.trusted-proxies=127.0.0.1",
                "--vultus.webrtc.enabled=true",
                "--vultus.webrtc.address=" + address,
                "--vultus.webrtc.turn=turn:" + address + ":" + port + ",turn:" + address + ":" + port
                        + "?transport=tcp,turns:" + address + ":" + tlsPort,
                "--vultus.webrtc.turn-secret=" + SECRET);
        hospital.enrol(hospital.person("ana"), "ana", ANA);
        clip = sender.clip(ANA, "VP8", "");
    }

    @BeforeEach
    void startRelay() throws IOException {
        relay = Turnserver.start(data, address, port, tlsPort, SECRET);
    }

    @AfterEach
    void stopRelay() {
        relay.close();
    }

    /** The client reaches no address of the server, and is behind a NAT: the relay sees it where its requests come from. */
    @Test
    void theServerIsReachedByItsRelayAndGivesTheAllocationBack() throws Exception {
        assertThat(sent("--relay", "theirs")).startsWith("accepted ");
        assertThat(health().path("status").asString()).isEqualTo("UP");
        relay.says(line -> line.contains("CHANNEL_BIND processed, success"));
        relay.says(line -> line.contains("refreshed") && line.endsWith("lifetime=0"));
        assertThat(relay.count(line -> line.contains(": new, realm")))
                .isEqualTo(relay.count(line -> line.contains("refreshed") && line.endsWith("lifetime=0")));
    }

    @Test
    void theClientGoesByTheRelayThatItIsTold() throws Exception {
        assertThat(sent("--relay", "ours")).startsWith("accepted ");
    }

    /** Where nothing else gets through a firewall; and not by a certificate that nobody vouches for. */
    @Test
    void theClientGoesByTheRelayThatItIsToldByTls() throws Exception {
        assertThat(sent("--relay", "ours-by-tls")).startsWith("failed ").contains("CERTIFICATE_VERIFY_FAILED");
        assertThat(relay.count(line -> line.contains("ALLOCATE processed, success")))
                .isZero();
        String trusted = Turnserver.certificate(data).toString();
        assertThat(sent("--relay", "ours-by-tls", "--trusting", trusted)).startsWith("accepted ");
    }

    @Test
    void thePageGoesByTheRelayThatItIsTold() throws Exception {
        try (Chromium chromium = Chromium.start(data, true);
                Visit visit = chromium.visit(ANA, 1280, 800).patient()) {
            Page page = visit.page();
            page.addInitScript("const Direct = RTCPeerConnection; RTCPeerConnection = class extends Direct {"
                    + " constructor(c) { super({...c, iceTransportPolicy: 'relay'}); } };");
            page.navigate(hospital.server().address + "/sign-in");
            page.getByLabel("Department").selectOption(Hospital.DEPARTMENT);
            visit.click("Open the camera");
            page.getByText("Live video").waitFor();
            page.getByText("Signed in as Person ana").waitFor();
            assertThat(visit.errorsOf(hospital.server().address)).isEmpty();
        }
    }

    /** Whoever is not in the session, and whoever only may ask for one. */
    @Test
    void onlyWhoHasASessionIsToldOfTheRelayAndNotForLong() throws Exception {
        Answer session = hospital.server().post("/face-auth/sessions", "", Map.of("department", Hospital.DEPARTMENT));
        String id = session.text("session_id");
        List<String> links =
                options(id, "Bearer " + session.text("token")).headers().allValues("Link");
        assertThat(links)
                .extracting(link -> link.replaceAll(">.*", ">"))
                .containsExactly(
                        "<turn:%s:%d>".formatted(address, port),
                        "<turn:%s:%d?transport=tcp>".formatted(address, port),
                        "<turns:%s:%d>".formatted(address, tlsPort));
        String username = links.getFirst().replaceAll(".* username=\"([^\"]*)\".*", "$1");
        Instant until = Instant.ofEpochSecond(Long.parseLong(username.split(":")[0]));
        assertThat(until).isBetween(Instant.now(), Instant.now().plusSeconds(125));
        assertThat(links.toString()).doesNotContain(SECRET);
        assertThat(options(id, "").statusCode()).isEqualTo(204);
        assertThat(options(id, "").headers().allValues("Link")).isEmpty();
        HttpResponse<String> wrong = options(id, "Bearer wrong");
        assertThat(wrong.statusCode()).isEqualTo(410);
        assertThat(wrong.headers().allValues("Link")).isEmpty();
        assertThat(hospital.server().get("/face-auth/health", "").body().toString())
                .doesNotContain(SECRET, address);
    }

    /** The first says so and is not kept waiting twice; as soon as the relay is right it is of use again. */
    @Test
    void aRelayThatIsGoneOrRefusesIsToldAndSignInsGoOn() throws Exception {
        assertThat(sent("--relay", "theirs")).startsWith("accepted ");
        relay.close();
        assertThat(sent()).startsWith("accepted ");
        assertThat(health().path("status").asString()).isEqualTo("DOWN");
        assertThat(health().path("reason").asString()).startsWith("it ");
        relay = Turnserver.start(data, address, port, tlsPort, "another secret");
        assertThat(sent()).startsWith("accepted ");
        assertThat(health().path("status").asString()).isEqualTo("DOWN");
        assertThat(health().path("reason").asString()).contains("refuses the account");
        relay.close();
        relay = Turnserver.start(data, address, port, tlsPort, SECRET);
        assertThat(sent("--relay", "theirs")).startsWith("accepted ");
        assertThat(health().path("status").asString()).isEqualTo("UP");
    }

    private static HttpResponse<String> options(String id, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(hospital.server().address + "/face-auth/sessions/" + id + "/whip"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String sent(String... further) throws Exception {
        return sender.send(hospital, clip, line -> {}, options(further)).getFirst();
    }

    /** Its requests come through a proxy, or they would come from 127.0.0.1. */
    private static String[] options(String... further) {
        List<String> options = new ArrayList<>(List.of("--from", address));
        options.addAll(List.of(further));
        return options.toArray(String[]::new);
    }

    private static JsonNode health() {
        return hospital.server()
                .get("/face-auth/health", "")
                .body()
                .path("video")
                .path("relay");
    }
}
