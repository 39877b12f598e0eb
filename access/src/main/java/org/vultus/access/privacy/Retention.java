package org.vultus.access.privacy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.enrol.References;
import org.vultus.access.proof.Proofs;
import org.vultus.biometrics.match.Gallery;

/** Deletes what is due. Safe for several threads, and for several servers at once. */
public final class Retention {

    /**
     * How long things are kept.
     *
     * @param attempts the log of attempts to sign in, and face sessions; a day at least
     * @param inactiveTemplate the template of somebody who was deactivated
     * @param timeRecords punches and what managers said of them; a year at least
     */
    public record Periods(Duration attempts, Duration inactiveTemplate, Duration timeRecords) {
        public Periods {
            if (attempts.compareTo(Duration.ofDays(1)) < 0) {
                throw new IllegalArgumentException("attempts to sign in are kept for a day at least");
            }
            if (timeRecords.compareTo(Duration.ofDays(365)) < 0) {
                throw new IllegalArgumentException("records of time are kept for a year at least");
            }
            if (inactiveTemplate.isNegative()) {
                throw new IllegalArgumentException("a period is not negative");
            }
        }
    }

    private final PersonalRecords records;
    private final References references;
    private final Proofs proofs;
    private final Gallery gallery;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Periods periods;
    private final Clock clock;

    public Retention(
            PersonalRecords records,
            References references,
            Proofs proofs,
            Gallery gallery,
            AuditTrail audit,
            UnitOfWork work,
            Periods periods,
            Clock clock) {
        this.records = records;
        this.references = references;
        this.proofs = proofs;
        this.gallery = gallery;
        this.audit = audit;
        this.work = work;
        this.periods = periods;
        this.clock = clock;
    }

    public Periods periods() {
        return periods;
    }

    private void removed(String what, long count) {
        if (count > 0) {
            audit.append(AuditEvent.done(Action.RETENTION_APPLIED, Actor.SYSTEM, null, null)
                    .with(what, Long.toString(count)));
        }
    }

    /** Deletes what is due now. */
    public void apply() {
        Instant now = clock.instant();
        work.run(() -> removed("attempts", records.forgetAttempts(now.minus(periods.attempts()))));
        work.run(() -> removed("pictures_of_punches", proofs.removeDue(now)));
        work.run(() -> removed("time_records", records.forgetTime(now.minus(periods.timeRecords()))));
        for (UUID subject : records.enrolledButInactiveSince(now.minus(periods.inactiveTemplate()))) {
            work.run(() -> {
                if (references.revoke(subject, now)) {
                    audit.append(AuditEvent.done(Action.TEMPLATE_REVOKED, Actor.SYSTEM, subject, null)
                            .with("reason", "INACTIVE"));
                }
            });
            gallery.remove(subject);
        }
    }
}
