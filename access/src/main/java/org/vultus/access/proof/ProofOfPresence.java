package org.vultus.access.proof;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.consent.LegalBasis;
import org.vultus.access.consent.Purpose;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.ProofPolicy;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.image.Thumbnail;

/**
 * Keeps a picture of a punch where the department's policy and the person's consent both say so, and shows it. Consent is given and
 * ended by itself: whoever declines punches by face all the same. Safe for several threads.
 */
public final class ProofOfPresence {
    private final Departments departments;
    private final LegalBases bases;
    private final Proofs proofs;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;

    public ProofOfPresence(
            Departments departments, LegalBases bases, Proofs proofs, AuditTrail audit, UnitOfWork work, Clock clock) {
        this.departments = departments;
        this.bases = bases;
        this.proofs = proofs;
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    /** Whether it is worth making a picture of this person now; {@link #keep} decides again. */
    public boolean wanted(Subject subject) {
        return policy(subject).kept()
                && bases.inForce(subject.id(), Purpose.PROOF_OF_PRESENCE).isPresent();
    }

    /** What the person's department keeps of those who consent. */
    public ProofPolicy policy(Subject subject) {
        return departments
                .find(subject.department())
                .map(department -> department.policy().proof())
                .orElse(ProofPolicy.NONE);
    }

    /**
     * Keeps the picture of a punch, unless it may not be kept, or would be due already: a punch may have waited at its kiosk. Within the
     * unit of work of the punch nobody can end the consent.
     *
     * @return whether it was kept
     */
    public boolean keep(Subject subject, Thumbnail picture, UUID event, Instant takenAt) {
        ProofPolicy policy = policy(subject);
        return policy.kept()
                && takenAt.plus(Duration.ofDays(policy.days())).isAfter(clock.instant())
                && bases.holdInForce(subject.id(), Purpose.PROOF_OF_PRESENCE).isPresent()
                && proofs.add(new Proof(event, subject.id(), subject.department(), takenAt), picture.jpeg());
    }

    /** Since when the person consents; empty when they do not. */
    public Optional<BasisRecord> consent(UUID subject) {
        return bases.inForce(subject, Purpose.PROOF_OF_PRESENCE);
    }

    /**
     * Records the person's consent.
     *
     * @param by who records it: the person, or an officer who was told; signed in
     * @param noticeVersion of the notice that the person was given
     */
    public BasisRecord consent(Subject subject, String noticeVersion, Actor by) {
        BasisRecord consent = new BasisRecord(
                UUID.randomUUID(),
                subject.id(),
                Purpose.PROOF_OF_PRESENCE,
                LegalBasis.CONSENT,
                null,
                noticeVersion,
                Optional.ofNullable(by.subject()).orElseThrow(),
                clock.instant(),
                null);
        work.run(() -> {
            bases.record(consent);
            audit.append(AuditEvent.done(Action.LEGAL_BASIS_RECORDED, by, subject.id(), subject.department())
                    .with("purpose", Purpose.PROOF_OF_PRESENCE.name())
                    .with("basis", LegalBasis.CONSENT.name())
                    .with("notice_version", noticeVersion));
        });
        return consent;
    }

    /**
     * Ends the consent and removes all pictures of the person. One that had ended already is no error.
     *
     * @param by who asked for it; a signed-in person
     */
    public void withdraw(Subject subject, Actor by) {
        UUID actor = Optional.ofNullable(by.subject()).orElseThrow();
        work.run(() -> {
            // In this order: a punch that holds the consent is waited for, and its picture is seen.
            boolean withdrawn = bases.withdraw(subject.id(), Purpose.PROOF_OF_PRESENCE, actor, clock.instant());
            long removed = proofs.remove(subject.id());
            if (withdrawn || removed > 0) {
                audit.append(AuditEvent.done(Action.CONSENT_WITHDRAWN, by, subject.id(), subject.department())
                        .with("purpose", Purpose.PROOF_OF_PRESENCE.name())
                        .with("pictures_removed", Long.toString(removed)));
            }
        });
    }

    /** Those of these punches that have a picture. */
    public Set<UUID> among(Set<UUID> events) {
        return events.isEmpty() ? Set.of() : proofs.among(events);
    }

    /**
     * Shows a picture, and remembers who saw it.
     *
     * @return the JPEG, the caller's to wipe; empty when there is none of somebody within the scope
     */
    public Optional<byte[]> show(UUID event, Scope scope, Actor to) {
        return work.call(() -> show(proofs.find(event, scope), to));
    }

    /** The same for somebody's own punch. */
    public Optional<byte[]> showOwn(UUID event, UUID subject, Actor to) {
        return work.call(() -> show(
                proofs.find(event, new Scope.Everywhere())
                        .filter(proof -> proof.subject().equals(subject)),
                to));
    }

    private Optional<byte[]> show(Optional<Proof> found, Actor to) {
        return found.flatMap(proof -> {
            Optional<byte[]> picture = proofs.picture(proof);
            if (picture.isPresent()) {
                audit.append(AuditEvent.done(Action.PRESENCE_PROOF_VIEWED, to, proof.subject(), proof.department())
                        .with("event", proof.event().toString()));
            }
            return picture;
        });
    }
}
