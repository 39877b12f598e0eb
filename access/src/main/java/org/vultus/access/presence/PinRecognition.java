package org.vultus.access.presence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.signin.Lockout;
import org.vultus.access.signin.Lockouts;
import org.vultus.access.signin.PasswordHasher;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;

/**
 * Recognises somebody by user name and PIN: for those who decline the camera. A PIN serves at a registered device only, and gives no
 * token. An unknown name costs the time of a wrong PIN. Safe for several threads.
 */
public final class PinRecognition {
    private static final Pattern PIN = Pattern.compile("[0-9]{6,12}");

    /** NIST SP 800-63B, 5.2.2. Counted for a name at a device, so that nobody locks another out elsewhere. */
    private static final Lockout.Rule FAILURES = new Lockout.Rule(5, Duration.ofSeconds(30), Duration.ofHours(1));

    private final Subjects subjects;
    private final Pins pins;
    private final PasswordHasher hasher;
    private final WithoutCamera desk;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;
    private final String nobodysHash;

    public PinRecognition(
            Subjects subjects,
            Departments departments,
            Pins pins,
            PasswordHasher hasher,
            Lockouts lockouts,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        this.subjects = subjects;
        this.pins = pins;
        this.hasher = hasher;
        this.desk = new WithoutCamera(departments, lockouts, audit, work, clock);
        this.audit = audit;
        this.work = work;
        this.clock = clock;
        this.nobodysHash = hasher.nobodys();
    }

    public Recognition recognise(String username, String pin, Device device) {
        String key = "kiosk/pin/" + digest(Subject.normalise(username)) + '/' + device.id();
        return desk.judge(key, FAILURES, Present.Means.PIN, device, () -> {
            Optional<Subject> known = subjects.findByUsername(username, new Scope.Everywhere())
                    .filter(subject -> device.departments().contains(subject.department()));
            Optional<String> hash = known.map(Subject::id).flatMap(pins::find);
            boolean right = hasher.matches(pin, hash.orElse(nobodysHash)) && hash.isPresent();
            return new WithoutCamera.Shown(known, right, "WRONG_PIN");
        });
    }

    /**
     * Gives somebody a PIN, in place of one before.
     *
     * @throws IllegalArgumentException when it is not 6 to 12 digits of at least three kinds
     */
    public void set(Subject subject, String pin, Actor by) {
        if (!PIN.matcher(pin).matches() || pin.chars().distinct().count() < 3) {
            throw new IllegalArgumentException("a PIN is 6 to 12 digits, of at least three kinds");
        }
        String hash = hasher.hash(pin);
        work.run(() -> {
            pins.store(subject.id(), hash, clock.instant());
            audit.append(AuditEvent.done(Action.PIN_CHANGED, by, subject.id(), subject.department()));
        });
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
