package org.vultus.access.privacy;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person asked for and somebody has to decide on.
 *
 * @param words the person's own, at most 2,000 characters
 * @param answer what was decided; {@code null} as long as it is open
 */
public record PrivacyRequest(
        UUID id,
        UUID subject,
        Kind kind,
        @Nullable String words,
        Instant askedAt,
        @Nullable Instant answeredAt,
        @Nullable String answer) {
    private static final int LONGEST = 2000;

    /** What is asked for. */
    public enum Kind {
        /** Deletion (LGPD Art. 18, IV and VI). */
        ERASURE,
        /** Objection to processing on another ground than consent (LGPD Art. 18, § 2). */
        OBJECTION
    }

    public PrivacyRequest {
        if (words != null && words.length() > LONGEST) {
            throw new IllegalArgumentException("Write at most 2000 characters.");
        }
    }

    /** @throws IllegalArgumentException unless it is 1 to 2,000 characters */
    static String requireAnswer(String answer) {
        if (answer.isBlank() || answer.length() > LONGEST) {
            throw new IllegalArgumentException("An answer is 1 to 2000 characters.");
        }
        return answer.strip();
    }

    public boolean open() {
        return answeredAt == null;
    }
}
