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
import org.vultus.biometrics.match.Gallery;

/** Deletes what is due. Safe for several threads, and for several servers at once. */
public final class Retention {

    /**
     * How long things are kept.
     *
     * @param attempts the log of attempts to sign in, and face sessions; a day at least
     * @param inactiveTemplate the template of somebody who was deactivated
     */
    public record Periods(Duration attempts, Duration inactiveTemplate) {
        public Periods {
            if (attempts.compareTo(Duration.ofDays(1)) < 0) {
                throw new IllegalArgumentException("attempts to sign in are kept for a day at least");
            }
            if (inactiveTemplate.isNegative()) {
                throw new IllegalArgumentException("a period is not negative");
            }
        }
    }

    private final PersonalRecords records;
    private final References references;
    private final Gallery gallery;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Periods periods;
    private final Clock clock;

    public Retention(
            PersonalRecords records,
            References references,
            Gallery gallery,
            AuditTrail audit,
            UnitOfWork work,
            Periods periods,
            Clock clock) {
        this.records = records;
        this.references = references;
        this.gallery = gallery;
        this.audit = audit;
        this.work = work;
        this.periods = periods;
        this.clock = clock;
    }

    public Periods periods() {
        return periods;
    }

    /** Deletes what is due now. */
    public void apply() {
        Instant now = clock.instant();
        work.run(() -> {
            long attempts = records.forgetAttempts(now.minus(periods.attempts()));
            if (attempts > 0) {
                audit.append(AuditEvent.done(Action.RETENTION_APPLIED, Actor.SYSTEM, null, null)
                        .with("attempts", Long.toString(attempts)));
            }
        });
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
