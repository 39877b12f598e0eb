package org.vultus.access.privacy;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.enrol.References;
import org.vultus.access.proof.ProofOfPresence;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.biometrics.match.Gallery;

/**
 * The end of a legal basis (LGPD Art. 8, § 5 and Art. 15): the reference is destroyed with its key in the same moment, and the
 * face opens nothing any more; pictures of punches and the consent to them end with it. The password stays. Safe for several threads.
 */
public final class Withdrawal {
    private final Subjects subjects;
    private final LegalBases bases;
    private final References references;
    private final ProofOfPresence proofs;
    private final Gallery gallery;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;

    public Withdrawal(
            Subjects subjects,
            LegalBases bases,
            References references,
            ProofOfPresence proofs,
            Gallery gallery,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        this.subjects = subjects;
        this.bases = bases;
        this.references = references;
        this.proofs = proofs;
        this.gallery = gallery;
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    /**
     * @param by who asked for it; a signed-in person
     * @return {@code false} when there is nobody of that identifier in the scope; a basis that had ended already is no error
     */
    public boolean withdraw(UUID subjectId, Scope scope, Actor by) {
        Optional<Subject> subject = subjects.find(subjectId, scope);
        if (subject.isEmpty()) {
            return false;
        }
        UUID actor = Optional.ofNullable(by.subject()).orElseThrow();
        Instant now = clock.instant();
        work.run(() -> {
            proofs.withdraw(subject.get(), by);
            boolean withdrawn = bases.withdraw(subjectId, actor, now);
            boolean revoked = references.revoke(subjectId, now);
            if (revoked) {
                audit.append(AuditEvent.done(
                                Action.TEMPLATE_REVOKED,
                                by,
                                subjectId,
                                subject.get().department())
                        .with("reason", "WITHDRAWN"));
            }
            if (withdrawn || revoked) {
                audit.append(AuditEvent.done(
                                Action.CONSENT_WITHDRAWN,
                                by,
                                subjectId,
                                subject.get().department())
                        .with("reference_destroyed", Boolean.toString(revoked)));
            }
        });
        gallery.remove(subjectId);
        return true;
    }
}
