package org.vultus.access.consent;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That a basis was recorded for a person, and when it ended.
 *
 * @param purpose what it lets be done
 * @param reason why it applies; required unless the basis is consent
 * @param noticeVersion which version of the notice the person was given
 * @param recordedBy who recorded it
 * @param withdrawnAt when it ended; {@code null} while it is in force
 */
public record BasisRecord(
        UUID id,
        UUID subject,
        Purpose purpose,
        LegalBasis basis,
        @Nullable String reason,
        String noticeVersion,
        UUID recordedBy,
        Instant recordedAt,
        @Nullable Instant withdrawnAt) {

    public BasisRecord {
        if (purpose == Purpose.PROOF_OF_PRESENCE && basis != LegalBasis.CONSENT) {
            throw new IllegalArgumentException("only consent lets a picture be kept as proof of presence");
        }
        if (basis.needsReason() && (reason == null || reason.isBlank())) {
            throw new IllegalArgumentException("the legal basis " + basis + " needs a reason");
        }
        if (noticeVersion.isBlank() || noticeVersion.length() > 100) {
            throw new IllegalArgumentException("the version of the notice is 1 to 100 characters");
        }
    }

    /** A basis for recognising. */
    public BasisRecord(
            UUID id,
            UUID subject,
            LegalBasis basis,
            @Nullable String reason,
            String noticeVersion,
            UUID recordedBy,
            Instant recordedAt,
            @Nullable Instant withdrawnAt) {
        this(id, subject, Purpose.RECOGNITION, basis, reason, noticeVersion, recordedBy, recordedAt, withdrawnAt);
    }

    /** The same, ended at a moment. */
    public BasisRecord endedAt(@Nullable Instant at) {
        return new BasisRecord(id, subject, purpose, basis, reason, noticeVersion, recordedBy, recordedAt, at);
    }

    /** The same with another reason. */
    public BasisRecord because(String other) {
        return new BasisRecord(id, subject, purpose, basis, other, noticeVersion, recordedBy, recordedAt, withdrawnAt);
    }
}
