package org.vultus.access.proof;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.vultus.access.subject.Scope;

/**
 * The pictures that are kept. They lie under the data key of their person, so that they end with it: with the end of the reference, and
 * with the person's erasure.
 */
public interface Proofs {

    /**
     * @param jpeg stays the caller's to wipe
     * @return {@code false} when the person has no data key any more; nothing is kept then
     */
    boolean add(Proof proof, byte[] jpeg);

    /** One of a person who is within the scope now. */
    Optional<Proof> find(UUID event, Scope scope);

    /** The JPEG; the caller's to wipe. Empty when it was removed meanwhile. */
    Optional<byte[]> picture(Proof proof);

    /** Those of these events that have a picture. */
    Set<UUID> among(Collection<UUID> events);

    /** Removes all of a person. @return how many */
    long remove(UUID subject);

    /** Removes those whose department keeps none any more, or not for so long. @return how many */
    long removeDue(Instant now);
}
