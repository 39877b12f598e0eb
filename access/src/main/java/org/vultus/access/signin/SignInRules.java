package org.vultus.access.signin;

import java.time.Duration;

/**
 * The limits of signing in.
 *
 * @param sessionLife how long a face session may take
 * @param frames how many good frames decide
 * @param maximumFrames how many frames a session looks at in all
 * @param faceOfName failures of faces for one claimed name (NIST SP 800-63B, 5.2.3: at most 5, or 10 with PAD)
 * @param faceFromAddress failures of faces from one address, which many people may share
 * @param passwordOfName failures of passwords for one name from one address
 * @param passwordFromAddress failures of passwords from one address
 */
public record SignInRules(
        Duration sessionLife,
        int frames,
        int maximumFrames,
        Lockout.Rule faceOfName,
        Lockout.Rule faceFromAddress,
        Lockout.Rule passwordOfName,
        Lockout.Rule passwordFromAddress) {

    public static final SignInRules DEFAULT = new SignInRules(
            Duration.ofSeconds(60),
            3,
            150,
            new Lockout.Rule(5, Duration.ofSeconds(30), Duration.ofHours(1)),
            new Lockout.Rule(30, Duration.ofSeconds(30), Duration.ofMinutes(15)),
            new Lockout.Rule(5, Duration.ofSeconds(30), Duration.ofHours(1)),
            new Lockout.Rule(30, Duration.ofSeconds(30), Duration.ofMinutes(15)));

    public SignInRules {
        if (frames < 1 || maximumFrames < frames || sessionLife.isNegative() || sessionLife.isZero()) {
            throw new IllegalArgumentException(
                    "frames %d of at most %d within %s".formatted(frames, maximumFrames, sessionLife));
        }
    }
}
