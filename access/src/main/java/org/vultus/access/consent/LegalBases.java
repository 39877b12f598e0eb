package org.vultus.access.consent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The recorded legal bases: at most one in force for each person and purpose. */
public interface LegalBases {

    /** Records a basis; one of the same purpose that was in force ends at the same moment. */
    void record(BasisRecord basis);

    Optional<BasisRecord> inForce(UUID subject, Purpose purpose);

    /** For recognising. */
    default Optional<BasisRecord> inForce(UUID subject) {
        return inForce(subject, Purpose.RECOGNITION);
    }

    /** The same, and within the unit of work nobody can end it: what is done on its ground is done before it ends. */
    Optional<BasisRecord> holdInForce(UUID subject, Purpose purpose);

    /** For recognising. */
    default Optional<BasisRecord> holdInForce(UUID subject) {
        return holdInForce(subject, Purpose.RECOGNITION);
    }

    /** Ends the basis in force. @return {@code false} when there was none */
    boolean withdraw(UUID subject, Purpose purpose, UUID by, Instant at);

    /** For recognising. */
    default boolean withdraw(UUID subject, UUID by, Instant at) {
        return withdraw(subject, Purpose.RECOGNITION, by, at);
    }

    /** All of all purposes, oldest first. */
    List<BasisRecord> history(UUID subject);
}
