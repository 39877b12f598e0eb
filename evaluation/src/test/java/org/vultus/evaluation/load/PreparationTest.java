package org.vultus.evaluation.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;
import org.vultus.evaluation.protocol.UserError;

/** The password comes from the environment, which a test cannot set. */
class PreparationTest {
    @Test
    void aWrongPasswordIsSaidInTheServersWords() throws IOException {
        refused(
                401,
                "{\"type\":\"/problems/bad-credentials\",\"detail\":\"Both must be right.\"}",
                "the server does not let admin in: Both must be right.");
    }

    @Test
    void anotherServerIsSaidToBeNone() throws IOException {
        refused(404, "<html>Not Found</html>", "is no Vultus server");
    }

    private static void refused(int status, String answer, String said) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            assertThatThrownBy(() -> new Preparation(http, address, "admin", "wrong"))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(said);
        } finally {
            server.stop(0);
        }
    }
}
