package org.vultus.access.privacy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All that is stored of one person, taken as a whole. */
public interface PersonalRecords {

    /** Everything, except what would let others in: templates, keys, hashes, scores. Empty for nobody, or one who was erased. */
    Optional<PersonalData> describe(UUID subject);

    /**
     * Within the unit of work, destroys the data key, references with their history, sessions, attempts, grants and requests' words,
     * ends the legal basis, and empties the person's record; its identifier stays.
     *
     * @param by who erases; whom the ended basis and the answered requests name
     * @return empty when there is nobody of that identifier, or they were erased already
     */
    Optional<Destroyed> destroy(UUID subject, UUID by, Instant at);

    /** Keeps the signed certificate of an erasure. */
    void keepCertificate(UUID subject, String signed, Instant at);

    /** The signed certificate of an erasure that was done. */
    Optional<String> certificate(UUID subject);

    /**
     * Forgets attempts to sign in and their sessions from before a moment, and any that name somebody who was erased. The last day is
     * kept whatever the moment.
     *
     * @return how many attempts
     */
    long forgetAttempts(Instant before);

    /**
     * Forgets records of time from before a moment: punches with what was said of them and their lines in the AFD, approvals, leave. The
     * last year is kept whatever the moment.
     *
     * @return how many punches
     */
    long forgetTime(Instant before);

    /** People with a reference in force who have been deactivated since before a moment. */
    List<UUID> enrolledButInactiveSince(Instant before);
}
