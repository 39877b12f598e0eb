package org.vultus.access.signin;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.image.Thumbnail;

/**
 * What one attempt by face is for: whom it may find, what its failures count against, and what is recorded of it. What makes a face
 * living is the same for all of them. For one thread at a time.
 */
sealed interface Errand permits SignInErrand, PresenceErrand {

    /** Best candidate and its score, where there was anybody to compare with. */
    record Comparison(
            @Nullable UUID subject,
            @Nullable Double score,
            @Nullable Double threshold) {}

    /** Whether others have failed so often meanwhile that this attempt is not decided. */
    boolean locked(Instant now);

    Comparison compare(FeatureVector probe);

    /** The person, where this attempt may find them. */
    Optional<Subject> find(UUID candidate);

    /** Whom the attempt claims to be; nobody where no name was given. */
    @Nullable
    UUID claimed();

    /** Of the log; null where the person tells it. */
    @Nullable
    UUID department();

    /** Counts a failure; within the unit of work that records it. */
    void failed(Instant now);

    /** Forgets failures; within the unit of work that records the success. */
    void succeeded(Instant now);

    /** Takes note of an attack, so that more is asked next time. */
    void attacked();

    /** The session is over, with this outcome; within a unit of work. */
    void closed(String outcome, Instant now);

    /** What the audit trail keeps of the decision; nothing where whoever asked for it writes that. */
    Optional<AuditEvent> event(boolean accepted, @Nullable UUID subject, String reason);

    /** Whether a picture of whoever is identified may be wanted, as proof of presence. */
    boolean pictures();

    /**
     * The evidence, once it is known who it is.
     *
     * @param picture where pictures are wanted; whoever takes the evidence wipes it
     */
    FrameAnswer accepted(Subject subject, Instant now, Optional<Thumbnail> picture);
}
