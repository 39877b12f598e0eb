package org.vultus.access.presence;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Hashes of PINs. */
public interface Pins {

    Optional<String> find(UUID subject);

    /** In place of one before. */
    void store(UUID subject, String hash, Instant at);
}
