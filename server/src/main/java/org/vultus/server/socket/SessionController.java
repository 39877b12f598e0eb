package org.vultus.server.socket;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;
import org.vultus.server.token.Issuer;

/** The same sessions as {@link FaceSocket}, one request for each frame, for clients without a WebSocket. */
@RestController
@Tag(name = "Sign-in")
final class SessionController {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Longer than a frame may wait for its turn when fifty people sign in at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Map<UUID, Remote> remotes = new ConcurrentHashMap<>();
    private final FaceSignIn signIn;
    private final FaceSessions sessions;
    private final Issuer issuer;

    SessionController(FaceSignIn signIn, FaceSessions sessions, Issuer issuer) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.issuer = issuer;
    }

    @Schema(example = """
            {"department": "icu", "username": "ana"}""")
    record Wish(String department, @Nullable String username) {}

    /** A session whose client comes and goes. */
    private record Remote(FaceSessions.Open session, String token, LinkedBlockingQueue<Message> messages) {}

    @PostMapping("/face-auth/sessions")
    @Operation(summary = "Opens a face session; the token in the answer goes with each frame")
    ResponseEntity<Message> open(HttpServletRequest request, Actor from, @RequestBody Wish wish) {
        remotes.values()
                .removeIf(remote -> remote.session().attempt().decided()
                        && remote.messages().isEmpty());
        if (!sessions.hasRoom()) {
            throw new Problem(ProblemType.BUSY, "Too many people are signing in. Try again in a moment.");
        }
        Opening opening =
                signIn.open(new FaceSignIn.Request(wish.department(), Optional.ofNullable(wish.username()), from));
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
                LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();
                FaceSessions.Open session = sessions.open(attempt, issuer.of(request), messages::add);
                String token = random(32);
                remotes.put(attempt.session().id(), new Remote(session, token, messages));
                yield ResponseEntity.status(HttpStatus.CREATED)
                        .body(Message.SessionOpened.of(attempt.session(), random(16), attempt.wanted(), token));
            }
        };
    }

    @PostMapping(path = "/face-auth/sessions/{id}/frames", consumes = "image/*")
    @Operation(summary = "Looks at a frame: feedback, or the result with the access token")
    ResponseEntity<Message> frame(
            @PathVariable UUID id, @RequestHeader("Authorization") String authorization, @RequestBody byte[] image)
            throws InterruptedException {
        Remote remote = remotes.get(id);
        if (remote == null || !same(authorization, "Bearer " + remote.token())) {
            throw new Problem(ProblemType.SESSION_OVER, "There is no such session any more. Open another.");
        }
        remote.session().frame(new CapturedSample(image));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Message message = remote.messages().poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
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
                case Message.SessionOpened _ -> throw new IllegalStateException("a session opens once");
            }
        }
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
