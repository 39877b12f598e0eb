package org.vultus.access.enrol;

import java.util.Optional;
import java.util.UUID;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.match.Gallery;

/**
 * Keeps the gallery in step with who may be found: somebody active, on a legal basis in force, in their own department. Asked after every
 * change of a person. Safe for several threads.
 */
public final class Findable {
    private final Subjects subjects;
    private final LegalBases bases;
    private final References references;
    private final Gallery gallery;
    private final ExtractorId extractor;

    /** @param extractor of the gallery */
    public Findable(
            Subjects subjects, LegalBases bases, References references, Gallery gallery, ExtractorId extractor) {
        this.subjects = subjects;
        this.bases = bases;
        this.references = references;
        this.gallery = gallery;
        this.extractor = extractor;
    }

    /** Puts the person where they may be found now, or forgets them. */
    public void refresh(UUID subject) {
        Optional<Reference> reference = mayBeFound(subject)
                .flatMap(person -> references
                        .active(subject, extractor)
                        .filter(found -> found.department().equals(person.department())));
        if (reference.isEmpty()) {
            gallery.remove(subject);
            return;
        }
        gallery.put(new Gallery.Entry(
                subject, reference.get().department(), reference.get().features()));
        // A withdrawal or deactivation between the question and here found nothing in the gallery yet.
        if (mayBeFound(subject).isEmpty()) {
            gallery.remove(subject);
        }
    }

    private Optional<Subject> mayBeFound(UUID subject) {
        return subjects.find(subject, new Scope.Everywhere())
                .filter(Subject::active)
                .filter(person -> bases.inForce(subject).isPresent());
    }
}
