package org.vultus.access.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.enrol.Reference;
import org.vultus.access.enrol.References;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.embed.ExtractorId;

/** References, in the clear: for tests with faces of nobody. */
record MemoryReferences(MemorySite site) implements References {

    @Override
    public void activate(NewReference reference) {
        synchronized (site) {
            site.state().references.put(reference.reference().subject(), reference);
        }
    }

    @Override
    public Optional<Reference> active(UUID subject, ExtractorId extractor) {
        synchronized (site) {
            return Optional.ofNullable(site.state().references.get(subject))
                    .map(NewReference::reference)
                    .filter(reference -> reference.features().extractor().equals(extractor));
        }
    }

    @Override
    public Set<UUID> inForce(Collection<UUID> subjects) {
        synchronized (site) {
            return subjects.stream()
                    .filter(site.state().references::containsKey)
                    .filter(this::mayBeFound)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    private boolean mayBeFound(UUID subject) {
        return new MemoryBases(site).inForce(subject).isPresent()
                && Optional.ofNullable(site.state().subjects.get(subject))
                        .filter(Subject::active)
                        .isPresent();
    }

    @Override
    public int forEachActive(ExtractorId extractor, Consumer<Reference> consumer) {
        synchronized (site) {
            List<Reference> all = site.state().references.values().stream()
                    .map(NewReference::reference)
                    .toList();
            List<Reference> own = all.stream()
                    .filter(reference -> reference.features().extractor().equals(extractor))
                    .toList();
            own.stream().filter(reference -> mayBeFound(reference.subject())).forEach(consumer);
            return all.size() - own.size();
        }
    }

    @Override
    public void move(UUID subject, UUID department) {
        synchronized (site) {
            site.state()
                    .references
                    .computeIfPresent(
                            subject,
                            (id, kept) -> new NewReference(
                                    new Reference(
                                            kept.reference().enrolment(),
                                            id,
                                            department,
                                            kept.reference().features()),
                                    kept.quality(),
                                    kept.images(),
                                    kept.enrolledBy(),
                                    kept.enrolledAt()));
        }
    }

    @Override
    public boolean revoke(UUID subject, Instant at) {
        synchronized (site) {
            // Their key ends with it.
            site.proofs().remove(subject);
            return site.state().references.remove(subject) != null;
        }
    }
}
