package org.vultus.server.attendance;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.WebSocketSession;
import org.vultus.access.audit.Actor;
import org.vultus.access.presence.FaceRecognition;
import org.vultus.access.presence.Present;
import org.vultus.access.signin.FaceAttempt;
import org.vultus.access.signin.Opening;
import org.vultus.access.signin.SignInRefusal;
import org.vultus.attendance.clock.TimeClock;
import org.vultus.attendance.kiosk.Kiosk;
import org.vultus.server.socket.Door;
import org.vultus.server.socket.FaceSessions;
import org.vultus.server.socket.FaceSocket;
import org.vultus.server.socket.Message;

/**
 * {@code WS /recognize/live}: a registered kiosk's session under the strictest policy of liveness of its departments; whoever is
 * recognised has punched.
 */
public final class KioskDoor implements Door {
    /** The attribute of a connection that holds the {@link Kiosk}, from the handshake's request. */
    public static final String KIOSK = KioskGate.KIOSK;

    private final FaceRecognition faces;
    private final TimeClock clock;
    private final FaceSessions sessions;

    public KioskDoor(FaceRecognition faces, TimeClock clock, FaceSessions sessions) {
        this.faces = faces;
        this.clock = clock;
        this.sessions = sessions;
    }

    @Override
    public Entry enter(WebSocketSession socket, Consumer<Message> listener) {
        Kiosk kiosk = (Kiosk) Objects.requireNonNull(socket.getAttributes().get(KIOSK), "the gate lets kiosks in only");
        @Nullable String address = (String) socket.getAttributes().get(FaceSocket.ADDRESS);
        Actor from = new Actor(null, address, kiosk.name());
        return switch (faces.open(RecognizeController.device(kiosk, from))) {
            case Opening.Refused(SignInRefusal reason, Duration wait) -> Door.refusedAtKiosk(reason, wait);
            case Opening.Opened(FaceAttempt attempt) ->
                new Entry.Opened(
                        sessions.attend(
                                attempt,
                                face -> {
                                    Present present = Present.seen(face);
                                    return GreetingJson.of(clock.punch(
                                            present,
                                            kiosk,
                                            new TimeClock.Event(null, null, null),
                                            new Actor(present.subject().id(), address, kiosk.name())));
                                },
                                listener),
                        attempt);
        };
    }
}
