package org.vultus.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import tools.jackson.databind.JsonNode;

/** Requests that Tomcat refuses before a filter or a controller sees them, byte for byte as broken clients send them. */
class EarlyRefusalTest {
    @TempDir
    static Path data;

    @AutoClose
    private static RunningServer server;

    private record Answer(int status, Map<String, String> headers, String body) {
        JsonNode json() {
            return RunningServer.JSON.readTree(body);
        }
    }

    @BeforeAll
    static void start() {
        server = RunningServer.start(data);
    }

    private static String get(String address, String... headers) {
        return "GET " + address + " HTTP/1.1\r\nHost: localhost\r\n"
                + Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining())
                + "Connection: close\r\n\r\n";
    }

    private static Answer sent(String request) throws IOException {
        try (Socket socket = new Socket("localhost", server.address.getPort())) {
            return sent(socket, request);
        }
    }

    private static Answer sent(Socket socket, String request) throws IOException {
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        String head = all.substring(0, all.indexOf("\r\n\r\n"));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        head.lines().skip(1).forEach(line -> headers.put(line.split(": ", 2)[0], line.split(": ", 2)[1]));
        return new Answer(Integer.parseInt(head.split(" ")[1]), headers, all.substring(head.length() + 4));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("an encoded slash", get("/api/subjects/a%2Fb"), 400),
                Arguments.of("an encoded backslash", get("/api/subjects/a%5Cb"), 400),
                Arguments.of("NUL", get("/api/subjects/a%00b"), 400),
                Arguments.of("half an encoding", get("/api/subjects/a%2"), 400),
                Arguments.of("no UTF-8", get("/api/subjects/%C3%28"), 400),
                Arguments.of("out of the root", get("/../etc/passwd"), 400),
                Arguments.of("a character to encode", get("/api/subjects?query={a}"), 400),
                Arguments.of("a long address", get("/" + "a".repeat(20_000)), 400),
                Arguments.of("a long header", get("/", "X-Long: " + "a".repeat(20_000)), 400),
                Arguments.of("many headers", get("/", "A: b\r\n".repeat(200) + "C: d"), 400),
                Arguments.of("a header without a name", get("/", ": a"), 400),
                Arguments.of("a header with NUL", get("/", "A: b\0c"), 400),
                Arguments.of("two hosts", get("/", "Host: other"), 400),
                Arguments.of("no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
                Arguments.of("a wrong host", "GET / HTTP/1.1\r\nHost: a_b:x\r\nConnection: close\r\n\r\n", 400),
                Arguments.of("no such method", "G{T / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400),
                Arguments.of("no HTTP", "hello\r\n\r\n", 400),
                Arguments.of("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n", 400),
                Arguments.of("no such version", "GET / HTTP/3.7\r\nHost: localhost\r\n\r\n", 505),
                Arguments.of("no such transfer", get("/", "Transfer-Encoding: parcel"), 501),
                Arguments.of("a length that is none", get("/", "Content-Length: few"), 400),
                Arguments.of("two lengths", get("/", "Content-Length: 1", "Content-Length: 2"), 400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String what, String request, int status) throws IOException {
        Answer answer = sent(request);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().get("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body()).doesNotContainIgnoringCase("tomcat", "apache", "exception", "<html", "aaaa");
        JsonNode problem = answer.json();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotEmpty();
        assertThat(problem.path("detail").asString()).endsWith("see /api-docs.");
        assertThat(problem.path("type").asString("")).isEqualTo(status == 400 ? "/problems/bad-request" : "");
    }

    /** Those that a controller's answer has, with the same values. */
    @Test
    void theHeadersAreThoseOfEveryAnswer() throws IOException {
        Answer early = sent(get("/api/subjects/a%2Fb"));
        Answer usual = sent(get("/nothing"));
        assertThat(usual.status()).isEqualTo(404);
        assertThat(guarding(early)).isEqualTo(guarding(usual)).hasSizeGreaterThan(7);
        assertThat(early.headers().keySet()).doesNotContain("Server", "X-Powered-By");
    }

    @Test
    void overTlsBrowsersAreToldToStayThere() throws Exception {
        int port = ((WebServerApplicationContext) Objects.requireNonNull(server.context))
                .getWebServer()
                .getPort();
        SSLContext context = RunningServer.trusting(data.resolve("tls/certificate.pem"));
        try (Socket socket = context.getSocketFactory().createSocket("localhost", port)) {
            Answer answer = sent(socket, get("/a%2Fb"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.headers().get("Strict-Transport-Security")).startsWith("max-age=");
        }
    }

    private static Map<String, String> guarding(Answer answer) {
        Map<String, String> headers = new TreeMap<>(answer.headers());
        headers.keySet()
                .removeAll(Set.of(
                        "Content-Type", "Content-Length", "Transfer-Encoding", "Date", "Connection", "Set-Cookie"));
        return headers;
    }
}
