package org.vultus.server.socket;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.audit.Actor;
import org.vultus.access.signin.FaceSignIn;
import org.vultus.access.signin.Opening;
import org.vultus.access.signin.SignInRefusal;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;
import org.vultus.server.token.ClientLiveness;
import org.vultus.server.token.Issuer;
import tools.jackson.databind.json.JsonMapper;

/** The same sessions as {@link FaceSocket}, one request for each frame, for clients without a WebSocket. */
@RestController
@Tag(name = "Sign-in")
final class SessionController {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Longer than a frame may wait for its turn when fifty people sign in at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final RemoteSessions remotes;
    private final FaceSignIn signIn;
    private final FaceSessions sessions;
    private final Issuer issuer;
    private final ClientLiveness liveness;
    private final JsonMapper json;

    SessionController(
            RemoteSessions remotes,
            FaceSignIn signIn,
            FaceSessions sessions,
            Issuer issuer,
            ClientLiveness liveness,
            JsonMapper json) {
        this.remotes = remotes;
        this.signIn = signIn;
        this.sessions = sessions;
        this.issuer = issuer;
        this.liveness = liveness;
        this.json = json;
    }

    @Schema(example = """
            {"department": "icu", "username": "ana"}""")
    record Wish(String department, @Nullable String username) {}

    record Inability(List<Gesture> cannot) {}

    @PostMapping("/face-auth/sessions")
    @Operation(summary = "Opens a face session; the token in the answer goes with each frame")
    ResponseEntity<Message> open(
            HttpServletRequest request, HttpServletResponse response, Actor from, @RequestBody Wish wish) {
        if (!sessions.hasRoom()) {
            throw new Problem(ProblemType.BUSY, "Too many people are signing in. Try again in a moment.");
        }
        Opening opening = signIn.open(new FaceSignIn.Request(
                wish.department(), Optional.ofNullable(wish.username()), from, liveness.waitingFor(request, response)));
        return switch (opening) {
            case Opening.Refused(SignInRefusal reason, Duration wait) -> {
                if (reason == SignInRefusal.LOCKED) {
                    throw Problem.tooManyAttempts(wait);
                }
                throw new Problem(
                        reason == SignInRefusal.UNKNOWN_DEPARTMENT ? ProblemType.NOT_FOUND : ProblemType.NOT_ALLOWED,
                        reason.english());
            }
            case Opening.Opened(var attempt) -> {
                RemoteSessions.Inbox inbox = new RemoteSessions.Inbox();
                FaceSessions.Open session = sessions.open(attempt, issuer.of(request), inbox::put);
                String token = random(32);
                Message opened = Message.SessionOpened.of(attempt, random(16), token);
                remotes.add(new RemoteSessions.Remote(session, opened, token, inbox));
                yield ResponseEntity.status(HttpStatus.CREATED).body(opened);
            }
        };
    }

    @PostMapping(path = "/face-auth/sessions/{id}/frames", consumes = "image/*")
    @Operation(summary = "Looks at a frame: feedback, or the result with the access token")
    ResponseEntity<Message> frame(
            @PathVariable UUID id,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestBody byte[] image)
            throws InterruptedException {
        RemoteSessions.Remote remote = remotes.of(id, authorization);
        if (remote.inbox().connected()) {
            throw new Problem(ProblemType.SESSION_OVER, "The session's video is connected. Open another for frames.");
        }
        remote.session().frame(new CapturedSample(image));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Message message = remote.inbox().poll(deadline);
            switch (message) {
                case null -> throw new Problem(ProblemType.BUSY, "The frame had to wait too long. Try again.");
                case Message.BusyFeedback _ -> {
                    // The answer itself is waited for.
                }
                case Message.Result result when result.reason() == null -> {
                    // The token follows.
                }
                case Message.Result refused -> {
                    remotes.remove(id);
                    return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body(refused);
                }
                case Message.Complete complete -> {
                    remotes.remove(id);
                    return ResponseEntity.ok(complete);
                }
                case Message.Feedback feedback -> {
                    return ResponseEntity.ok(feedback);
                }
                case Message.NewScript script -> {
                    return ResponseEntity.ok(script);
                }
                case Message.SessionOpened _, Message.Greets _ ->
                    throw new IllegalStateException("a sign-in opens once, and greets nobody");
            }
        }
    }

    @PostMapping("/face-auth/sessions/{id}/script")
    @Operation(summary = "Another script, without what the person cannot do; 403 when there is no other")
    ResponseEntity<Message> script(
            @PathVariable UUID id,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestBody Inability wish) {
        RemoteSessions.Remote remote = remotes.of(id, authorization);
        Set<Gesture> gestures = EnumSet.noneOf(Gesture.class);
        gestures.addAll(wish.cannot());
        return remote.session()
                .another(gestures)
                .map(ResponseEntity::ok)
                .orElseThrow(
                        () -> new Problem(ProblemType.NOT_ALLOWED, "There is no other script. Use your password."));
    }

    @DeleteMapping("/face-auth/sessions/{id}")
    @Operation(summary = "Ends a session that its client gives up, if it has not been decided")
    ResponseEntity<Void> end(
            @PathVariable UUID id,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization) {
        RemoteSessions.Remote remote = remotes.of(id, authorization);
        remotes.remove(id);
        remote.session().end();
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/face-auth/sessions/{id}/messages")
    @Operation(summary = "What a client with a live video says; the server answers on the video's channel")
    ResponseEntity<Void> message(
            @PathVariable UUID id,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestBody String text) {
        RemoteSessions.Remote remote = remotes.of(id, authorization);
        ClientMessage message = ClientMessage.parse(json, text)
                .orElseThrow(() -> new Problem(
                        ProblemType.BAD_REQUEST,
                        "Say {\"type\":\"script\",\"cannot\":[…]} or {\"type\":\"camera\",\"label\":\"…\"}."));
        remote.session().hear(message);
        return ResponseEntity.noContent().build();
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
