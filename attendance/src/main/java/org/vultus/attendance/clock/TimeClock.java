package org.vultus.attendance.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.presence.Present;
import org.vultus.access.proof.ProofOfPresence;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.attendance.kiosk.Kiosk;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Method;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.punch.Punches;
import org.vultus.attendance.shift.Status;
import org.vultus.attendance.timesheet.PersonRecord;
import org.vultus.attendance.timesheet.Stamp;
import org.vultus.attendance.timesheet.Timesheet;
import org.vultus.attendance.timesheet.TimesheetCalculation;

/**
 * Takes punches and greets. Each event is kept once: the same identifier again gives the same answer. Somebody whom a camera reads
 * again within the interval has not punched again, and nothing is kept of it; an event that was queued is always kept, because what was
 * before it may not have arrived yet, and the calculation decides whether it counts. Safe for several threads.
 */
public final class TimeClock {
    /** An event older than this is not a queue's but a mistake; a manager can still add the punch. */
    private static final Duration LONGEST_QUEUE = Duration.ofDays(60);

    private final Records records;
    private final Punches punches;
    private final ProofOfPresence proofs;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;

    public TimeClock(Records records, ProofOfPresence proofs, AuditTrail audit, UnitOfWork work, Clock clock) {
        this.records = records;
        this.punches = records.punches();
        this.proofs = proofs;
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    /**
     * What the device says of the punch.
     *
     * @param id of the event; {@code null} for a device that keeps no queue
     * @param capturedAt when it was taken; {@code null} for just now
     * @param direction {@code null} where nobody said
     */
    public record Event(
            @Nullable UUID id,
            @Nullable Instant capturedAt,
            @Nullable Direction direction) {}

    /**
     * The picture that comes with the evidence is kept with a new punch where it may be, and wiped in any case.
     *
     * @throws IllegalArgumentException when the event's identifier is another person's, or it was taken too long ago; the message tells
     *     what to do
     */
    public Greeting punch(Present present, Kiosk kiosk, Event event, Actor from) {
        if (!present.device().equals(kiosk.id())) {
            throw new IllegalArgumentException("seen at another device");
        }
        try {
            return taken(present, kiosk, event, from);
        } finally {
            present.wipe();
        }
    }

    private Greeting taken(Present present, Kiosk kiosk, Event event, Actor from) {
        return work.call(() -> {
            Subject subject = present.subject();
            punches.hold(subject.id());
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            if (event.capturedAt != null && event.capturedAt.isBefore(now.minus(LONGEST_QUEUE))) {
                throw new IllegalArgumentException(
                        "the event was captured more than 60 days ago; a manager can add it as a correction");
            }
            Instant at = event.capturedAt == null || event.capturedAt.isAfter(now) ? now : event.capturedAt;
            boolean known = event.id != null
                    && punches.find(event.id, new Scope.Everywhere()).isPresent();
            if (event.capturedAt == null && !known) {
                Optional<Stamp> before = stampAt(subject, at, now)
                        .filter(stamp -> at.isBefore(stamp.punch().at().plus(records.repeatInterval())))
                        .filter(stamp -> event.direction == null || event.direction == stamp.direction());
                if (before.isPresent()) {
                    return greeting(subject, kiosk, before.get(), false, true);
                }
            }
            Punch wanted = new Punch(
                    event.id == null ? UUID.randomUUID() : event.id,
                    null,
                    subject.id(),
                    subject.department(),
                    event.capturedAt == null ? now : event.capturedAt.truncatedTo(ChronoUnit.MILLIS),
                    now,
                    kiosk.id(),
                    method(present.means()),
                    event.direction,
                    null,
                    null);
            Punch kept = punches.add(wanted);
            // One that a manager voided since belongs to no day; its kiosk delivers it again all the same.
            Stamp stamp = stampAt(subject, kept.at(), now)
                    .orElseGet(() -> new Stamp(
                            kept, Objects.requireNonNullElse(kept.direction(), Direction.IN), Status.ON_TIME));
            boolean pictured = !known && present.prove(proofs, kept.eventId(), kept.at());
            if (!known) {
                audit.append(AuditEvent.done(Action.PUNCH, from, subject.id(), subject.department())
                        .with("event", kept.eventId().toString())
                        .with("nsr", String.valueOf(kept.nsr()))
                        .with("kiosk", kiosk.id().toString())
                        .with("method", kept.method().name())
                        .with("picture_kept", Boolean.toString(pictured)));
            }
            boolean counts = stamp.punch().eventId().equals(kept.eventId());
            return greeting(subject, kiosk, stamp, pictured, known || !counts);
        });
    }

    private static Greeting greeting(Subject subject, Kiosk kiosk, Stamp stamp, boolean pictured, boolean repeated) {
        return new Greeting(subject, stamp, stamp.punch().at().atZone(kiosk.zone()), pictured, repeated);
    }

    private static Method method(Present.Means means) {
        return switch (means) {
            case FACE -> Method.FACE;
            case PIN -> Method.PIN;
            case BADGE -> Method.BADGE;
        };
    }

    /** The last stamp that counts at or before a moment, of the days around it. */
    private Optional<Stamp> stampAt(Subject subject, Instant at, Instant now) {
        LocalDate day = LocalDate.ofInstant(at, records.zone());
        LocalDate from = day.minusDays(2);
        LocalDate to = day.plusDays(2);
        PersonRecord person = records.people(List.of(subject), from, to).getFirst();
        Timesheet sheet = TimesheetCalculation.of(records.site(from, to), person, from, to, now);
        return sheet.days().stream()
                .flatMap(d -> d.stamps().stream())
                .filter(stamp -> !stamp.punch().at().isAfter(at))
                .max((a, b) -> Punch.IN_ORDER.compare(a.punch(), b.punch()));
    }
}
