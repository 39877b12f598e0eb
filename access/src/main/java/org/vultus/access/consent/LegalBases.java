package org.vultus.access.consent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The recorded legal bases: at most one in force for each person. */
public interface LegalBases {

    /** Records a basis; one that was in force ends at the same moment. */
    void record(BasisRecord basis);

    Optional<BasisRecord> inForce(UUID subject);

    /** The same, and within the unit of work nobody can end it: what is done on its ground is done before it ends. */
    Optional<BasisRecord> holdInForce(UUID subject);

    /** Ends the basis in force. @return {@code false} when there was none */
    boolean withdraw(UUID subject, UUID by, Instant at);

    /** All, oldest first. */
    List<BasisRecord> history(UUID subject);
}
