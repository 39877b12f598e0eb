package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.RunningServer.Answer;
import tools.jackson.databind.JsonNode;

/** A server whose video library is not one: it runs, says why there is no video, and takes single pictures. */
class BrokenVideoTest {
    @TempDir
    Path folder;

    @Test
    void aMalformedLibraryCostsNothingButTheVideo() throws Exception {
        for (String name : List.of("libwebrtc-java-linux-x86_64.so", "libwebrtc-java-linux-aarch64.so")) {
            Files.writeString(folder.resolve(name), "not a library");
        }
        int port = RunningServer.freePort();
        try (ChildServer child = ChildServer.start(
                        List.of(
                                "env",
                                "CLASSPATH=" + folder + File.pathSeparator + System.getProperty("java.class.path")),
                        folder.resolve("site"),
                        "--vultus.web.local-port=" + port,
                        "--vultus.webrtc.enabled=true",
                        "--vultus.programs=" + Path.of("target", "postgresql").toAbsolutePath());
                RunningServer server = RunningServer.elsewhere(URI.create("http://localhost:" + port))) {
            child.ready();
            String admin = server.firstToken("admin", child.oneTimePassword());
            assertThat(server.post("/api/departments", admin, Map.of("code", "icu", "name", "Intensive care"))
                            .status())
                    .isEqualTo(201);

            Answer opened = server.post("/face-auth/sessions", "", Map.of("department", "icu", "username", "ana"));
            String offer = String.join("\r\n", offer()) + "\r\n";
            Answer refused = server.send(
                    "POST",
                    "/face-auth/sessions/" + opened.text("session_id") + "/whip",
                    opened.text("token"),
                    "application/sdp",
                    offer.getBytes(StandardCharsets.US_ASCII));
            assertThat(refused.status()).as("%s", refused.body()).isEqualTo(503);
            assertThat(refused.text("type")).isEqualTo("/problems/video-unavailable");

            JsonNode video = server.get("/face-auth/health", "").body().path("video");
            assertThat(video.path("status").asString()).as("%s", video).isEqualTo("UNAVAILABLE");
            assertThat(video.path("reason").asString())
                    .as("%s", video)
                    .isNotBlank()
                    .doesNotContain("/tmp");
            assertThat(child.output()).contains("Live video is not available");
            try (FaceClient client = FaceClient.connect(server, "/face-auth/icu?username=ana", "")) {
                assertThat(client.next().path("type").asString()).isEqualTo("session");
            }
            assertThat(child.process.isAlive()).isTrue();
        }
    }

    private static List<String> offer() {
        String ice = "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\na=fingerprint:sha-256 "
                + "AB:".repeat(31)
                + "CD\r\na=setup:actpass";
        return List.of(
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "t=0 0",
                "a=group:BUNDLE 0 1",
                "m=video 9 UDP/TLS/RTP/SAVPF 96",
                "c=IN IP4 0.0.0.0",
                ice,
                "a=mid:0",
                "a=sendonly",
                "a=rtcp-mux",
                "a=rtpmap:96 VP8/90000",
                "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
                "c=IN IP4 0.0.0.0",
                ice,
                "a=mid:1",
                "a=sctp-port:5000");
    }
}
