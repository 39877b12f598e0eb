package org.vultus.store.qdrant;

import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.access.enrol.Reference;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.match.Gallery;
import org.vultus.store.enrolment.SqlReferences;
import org.vultus.store.keys.SealBroken;

/** Brings single people of the index to what the store says of them now. Safe for several threads. */
final class Refresh {
    private static final Logger LOG = LoggerFactory.getLogger(Refresh.class);

    private final SqlReferences references;
    private final Gallery gallery;
    private final ExtractorId extractor;

    Refresh(SqlReferences references, Gallery gallery, ExtractorId extractor) {
        this.references = references;
        this.gallery = gallery;
        this.extractor = extractor;
    }

    /** Puts the person's reference in force into the index, or takes what is there away. */
    void person(UUID subject) {
        Optional<Reference> before = inForce(subject);
        while (true) {
            before.ifPresentOrElse(
                    reference -> gallery.put(
                            new Gallery.Entry(reference.subject(), reference.department(), reference.features())),
                    () -> gallery.remove(subject));
            // A change in between was perhaps written by somebody else before this.
            Optional<Reference> after = inForce(subject);
            if (after.equals(before)) {
                return;
            }
            before = after;
        }
    }

    /** The person's reference in force; none either when it does not open. */
    Optional<Reference> inForce(UUID subject) {
        try {
            return references.inForce(subject, extractor);
        } catch (SealBroken | IllegalArgumentException e) {
            LOG.error("The reference of {} cannot be read, and is left out", subject, e);
            return Optional.empty();
        }
    }
}
