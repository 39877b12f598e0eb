package org.vultus.access.privacy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The requests: of each kind at most one open for each person. */
public interface PrivacyRequests {

    /** @return {@code false} when one of the kind is open already; nothing is changed then */
    boolean add(PrivacyRequest request);

    Optional<PrivacyRequest> find(UUID id);

    /** Those without an answer, oldest first. */
    List<PrivacyRequest> open();

    /** One person's, oldest first. */
    List<PrivacyRequest> of(UUID subject);

    /** @return {@code false} when there is no such open request */
    boolean answer(UUID id, String answer, UUID by, Instant at);
}
