package org.vultus.server.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.vultus.access.signin.Authenticated;

/**
 * Remembers, for a minute, which evidence a token was issued for, so that the page that got it may trade it once for a browser's
 * session. Only the token's hash is kept. A restart forgets, and the person looks at the camera again. Safe for several threads.
 */
public final class FaceHandover {
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final Map<String, Authenticated> fresh = new ConcurrentHashMap<>();
    private final Clock clock;

    public FaceHandover(Clock clock) {
        this.clock = clock;
    }

    public void offer(AccessTokens.Issued issued) {
        fresh.values().removeIf(this::old);
        fresh.put(hash(issued.token()), issued.evidence());
    }

    /** The evidence, once. */
    public Optional<Authenticated> redeem(String token) {
        return Optional.ofNullable(fresh.remove(hash(token))).filter(evidence -> !old(evidence));
    }

    private boolean old(Authenticated evidence) {
        return evidence.at().plus(LIFE).isBefore(clock.instant());
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
