package org.vultus.attendance.clock;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.subject.Subject;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Method;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.punch.Punches;
import org.vultus.attendance.punch.Voiding;
import org.vultus.attendance.timesheet.Approvals;
import org.vultus.attendance.timesheet.Closing;
import org.vultus.attendance.timesheet.OvertimeApproval;

/**
 * What managers say of the time of others. Each word is a new event with its author; nothing is edited. Nobody says it of their own
 * time. Safe for several threads.
 */
public final class Corrections {
    /** An older one is a slip of the pen. */
    private static final Instant FIRST_MOMENT = Instant.parse("2000-01-01T00:00:00Z");

    private final Punches punches;
    private final Approvals approvals;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;

    public Corrections(Punches punches, Approvals approvals, AuditTrail audit, UnitOfWork work, Clock clock) {
        this.punches = punches;
        this.approvals = approvals;
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    /** Somebody wanted to correct their own time. */
    public static final class OwnTime extends RuntimeException {
        private static final long serialVersionUID = 1;

        OwnTime() {
            super("Nobody corrects or approves their own time. Ask another manager.");
        }
    }

    /** Adds a punch that was not taken. */
    public Punch add(Subject subject, Instant at, Direction direction, String reason, UUID manager, Actor by) {
        requireOther(subject, manager);
        Instant now = now();
        if (at.isAfter(now)) {
            throw new IllegalArgumentException("a punch cannot be added before its time");
        }
        if (at.isBefore(FIRST_MOMENT)) {
            throw new IllegalArgumentException("a punch of before the year 2000 is not added; look at its time");
        }
        if (reason.isBlank() || reason.length() > 500) {
            throw new IllegalArgumentException("a reason is 1 to 500 characters");
        }
        Punch punch = new Punch(
                UUID.randomUUID(),
                null,
                subject.id(),
                subject.department(),
                at.truncatedTo(ChronoUnit.MILLIS),
                now,
                null,
                Method.MANUAL,
                direction,
                manager,
                reason.strip());
        return work.call(() -> {
            Punch kept = punches.add(punch);
            audit.append(AuditEvent.done(Action.PUNCH_CORRECTED, by, subject.id(), subject.department())
                    .with("added", kept.eventId().toString()));
            return kept;
        });
    }

    /** Says that a punch does not count. */
    public void voidPunch(Subject subject, Punch punch, String reason, UUID manager, Actor by) {
        requireOther(subject, manager);
        Voiding voiding = new Voiding(UUID.randomUUID(), punch.eventId(), subject.id(), manager, reason.strip(), now());
        work.run(() -> {
            punches.add(voiding);
            audit.append(AuditEvent.done(Action.PUNCH_CORRECTED, by, subject.id(), subject.department())
                    .with("voided", punch.eventId().toString()));
        });
    }

    /** Approves overtime of a day, in place of what was approved before. */
    public void approveOvertime(Subject subject, LocalDate day, long seconds, UUID manager, Actor by) {
        requireOther(subject, manager);
        OvertimeApproval approval = new OvertimeApproval(UUID.randomUUID(), subject.id(), day, seconds, manager, now());
        work.run(() -> {
            approvals.add(approval);
            audit.append(AuditEvent.done(Action.OVERTIME_APPROVED, by, subject.id(), subject.department())
                    .with("day", day.toString())
                    .with("seconds", Long.toString(seconds)));
        });
    }

    /** Approves a timesheet as it is now. */
    public Closing close(Subject subject, LocalDate from, LocalDate to, UUID manager, Actor by) {
        requireOther(subject, manager);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the period ends before it begins");
        }
        Closing closing = new Closing(UUID.randomUUID(), subject.id(), from, to, manager, now());
        work.run(() -> {
            approvals.add(closing);
            audit.append(AuditEvent.done(Action.TIMESHEET_APPROVED, by, subject.id(), subject.department())
                    .with("from", from.toString())
                    .with("to", to.toString()));
        });
        return closing;
    }

    private static void requireOther(Subject subject, UUID manager) {
        if (subject.id().equals(manager)) {
            throw new OwnTime();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
