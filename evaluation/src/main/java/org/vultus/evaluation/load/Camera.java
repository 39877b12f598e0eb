package org.vultus.evaluation.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vultus.testkit.Grain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One person before one camera: connects, sends frames at a steady rate or as the pages do, and waits for the decision. A frame
 * whose time comes while the one before it is still on its way is left out, as a camera does.
 */
final class Camera implements WebSocket.Listener {
    private static final JsonMapper JSON = new JsonMapper();

    /** How often the pages look whether the next frame may go, and how long they wait for an answer to the last. */
    private static final long PAGES_LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(40);

    private static final long PAGES_PATIENCE = TimeUnit.SECONDS.toNanos(1);

    /** What became of the attempt. */
    enum Outcome {
        ACCEPTED,
        REFUSED,
        /** Turned away because too many are there. */
        BUSY,
        /** The connection broke, or no decision came in time. */
        LOST
    }

    /**
     * @param reason what the server, or the connection, says of it
     * @param nanos from the start of the connection
     * @param framesSent how many frames went out
     * @param framesAnswered how many of them the server looked at
     * @param toldToWait how often the server said how many are before
     */
    record Attempt(Outcome outcome, String reason, long nanos, int framesSent, int framesAnswered, int toldToWait) {}

    private final CompletableFuture<Attempt> result = new CompletableFuture<>();
    private final List<byte[]> frames;
    private final Rate rate;
    private final ScheduledExecutorService timer;
    private final long start = System.nanoTime();
    private final StringBuilder text = new StringBuilder();
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private @Nullable ScheduledFuture<?> ticks;
    private @Nullable WebSocket socket;
    private int sent;
    private int answered;
    private int waits;
    private long sentAt;
    private volatile boolean unanswered;

    /**
     * How frames follow one another.
     *
     * @param framesPerSecond at most
     * @param paced the next only when the last was answered or nothing was heard of it for a second, as the pages do
     */
    record Rate(double framesPerSecond, boolean paced) {
        private long nanos() {
            return (long) (1e9 / framesPerSecond);
        }
    }

    private Camera(List<byte[]> frames, Rate rate, ScheduledExecutorService timer) {
        this.frames = frames;
        this.rate = rate;
        this.timer = timer;
    }

    /** @param patienceSeconds after which an attempt without a decision counts as lost */
    static CompletableFuture<Attempt> signIn(
            HttpClient http,
            URI socket,
            List<byte[]> frames,
            Rate rate,
            ScheduledExecutorService timer,
            long patienceSeconds) {
        Camera camera = new Camera(frames, rate, timer);
        CompletableFuture<Attempt> ended = camera.result
                .completeOnTimeout(
                        new Attempt(Outcome.LOST, "no decision", TimeUnit.SECONDS.toNanos(patienceSeconds), 0, 0, 0),
                        patienceSeconds,
                        TimeUnit.SECONDS)
                .whenComplete((attempt, failure) -> camera.stop());
        var unused = http.newWebSocketBuilder().buildAsync(socket, camera).exceptionally(failure -> {
            camera.couldNotConnect(failure);
            return null;
        });
        return ended;
    }

    private void couldNotConnect(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        int status =
                cause instanceof WebSocketHandshakeException e ? e.getResponse().statusCode() : 0;
        decided(
                status == 429 || status == 503 ? Outcome.BUSY : Outcome.LOST,
                status == 0 ? "not connected: " + cause.getMessage() : "HTTP " + status);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            JsonNode message = JSON.readTree(text.toString());
            text.setLength(0);
            heard(socket, message);
        }
        socket.request(1);
        return null;
    }

    private void heard(WebSocket socket, JsonNode message) {
        switch (message.path("type").asString()) {
            case "session" -> start(socket);
            case "feedback" -> {
                if (message.has("busy")) {
                    waits++;
                } else {
                    answered++;
                    unanswered = false;
                }
            }
            case "result" -> {
                String reason = message.path("reason").asString("");
                if (message.path("outcome").asString().equals("refused")) {
                    decided(reason.equals("BUSY") ? Outcome.BUSY : Outcome.REFUSED, reason);
                }
            }
            case "authentication_complete" -> {
                answered++;
                decided(Outcome.ACCEPTED, "");
            }
            default -> decided(Outcome.LOST, "the server says " + message);
        }
    }

    @Override
    public synchronized void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(1);
    }

    private synchronized void start(WebSocket socket) {
        if (!result.isDone()) {
            long every = rate.paced() ? PAGES_LOOK_EVERY : rate.nanos();
            ticks = timer.scheduleAtFixedRate(() -> frame(socket), 0, every, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void stop() {
        if (ticks != null) {
            ticks.cancel(false);
        }
        if (socket != null) {
            socket.abort();
        }
    }

    private void frame(WebSocket socket) {
        if (rate.paced() && sent > 0 && System.nanoTime() - sentAt < (unanswered ? PAGES_PATIENCE : rate.nanos())) {
            return;
        }
        if (sending.isDone() && !socket.isOutputClosed()) {
            sentAt = System.nanoTime();
            unanswered = true;
            sending = socket.sendBinary(ByteBuffer.wrap(Grain.of(frames.get(sent++ % frames.size()))), true)
                    .exceptionally(closed -> socket);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        decided(Outcome.LOST, "closed with " + code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        decided(Outcome.LOST, String.valueOf(error.getMessage()));
    }

    /** The first word counts. */
    private void decided(Outcome outcome, String reason) {
        result.complete(new Attempt(outcome, reason, System.nanoTime() - start, sent, answered, waits));
    }
}
