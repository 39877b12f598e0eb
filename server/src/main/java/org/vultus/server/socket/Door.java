package org.vultus.server.socket;

import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.web.socket.WebSocketSession;
import org.vultus.access.signin.FaceAttempt;
import org.vultus.access.signin.SignInRefusal;

/** What a connection with frames is for: it opens the session that they go to. Safe for several threads. */
public interface Door {

    sealed interface Entry {
        record Opened(FaceSessions.Open session, FaceAttempt attempt) implements Entry {}

        record Refused(Message.Result result) implements Entry {}
    }

    /** @param listener hears what the session says */
    Entry enter(WebSocketSession socket, Consumer<Message> listener);

    /** Why not, at a device. */
    static Entry refusedAtKiosk(SignInRefusal reason, Duration wait) {
        return new Entry.Refused(
                Message.Result.refusedAtKiosk(reason, wait.isZero() ? null : Long.valueOf(wait.toSeconds() + 1)));
    }
}
