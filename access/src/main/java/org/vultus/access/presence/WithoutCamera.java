package org.vultus.access.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.signin.Lockout;
import org.vultus.access.signin.Lockouts;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Subject;

/** What recognising by PIN and by badge have in common: attempts are counted, refusals remembered, and only the active are let in. */
record WithoutCamera(Departments departments, Lockouts lockouts, AuditTrail audit, UnitOfWork work, Clock clock) {

    /**
     * What an attempt showed.
     *
     * @param claimed whom it is about, if anybody of the device's departments
     * @param proven whether it is that person, as far as a PIN or a badge can prove it
     * @param otherwise why not, for the audit trail
     */
    record Shown(Optional<Subject> claimed, boolean proven, String otherwise) {}

    /**
     * Judges an attempt, unless there were too many.
     *
     * @param key what attempts are counted for
     */
    Recognition judge(String key, Lockout.Rule failures, Present.Means means, Device device, Supplier<Shown> attempt) {
        Instant now = clock.instant();
        Duration wait = lockouts.find(key).remaining(now);
        if (wait.isPositive()) {
            return new Recognition.Locked(wait);
        }
        Shown shown = attempt.get();
        Optional<Subject> claimed = shown.claimed();
        boolean accepted = shown.proven()
                && claimed.filter(Subject::active).isPresent()
                && claimed.map(Subject::department)
                        .flatMap(departments::find)
                        .filter(Department::active)
                        .isPresent();
        work.run(() -> {
            lockouts.update(key, before -> accepted ? Lockout.NONE : failures.afterFailure(before, now));
            if (!accepted) {
                audit.append(AuditEvent.refused(
                                Action.PUNCH,
                                device.from(),
                                claimed.map(Subject::id).orElse(null),
                                claimed.map(Subject::department).orElse(null),
                                shown.proven() ? "NOT_ACTIVE" : shown.otherwise())
                        .with("kiosk", device.id().toString()));
            }
        });
        return accepted
                ? new Recognition.Recognised(new Present(claimed.orElseThrow(), means, device.id()))
                : new Recognition.NotRecognised();
    }
}
