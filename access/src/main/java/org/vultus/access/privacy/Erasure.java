package org.vultus.access.privacy;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.biometrics.match.Gallery;

/**
 * The end of a person's record (LGPD Art. 16 and 18, VI). All of it happens in one unit of work, with its audit event and its
 * certificate: a server that is killed meanwhile has erased nothing, and is asked again. What stays is the bare identifier, which
 * names nobody, in the audit trail, in the proof of the legal bases (Art. 8, § 2), and in the certificate. Safe for several threads.
 */
public final class Erasure {
    private final PersonalRecords records;
    private final CertificateSigner signer;
    private final Gallery gallery;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;

    public Erasure(
            PersonalRecords records,
            CertificateSigner signer,
            Gallery gallery,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        this.records = records;
        this.signer = signer;
        this.gallery = gallery;
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    /**
     * @param by who erases; a signed-in person, and not the one to be erased
     * @return the signed certificate, the same one when it is asked for again; empty when there is nobody of that identifier
     */
    public Optional<String> erase(UUID subject, Actor by) {
        UUID actor = Optional.ofNullable(by.subject()).orElseThrow();
        if (actor.equals(subject)) {
            throw new IllegalArgumentException("Ask another administrator: nobody erases themself.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Optional<String> certificate = work.call(() -> {
            Optional<Destroyed> destroyed = records.destroy(subject, actor, now);
            // Whoever was erased already, by somebody else a moment ago perhaps, has a certificate.
            return destroyed.isEmpty()
                    ? records.certificate(subject)
                    : Optional.of(certify(subject, now, destroyed.get(), by));
        });
        if (certificate.isPresent()) {
            gallery.remove(subject);
        }
        return certificate;
    }

    private String certify(UUID subject, Instant at, Destroyed destroyed, Actor by) {
        ErasureCertificate certificate = new ErasureCertificate(UUID.randomUUID(), subject, at, destroyed);
        String signed = signer.sign(certificate);
        records.keepCertificate(subject, signed, at);
        audit.append(AuditEvent.done(Action.SUBJECT_ERASED, by, subject, null)
                .with("certificate", certificate.id().toString())
                .with("data_key_destroyed", Boolean.toString(destroyed.dataKeys() > 0))
                .with("enrolments", Long.toString(destroyed.enrolments()))
                .with("attempts", Long.toString(destroyed.attempts())));
        return signed;
    }
}
