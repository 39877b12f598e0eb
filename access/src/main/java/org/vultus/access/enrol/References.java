package org.vultus.access.enrol;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.vultus.biometrics.embed.ExtractorId;

/** The references, encrypted where they lie: one in force for each person. */
public interface References {

    /** Puts a reference in force. One that was is kept as history, without its template. */
    void activate(NewReference reference);

    /** The reference in force, if the extractor made it. */
    Optional<Reference> active(UUID subject, ExtractorId extractor);

    /** Those of the people who have a reference in force, of any extractor, whose legal basis is in force, and who are active. */
    Set<UUID> inForce(Collection<UUID> subjects);

    /**
     * Hands over every reference in force that the extractor made, of people whose legal basis is in force and who are active.
     *
     * @param consumer may be called by several threads at a time
     * @return how many references in force another extractor made; their people must enrol again
     */
    int forEachActive(ExtractorId extractor, Consumer<Reference> consumer);

    /** Takes the reference in force along to the department that its person moved to; nothing happens when there is none. */
    void move(UUID subject, UUID department);

    /**
     * Ends the reference in force and destroys its template and the person's data key, so that no copy of it can be read.
     *
     * @return {@code false} when there was none
     */
    boolean revoke(UUID subject, Instant at);
}
