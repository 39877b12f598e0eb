package org.vultus.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.vultus.testkit.Grain;
import tools.jackson.databind.JsonNode;

/** A client of {@code WS /face-auth/{department}} and {@code WS /recognize/live}. */
final class FaceClient implements AutoCloseable {
    private static final int CLOSED = -1;

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    /** What a session came to: its messages, and the code it was closed with. */
    record Ended(List<JsonNode> messages, int closeCode) {
        JsonNode last() {
            return messages.getLast();
        }

        JsonNode of(String type) {
            return messages.stream()
                    .filter(m -> m.path("type").asString().equals(type))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no message " + type + " in " + messages));
        }
    }

    private FaceClient(HttpClient http, URI address, String origin, String kiosk) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (!kiosk.isEmpty()) {
            builder.subprotocols("vultus-kiosk", kiosk);
        }
        if (!origin.isEmpty()) {
            builder.header("Origin", origin);
        }
        this.socket = builder.buildAsync(address, new Listener()).join();
    }

    static FaceClient connect(RunningServer server, String pathAndQuery, String origin) {
        URI address = URI.create("ws://localhost:" + server.address.getPort() + pathAndQuery);
        return new FaceClient(server.http, address, origin, "");
    }

    /** A kiosk's connection, as a page makes it: with the credential beside the protocol. */
    static FaceClient kiosk(RunningServer server, String credential) {
        URI address = URI.create("ws://localhost:" + server.address.getPort() + "/recognize/live");
        return new FaceClient(server.http, address, "", credential);
    }

    /** Sends frames, each after the answer to the last, until the session ends. */
    static Ended signIn(RunningServer server, String pathAndQuery, List<byte[]> frames) throws Exception {
        try (FaceClient client = connect(server, pathAndQuery, "")) {
            List<JsonNode> heard = new ArrayList<>();
            int next = 0;
            while (true) {
                JsonNode message = client.next();
                if (message.has("close_code")) {
                    return new Ended(heard, message.path("close_code").asInt());
                }
                heard.add(message);
                boolean wants = message.path("type").asString().equals("session")
                        || (message.path("type").asString().equals("feedback") && !message.has("busy"));
                if (wants) {
                    client.send(Grain.of(frames.get(next++ % frames.size())));
                }
            }
        }
    }

    JsonNode next() throws InterruptedException {
        JsonNode message = messages.poll(60, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("the server says nothing");
        }
        return message;
    }

    void send(byte[] frame) {
        socket.sendBinary(ByteBuffer.wrap(frame), true).join();
    }

    void say(String text) {
        socket.sendText(text, true).join();
    }

    WebSocket socket() {
        return socket;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(RunningServer.JSON.readTree(text.toString()));
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            messages.add(RunningServer.JSON.createObjectNode().put("close_code", statusCode));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            messages.add(RunningServer.JSON.createObjectNode().put("close_code", CLOSED));
        }
    }
}
