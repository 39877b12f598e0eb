package org.vultus.access.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every attempt with what decided it. Scores are kept here and shown to nobody outside. */
public interface SignInLog {

    /**
     * @param session the face session; {@code null} for a password
     * @param subject who it was, or was claimed to be
     * @param reason ACCEPTED or why it was refused
     * @param score cosine; {@code null} when nothing was compared
     * @param liveness the PAD score that decided, 0 to 1
     * @param frames how many frames were looked at
     */
    record Entry(
            Instant at,
            @Nullable UUID session,
            @Nullable UUID department,
            @Nullable UUID subject,
            AuthenticationMethod method,
            boolean accepted,
            String reason,
            @Nullable Double score,
            @Nullable Double threshold,
            @Nullable Double liveness,
            int frames,
            Duration duration,
            @Nullable String address,
            @Nullable String device) {}

    void append(Entry entry);
}
