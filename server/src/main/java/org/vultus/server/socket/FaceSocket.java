package org.vultus.server.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.vultus.access.signin.FaceAttempt;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.match.GalleryUnavailable;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket of a face session: binary frames in, JSON messages out, closed when it is decided. */
public final class FaceSocket extends AbstractWebSocketHandler {
    /** Private close codes (RFC 6455, 7.4.2), after the HTTP codes that mean the same. */
    static final CloseStatus NOT_RECOGNISED = new CloseStatus(4401, "not recognised; use the password");

    static final CloseStatus NOT_AVAILABLE = new CloseStatus(4403, "not available; use the password");
    static final CloseStatus EXPIRED = new CloseStatus(4408, "expired; use the password");
    static final CloseStatus TOO_FAST = new CloseStatus(4429, "too many frames; use the password");

    private static final Logger LOG = LoggerFactory.getLogger(FaceSocket.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SEND_TIME_LIMIT_MS = 5_000;
    private static final int SEND_BUFFER_BYTES = 64_000;

    /** A camera gives 30 frames a second; bursts come from a network that hung. */
    private static final int FRAMES_PER_SECOND = 60;

    /** One about the camera and a few about scripts. */
    private static final int MOST_TEXTS = 20;

    /** A camera's frame; a photo that is enrolled may be larger. */
    private static final int MOST_FRAME_BYTES = 3_000_000;

    /** What all frames that are still arriving may hold together. A frame arrives within a moment, so few do at one time. */
    private static final long MOST_ARRIVING_BYTES = 64_000_000;

    /** A buffer of no more than this is kept for the next frame. */
    private static final int KEPT_BYTES = 256_000;

    private static final String STATE = "vultus.state";
    public static final String ADDRESS = "vultus.address";
    public static final String ISSUER = "vultus.issuer";

    /** What the application asks of a face to which the person signs in. */
    public static final String LIVENESS = "vultus.liveness";

    private final Door door;
    private final FaceSessions sessions;
    private final JsonMapper json;
    private final AtomicLong arriving = new AtomicLong();

    public FaceSocket(Door door, FaceSessions sessions, JsonMapper json) {
        this.door = door;
        this.sessions = sessions;
        this.json = json;
    }

    /** What one connection keeps; used by the connection's reading thread, one message at a time. */
    private static final class State {
        final FaceSessions.Open session;
        byte[] frame = new byte[0];
        int length;
        long second;
        int framesThisSecond;
        int texts;

        State(FaceSessions.Open session) {
            this.session = session;
        }
    }

    /** Frames come in pieces, so that no connection needs a buffer for the largest frame. */
    @Override
    public boolean supportsPartialMessages() {
        return true;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession raw) throws IOException {
        WebSocketSession socket = new ConcurrentWebSocketSessionDecorator(raw, SEND_TIME_LIMIT_MS, SEND_BUFFER_BYTES);
        if (!sessions.hasRoom()) {
            end(socket, Message.Result.busy(), CloseStatus.SERVICE_OVERLOAD);
            return;
        }
        Door.Entry entry;
        try {
            entry = door.enter(socket, message -> say(socket, message));
        } catch (GalleryUnavailable e) {
            end(socket, Message.Result.noSearch(), NOT_AVAILABLE);
            return;
        } catch (RuntimeException e) {
            LOG.error("A face session could not be opened: {}", e.getMessage());
            end(socket, Message.Result.fault(), CloseStatus.SERVER_ERROR);
            return;
        }
        switch (entry) {
            case Door.Entry.Refused(Message.Result result) -> end(socket, result, NOT_AVAILABLE);
            case Door.Entry.Opened(FaceSessions.Open session, FaceAttempt attempt) -> {
                byte[] nonce = new byte[16];
                RANDOM.nextBytes(nonce);
                raw.getAttributes().put(STATE, new State(session));
                say(
                        socket,
                        Message.SessionOpened.of(
                                attempt, Base64.getUrlEncoder().withoutPadding().encodeToString(nonce), null));
            }
        }
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession socket, BinaryMessage message) throws IOException {
        State state = (State) socket.getAttributes().get(STATE);
        if (state == null) {
            return;
        }
        ByteBuffer piece = message.getPayload();
        int length = piece.remaining();
        if (state.length + length > MOST_FRAME_BYTES) {
            wipe(state);
            socket.close(CloseStatus.TOO_BIG_TO_PROCESS);
            return;
        }
        if (arriving.addAndGet(length) > MOST_ARRIVING_BYTES) {
            arriving.addAndGet(-length);
            wipe(state);
            socket.close(CloseStatus.SERVICE_OVERLOAD);
            return;
        }
        if (state.length + length > state.frame.length) {
            byte[] larger = Arrays.copyOf(state.frame, Math.max(2 * state.frame.length, state.length + length));
            Arrays.fill(state.frame, (byte) 0);
            state.frame = larger;
        }
        piece.get(state.frame, state.length, length);
        state.length += length;
        if (message.isLast()) {
            byte[] frame = Arrays.copyOf(state.frame, state.length);
            wipe(state);
            if (tooFast(state)) {
                Arrays.fill(frame, (byte) 0);
                socket.close(TOO_FAST);
                return;
            }
            state.session.frame(new CapturedSample(frame));
        }
    }

    /** Text that is none of the known messages ends the connection: whoever sends it speaks another protocol. */
    @Override
    protected void handleTextMessage(WebSocketSession socket, TextMessage message) throws IOException {
        State state = (State) socket.getAttributes().get(STATE);
        Optional<ClientMessage> known =
                message.isLast() ? ClientMessage.parse(json, message.getPayload()) : Optional.empty();
        if (state == null || known.isEmpty() || ++state.texts > MOST_TEXTS) {
            socket.close(CloseStatus.NOT_ACCEPTABLE.withReason("send frames as binary messages"));
            return;
        }
        state.session.hear(known.get());
    }

    @Override
    public void handleTransportError(WebSocketSession socket, Throwable e) {
        LOG.debug("A connection broke: {}", e.getMessage());
    }

    @Override
    public void afterConnectionClosed(WebSocketSession socket, CloseStatus status) {
        State state = (State) socket.getAttributes().remove(STATE);
        if (state != null) {
            wipe(state);
            state.session.end();
        }
    }

    private static boolean tooFast(State state) {
        long second = System.nanoTime() / 1_000_000_000L;
        if (second != state.second) {
            state.second = second;
            state.framesThisSecond = 0;
        }
        return ++state.framesThisSecond > FRAMES_PER_SECOND;
    }

    private void wipe(State state) {
        Arrays.fill(state.frame, 0, state.length, (byte) 0);
        if (state.frame.length > KEPT_BYTES) {
            state.frame = new byte[0];
        }
        arriving.addAndGet(-state.length);
        state.length = 0;
    }

    private void say(WebSocketSession socket, Message message) {
        try {
            send(socket, message);
            @Nullable CloseStatus status = statusAfter(message);
            if (status != null) {
                socket.close(status);
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("A client did not hear its answer: {}", e.getMessage());
        }
    }

    private void end(WebSocketSession socket, Message.Result last, CloseStatus status) throws IOException {
        send(socket, last);
        socket.close(status);
    }

    private void send(WebSocketSession socket, Message message) throws IOException {
        if (socket.isOpen()) {
            socket.sendMessage(new TextMessage(json.writeValueAsBytes(message)));
        }
    }

    private static @Nullable CloseStatus statusAfter(Message message) {
        return switch (message) {
            case Message.SessionOpened _, Message.Feedback _, Message.BusyFeedback _, Message.NewScript _ -> null;
            case Message.Complete _, Message.Greets _ -> CloseStatus.NORMAL;
            case Message.Result result ->
                switch (String.valueOf(result.reason())) {
                    case "null" -> null;
                    case "EXPIRED" -> EXPIRED;
                    case "NOT_RECOGNISED" -> NOT_RECOGNISED;
                    case "FAULT" -> CloseStatus.SERVER_ERROR;
                    case "BUSY" -> CloseStatus.SERVICE_OVERLOAD;
                    default -> NOT_AVAILABLE;
                };
        };
    }
}
