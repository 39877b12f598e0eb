package org.vultus.server.socket;

import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.util.UriComponentsBuilder;
import org.vultus.access.audit.Actor;
import org.vultus.access.signin.FaceAttempt;
import org.vultus.access.signin.FaceSignIn;
import org.vultus.access.signin.Opening;
import org.vultus.access.signin.SignInRefusal;
import org.vultus.access.subject.LivenessPolicy;

/** {@code WS /face-auth/{department}}: whoever is recognised gets a token. */
public final class SignInDoor implements Door {
    private final FaceSignIn signIn;
    private final FaceSessions sessions;

    public SignInDoor(FaceSignIn signIn, FaceSessions sessions) {
        this.signIn = signIn;
        this.sessions = sessions;
    }

    @Override
    public Entry enter(WebSocketSession socket, Consumer<Message> listener) {
        var uri = UriComponentsBuilder.fromUri(Objects.requireNonNull(socket.getUri()))
                .build();
        String department = uri.getPathSegments().getLast();
        Optional<String> username = Optional.ofNullable(uri.getQueryParams().getFirst("username"))
                .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8));
        LivenessPolicy liveness =
                (LivenessPolicy) socket.getAttributes().getOrDefault(FaceSocket.LIVENESS, LivenessPolicy.PASSIVE);
        return switch (signIn.open(new FaceSignIn.Request(department, username, actor(socket), liveness))) {
            case Opening.Refused(SignInRefusal reason, Duration wait) ->
                new Entry.Refused(Message.Result.refused(reason, wait.isZero() ? null : wait.toSeconds() + 1));
            case Opening.Opened(FaceAttempt attempt) -> {
                String issuer =
                        (String) Objects.requireNonNull(socket.getAttributes().get(FaceSocket.ISSUER));
                yield new Entry.Opened(sessions.open(attempt, issuer, listener), attempt);
            }
        };
    }

    private static Actor actor(WebSocketSession socket) {
        String address = (String) socket.getAttributes().get(FaceSocket.ADDRESS);
        InetSocketAddress remote = socket.getRemoteAddress();
        return new Actor(
                null,
                address != null
                        ? address
                        : remote == null ? null : remote.getAddress().getHostAddress(),
                null);
    }
}
