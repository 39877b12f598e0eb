package org.vultus.server.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.RunningServer;
import org.vultus.server.RunningServer.Answer;
import org.vultus.server.oidc.Hospital;

/** The rules of WHIP, broken one by one. Connections that work are tested by a browser and by another library. */
class WhipTest {
    /** Of a hundred that are asked of nobody else here. */
    private static final int FIRST_PORT = 47_100;

    @TempDir
    static Path data;

    private static final long OFFERS = Long.getLong("vultus.webrtc.offers", 150);

    private static Hospital hospital;
    private static RunningServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        hospital = new Hospital(
                data.resolve("vultus"),
                "--vultus.sign-in.requests-per-minute=100000",
                "--vultus.webrtc.enabled=true",
                "--vultus.webrtc.first-port=" + FIRST_PORT,
                "--vultus.webrtc.last-port=" + (FIRST_PORT + 99),
                "--vultus.webrtc.maximum-connections=3");
        server = hospital.server();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        hospital.close();
    }

    /** A session as the answer to its opening names it. */
    private record Session(String id, String token) {
        String whip() {
            return "/face-auth/sessions/" + id + "/whip";
        }
    }

    private static Session open() {
        Answer answer = server.post("/face-auth/sessions", "", Map.of("department", Hospital.DEPARTMENT));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return new Session(answer.text("session_id"), answer.text("token"));
    }

    /** The problem, or the status alone. */
    private static Answer offer(Session session, String token, byte[] sdp) {
        HttpRequest request = HttpRequest.newBuilder(server.address.resolve(session.whip()))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/sdp")
                .POST(HttpRequest.BodyPublishers.ofByteArray(sdp))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.statusCode() == 201
                            ? RunningServer.JSON.createObjectNode()
                            : RunningServer.JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> send(
            String method, Session session, String contentType, String ifMatch, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address.resolve(session.whip()))
                .header("Authorization", "Bearer " + session.token())
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!ifMatch.isEmpty()) {
            request.header("If-Match", ifMatch);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void end(Session session) {
        assertThat(server.delete(session.whip(), session.token()).status()).isEqualTo(200);
    }

    private static int connections() {
        return server.get("/face-auth/health", "")
                .body()
                .path("video")
                .path("connections")
                .asInt();
    }

    @Test
    void anOfferIsAnsweredOnceAndTheAnswerNamesOneAddress() throws Exception {
        Session session = open();
        HttpResponse<String> answer = send("POST", session, "application/sdp", "", SdpOfferTest.OFFER);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/sdp");
        assertThat(URI.create(answer.headers().firstValue("Location").orElseThrow())
                        .getPath())
                .isEqualTo(session.whip());
        String etag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(answer.body()).startsWith("v=0\r\n").contains("a=recvonly", "webrtc-datachannel", "VP8/90000");
        assertThat(answer.body().lines().filter(line -> line.startsWith("a=candidate:")))
                .isNotEmpty()
                .allMatch(line -> line.contains(" udp ") && line.contains(" 127.0.0.1 ") && line.endsWith(" typ host"));
        assertThat(answer.body().lines().filter(line -> line.startsWith("a=candidate:")))
                .allSatisfy(line ->
                        assertThat(Integer.parseInt(line.split(" ")[5])).isBetween(FIRST_PORT, FIRST_PORT + 99));
        SignedJWT signed = SignedJWT.parse(
                answer.headers().firstValue(WhipController.FINGERPRINT).orElseThrow());
        JWKSet keys = JWKSet.load(server.address.resolve("/oauth2/jwks").toURL());
        assertThat(signed.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(signed.getHeader().getKeyID()).toECKey())))
                .isTrue();
        assertThat(signed.getJWTClaimsSet().getJWTID()).isEqualTo(session.id());
        assertThat(answer.body())
                .contains("a=fingerprint:" + signed.getJWTClaimsSet().getStringClaim("fingerprint"));

        assertThat(offer(session, session.token(), bytes(SdpOfferTest.OFFER)).text("type"))
                .isEqualTo("/problems/session-over");
        assertThat(server.send(
                                "POST",
                                "/face-auth/sessions/" + session.id() + "/frames",
                                session.token(),
                                "image/jpeg",
                                new byte[9])
                        .text("type"))
                .isEqualTo("/problems/session-over");

        String fragment = "a=ice-ufrag:EsAw\r\na=candidate:1 1 udp 5 127.0.0.1 5000 typ host\r\n";
        assertThat(trickle(session, etag, fragment)).isEqualTo(204);
        assertThat(trickle(session, "\"another\"", fragment)).isEqualTo(412);
        assertThat(trickle(session, etag, "a=ice-ufrag:restart\r\n")).isEqualTo(422);
        assertThat(trickle(session, etag, "?")).isEqualTo(400);
        end(session);
        assertThat(trickle(session, etag, fragment)).isEqualTo(410);
        end(session);
    }

    private static int trickle(Session session, String etag, String fragment) throws Exception {
        return send("PATCH", session, "application/trickle-ice-sdpfrag", etag, fragment)
                .statusCode();
    }

    @Test
    void othersMayNotAndOtherThingsAreNotTaken() throws Exception {
        Session session = open();
        byte[] sdp = bytes(SdpOfferTest.OFFER);
        assertThat(offer(session, "wrong", sdp).text("type")).isEqualTo("/problems/session-over");
        assertThat(offer(new Session("0b5e8f46-7ad6-4b93-93b1-0d2f6cbbf6a1", ""), session.token(), sdp)
                        .status())
                .isEqualTo(410);
        assertThat(send("POST", session, "text/plain", "", SdpOfferTest.OFFER).statusCode())
                .isEqualTo(415);
        assertThat(offer(session, session.token(), bytes("hello")).text("type")).isEqualTo("/problems/bad-request");
        assertThat(offer(session, session.token(), new byte[0]).text("type")).isEqualTo("/problems/bad-request");
        Answer audio = offer(session, session.token(), bytes(SdpOfferTest.OFFER.replace("m=video", "m=audio")));
        assertThat(audio.text("type")).isEqualTo("/problems/offer-unusable");
        assertThat(audio.text("detail")).contains("no audio");
        // Nothing of it used the session up.
        assertThat(offer(session, session.token(), sdp).status()).isEqualTo(201);
        end(session);
    }

    /** A client that gives video up before it is connected has nothing else to end. */
    @Test
    void aSessionThatWasNeverConnectedIsEndedByItsClient() {
        Session session = open();
        String address = "/face-auth/sessions/" + session.id();
        int before = sessions();
        assertThat(server.delete(address, "wrong").text("type")).isEqualTo("/problems/session-over");
        assertThat(server.delete(address, "").status()).isEqualTo(410);
        assertThat(sessions()).isEqualTo(before);
        assertThat(server.delete(address, session.token()).status()).isEqualTo(204);
        assertThat(sessions()).isEqualTo(before - 1);
        assertThat(server.delete(address, session.token()).text("type")).isEqualTo("/problems/session-over");
        assertThat(offer(session, session.token(), bytes(SdpOfferTest.OFFER)).status())
                .isEqualTo(410);
    }

    private static int sessions() {
        return server.get("/face-auth/health", "")
                .body()
                .path("active_connections")
                .asInt();
    }

    /** Two offers for one session at once: one is answered. */
    @Test
    void ofTwoOffersAtOnceOneIsTaken() throws Exception {
        Session session = open();
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> answers = both.invokeAll(Collections.nCopies(
                    2,
                    () -> offer(session, session.token(), bytes(SdpOfferTest.OFFER))
                            .status()));
            assertThat(List.of(answers.get(0).get(), answers.get(1).get())).containsExactlyInAnyOrder(201, 410);
        }
        end(session);
        assertThat(connections()).isZero();
    }

    /** The track is of whoever opened the session: the token that only they have; another's opens nothing. */
    @Test
    void theTokenOfAnotherSessionConnectsNothing() {
        Session one = open();
        Session other = open();
        assertThat(offer(one, other.token(), bytes(SdpOfferTest.OFFER)).status())
                .isEqualTo(410);
        assertThat(server.delete(one.whip(), other.token()).status()).isEqualTo(200);
        assertThat(offer(one, one.token(), bytes(SdpOfferTest.OFFER)).status()).isEqualTo(201);
        assertThat(server.delete(one.whip(), other.token()).status()).isEqualTo(200);
        assertThat(connections()).isEqualTo(1);
        end(one);
        end(other);
    }

    @Test
    void thereIsAMaximum() {
        Session[] sessions = {open(), open(), open(), open()};
        for (int i = 0; i < 3; i++) {
            assertThat(offer(sessions[i], sessions[i].token(), bytes(SdpOfferTest.OFFER))
                            .status())
                    .isEqualTo(201);
        }
        assertThat(offer(sessions[3], sessions[3].token(), bytes(SdpOfferTest.OFFER))
                        .text("type"))
                .isEqualTo("/problems/busy");
        assertThat(server.get("/face-auth/health", "")
                        .body()
                        .path("video")
                        .path("status")
                        .asString())
                .isEqualTo("FULL");
        end(sessions[0]);
        assertThat(offer(sessions[3], sessions[3].token(), bytes(SdpOfferTest.OFFER))
                        .status())
                .isEqualTo(201);
        for (Session session : sessions) {
            end(session);
        }
        assertThat(connections()).isZero();
    }

    /** What the parser here lets through reaches the library: the process must live on. */
    @Test
    void whateverIsOfferedTheServerLivesOn() {
        int taken = 0;
        for (long seed = 0; seed < OFFERS; seed++) {
            Session session = open();
            Answer answer = offer(session, session.token(), SdpOfferTest.mutated(seed));
            assertThat(answer.status()).as("seed %d: %s", seed, answer.body()).isIn(201, 400, 422);
            taken += answer.status() == 201 ? 1 : 0;
            end(session);
        }
        assertThat(taken).isPositive();
        assertThat(connections()).isZero();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
