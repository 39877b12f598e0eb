package org.vultus.server.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who comes to a server that {@link Prepare} starts for the JVM to learn from: an administrator with a password, and cameras that
 * show a drawing of nobody. Nobody is let in by face, because a build has none; all else of a sign-in happens.
 */
final class FirstVisitors {
    // With these the first round of sign-ins after a start is an eighth shorter (docs/results/load.md). Others were not
    // tried.
    private static final int TOKENS = 20;
    private static final int CAMERAS = 5;
    private static final int ROUNDS = 2;

    /** A round takes a few seconds; one that takes so long means that the server hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI server;
    private final String department;
    private final byte[] drawing;

    /** @param drawing JPEG */
    FirstVisitors(URI server, String department, byte[] drawing) {
        this.server = server;
        this.department = department;
        this.drawing = drawing;
    }

    /** @param oneTime serves to choose a password of the administrator's own */
    void administrator(String user, String oneTime) throws IOException {
        String password = "chosen " + oneTime;
        HttpRequest choice = HttpRequest.newBuilder(server.resolve("/api/account/password"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"username\": \"%s\", \"current_password\": \"%s\", \"new_password\": \"%s\"}"
                                .formatted(user, oneTime, password)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(choice, HttpResponse.BodyHandlers.discarding());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        try (ServerConnection connection =
                new ServerConnection(server, user, password.toCharArray(), Optional.empty(), Clock.systemUTC())) {
            for (int i = 0; i < TOKENS; i++) {
                connection.signIn();
                connection.get("/api/me", JsonNode.class);
            }
        }
    }

    /** @param user whom they claim to be: face alone is not enough where nobody is enrolled */
    void cameras(String user) throws IOException {
        URI socket = URI.create(
                server.toString().replaceFirst("^http", "ws") + "/face-auth/" + department + "?username=" + user);
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int round = 0; round < ROUNDS; round++) {
                CompletableFuture.allOf(IntStream.range(0, CAMERAS)
                                .mapToObj(i -> visit(http, socket))
                                .toArray(CompletableFuture<?>[]::new))
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("a camera was not answered", e);
        }
    }

    private CompletableFuture<Void> visit(HttpClient http, URI socket) {
        Camera camera = new Camera();
        return http.newWebSocketBuilder().buildAsync(socket, camera).thenCompose(opened -> camera.gone);
    }

    /** Shows the drawing again each time something is said, and goes when it is refused or has seen enough. */
    private final class Camera implements WebSocket.Listener {
        private static final int FRAMES = 10;

        private final CompletableFuture<Void> gone = new CompletableFuture<>();
        private int shown;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            if (last && shown++ < FRAMES) {
                var unused = socket.sendBinary(ByteBuffer.wrap(drawing), true).whenComplete((sent, failure) -> {
                    if (failure != null) {
                        gone.complete(null);
                    }
                });
            } else if (last) {
                socket.abort();
                gone.complete(null);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            gone.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            gone.completeExceptionally(error);
        }
    }
}
