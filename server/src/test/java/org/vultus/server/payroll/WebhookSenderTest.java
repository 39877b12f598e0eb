package org.vultus.server.payroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSenderTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private final WebhookSender sender =
            new WebhookSender((SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofMillis(300));

    /** The example of the Standard Webhooks specification. */
    @Test
    void signsAsTheSpecificationDoes() {
        assertThat(WebhookSender.signature(
                        SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    private int send(ServerSocket server) throws IOException {
        URI uri = URI.create("http://receiver.test:" + server.getLocalPort() + "/in?x=1");
        return sender.send(new WebhookTarget(uri, InetAddress.getLoopbackAddress()), SECRET, "id", 7, "{\"ã\":1}");
    }

    private static Future<String> answer(ServerSocket server, String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                byte[] bytes = new byte[4_000];
                int length = 0;
                while (!new String(bytes, 0, length, StandardCharsets.UTF_8).endsWith("}")) {
                    length += in.read(bytes, length, bytes.length - length);
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                if (answer.isEmpty()) {
                    // Until the sender has lost its patience.
                    in.read();
                }
                return new String(bytes, 0, length, StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "";
            }
        });
    }

    @Test
    void sendsTheSignedBodyOnceAndReadsTheStatusOnly() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<String> request = answer(
                    server, "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n" + "x".repeat(100_000));
            assertThat(send(server)).isEqualTo(302);
            assertThat(request.get())
                    .startsWith("POST /in?x=1 HTTP/1.1\r\nHost: receiver.test:" + server.getLocalPort() + "\r\n")
                    .contains(
                            "Content-Length: 8\r\n",
                            "webhook-id: id\r\n",
                            "webhook-timestamp: 7\r\n",
                            "webhook-signature: " + WebhookSender.signature(SECRET, "id", 7, "{\"ã\":1}") + "\r\n")
                    .endsWith("\r\n\r\n{\"ã\":1}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH\r\n", "HTTP/2 200\r\n", "HTTP/1.1 999 x\r\n"})
    void whatIsNotHttpIsAFailure(String answer) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<String> request = answer(server, answer);
            assertThatThrownBy(() -> send(server))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not HTTP");
            assertThat(request.get()).startsWith("POST ");
        }
    }

    @Test
    void aReceiverThatSaysNothingIsLeft() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<String> request = answer(server, "");
            assertThatThrownBy(() -> send(server)).isInstanceOf(SocketTimeoutException.class);
            assertThat(request.get()).startsWith("POST ");
        }
    }

    @Test
    void waitsLongerEachTimeWithAShareOfChance() {
        assertThat(WebhookCourier.pause(1, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(WebhookCourier.pause(2, 0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(WebhookCourier.pause(2, 1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(WebhookCourier.pause(50, 0)).isEqualTo(Duration.ofHours(6));
    }
}
