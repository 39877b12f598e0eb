package org.vultus.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vultus.biometrics.image.Region;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;

/** What keeps {@code vultus load} from its work is one sentence, said before anybody tries to sign in. */
class LoadTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private String address;
    private String departments = "[{\"code\":\"icu\",\"name\":\"ICU\",\"identification\":true}]";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/face-auth/departments", exchange -> {
            byte[] body = departments.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aDepartmentThatThereIsNot() {
        assertRefused("the server has no department er/1; --prepare makes it", "er/1", "--demo", "--server", address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>It works</html>", "{}", ""})
    void anotherServer(String answer) {
        departments = answer;
        assertRefused("what answers at " + address + " is no Vultus server", "icu", "--demo", "--server", address);
    }

    @Test
    void noHttpThere() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUp(other));
            String there = "http://127.0.0.1:" + other.getLocalPort();
            assertRefused("there is no server at " + there, "icu", "--demo", "--server", there);
        }
    }

    /** On whoever calls; a client calls again. */
    private static void hangUp(ServerSocket socket) {
        try {
            while (true) {
                socket.accept().close();
            }
        } catch (SocketException e) {
            // The test is over.
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void framesThatShowNobody() throws IOException {
        Files.createDirectories(folder.resolve("ann"));
        Files.write(folder.resolve("ann/a.jpg"), Capture.WEBCAM.of(DemoPhotos.bytes(1), new Region(0, 0, 5, 5)));
        Files.writeString(folder.resolve("ann/b.jpg"), "This is a text and no photo.");
        assertRefused(
                "no frame in " + folder.resolve("ann") + " shows a face",
                "icu",
                "--frames",
                folder,
                "--server",
                address);
    }

    private static void assertRefused(String because, String department, Object... further) {
        Object[] arguments = new Object[further.length + 3];
        arguments[0] = "load";
        arguments[1] = "--department";
        arguments[2] = department;
        System.arraycopy(further, 0, arguments, 3, further.length);
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().startsWith("vultus: " + because);
    }
}
