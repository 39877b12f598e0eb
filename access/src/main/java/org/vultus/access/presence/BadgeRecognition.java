package org.vultus.access.presence;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.signin.Lockout;
import org.vultus.access.signin.Lockouts;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;

/**
 * Recognises somebody by the number of a badge that a reader at the device types: for those who decline the camera. A badge serves at a
 * registered device only, and gives no token; whoever carries it is taken for its owner. Safe for several threads.
 */
public final class BadgeRecognition {
    private static final Pattern NUMBER = Pattern.compile("[0-9A-Z]{4,64}");
    private static final Pattern DECORATION = Pattern.compile("[^0-9A-Z]");

    /** Counted for a device, since an unknown badge is nobody's: it stops somebody who tries numbers, for a short time. */
    private static final Lockout.Rule FAILURES = new Lockout.Rule(10, Duration.ofSeconds(5), Duration.ofMinutes(5));

    private final Subjects subjects;
    private final Badges badges;
    private final WithoutCamera desk;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;

    public BadgeRecognition(
            Subjects subjects,
            Departments departments,
            Badges badges,
            Lockouts lockouts,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        this.subjects = subjects;
        this.badges = badges;
        this.desk = new WithoutCamera(departments, lockouts, audit, work, clock);
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    /** Letters and digits count; case, and what else a reader sends around them, does not. */
    private static Optional<String> number(String read) {
        String number = DECORATION.matcher(read.toUpperCase(Locale.ROOT)).replaceAll("");
        return Optional.of(number).filter(n -> NUMBER.matcher(n).matches());
    }

    public Recognition recognise(String read, Device device) {
        return desk.judge("kiosk/badge/" + device.id(), FAILURES, Present.Means.BADGE, device, () -> {
            Optional<Subject> known = number(read)
                    .flatMap(badges::find)
                    .flatMap(id -> subjects.find(id, new Scope.Everywhere()))
                    .filter(subject -> device.departments().contains(subject.department()));
            return new WithoutCamera.Shown(known, known.isPresent(), "UNKNOWN_BADGE");
        });
    }

    /**
     * Gives somebody a badge, in place of one before.
     *
     * @return {@code false} when it is somebody else's; nothing is changed then
     * @throws IllegalArgumentException when it has too few or too many letters and digits
     */
    public boolean give(Subject subject, String read, Actor by) {
        String number = number(read)
                .orElseThrow(() -> new IllegalArgumentException("the number of a badge is 4 to 64 letters and digits"));
        return work.call(() -> {
            if (!badges.store(subject.id(), number, clock.instant())) {
                return false;
            }
            changed(subject, by, "given");
            return true;
        });
    }

    /** Takes somebody's badge away; a badge that was lost is nobody's from then on. */
    public void take(Subject subject, Actor by) {
        work.run(() -> {
            if (badges.remove(subject.id())) {
                changed(subject, by, "taken");
            }
        });
    }

    private void changed(Subject subject, Actor by, String what) {
        audit.append(AuditEvent.done(Action.BADGE_CHANGED, by, subject.id(), subject.department())
                .with("badge", what));
    }
}
