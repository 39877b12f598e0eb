package org.vultus.access.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.vultus.access.privacy.PersonalData;
import org.vultus.access.proof.Proof;
import org.vultus.access.proof.Proofs;
import org.vultus.access.subject.ProofPolicy;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;

/** Pictures of punches. Whoever has a reference has a key. */
record MemoryProofs(MemorySite site) implements Proofs {

    /** A picture that is kept. */
    record Kept(Proof proof, byte[] jpeg) {}

    List<PersonalData.Picture> of(UUID subject) {
        synchronized (site) {
            return site.state().proofs.values().stream()
                    .filter(kept -> kept.proof.subject().equals(subject))
                    .sorted(Comparator.comparing(kept -> kept.proof.takenAt()))
                    .map(kept -> new PersonalData.Picture(kept.proof.event(), kept.proof.takenAt(), kept.jpeg.clone()))
                    .toList();
        }
    }

    @Override
    public boolean add(Proof proof, byte[] jpeg) {
        synchronized (site) {
            return site.state().references.containsKey(proof.subject())
                    && site.state().proofs.putIfAbsent(proof.event(), new Kept(proof, jpeg.clone())) == null;
        }
    }

    @Override
    public Optional<Proof> find(UUID event, Scope scope) {
        synchronized (site) {
            return Optional.ofNullable(site.state().proofs.get(event))
                    .map(Kept::proof)
                    .filter(proof -> {
                        Subject subject = site.state().subjects.get(proof.subject());
                        return subject != null && scope.covers(subject.department());
                    });
        }
    }

    @Override
    public Optional<byte[]> picture(Proof proof) {
        synchronized (site) {
            return Optional.ofNullable(site.state().proofs.get(proof.event())).map(kept -> kept.jpeg.clone());
        }
    }

    @Override
    public Set<UUID> among(Collection<UUID> events) {
        synchronized (site) {
            return events.stream().filter(site.state().proofs::containsKey).collect(Collectors.toUnmodifiableSet());
        }
    }

    @Override
    public long remove(UUID subject) {
        synchronized (site) {
            long before = site.state().proofs.size();
            site.state().proofs.values().removeIf(kept -> kept.proof.subject().equals(subject));
            return before - site.state().proofs.size();
        }
    }

    @Override
    public long removeDue(Instant now) {
        synchronized (site) {
            long before = site.state().proofs.size();
            site.state().proofs.values().removeIf(kept -> {
                ProofPolicy policy = Objects.requireNonNull(
                                site.state().departments.get(kept.proof.department()))
                        .policy()
                        .proof();
                return !policy.kept()
                        || !kept.proof
                                .takenAt()
                                .plus(Duration.ofDays(policy.days()))
                                .isAfter(now);
            });
            return before - site.state().proofs.size();
        }
    }
}
