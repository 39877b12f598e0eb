package org.vultus.access.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;

/**
 * Signing in by password: always there when a face will not do. An unknown name costs the same time as a wrong password, because
 * a hash is computed for it too. Safe for several threads.
 */
public final class PasswordSignIn {
    /** NIST SP 800-63B, 5.1.1.2: at least 8 characters; we ask for more, because it is the only factor. */
    public static final int MINIMUM_LENGTH = 12;

    private static final int MAXIMUM_LENGTH = 256;

    private final Subjects subjects;
    private final Departments departments;
    private final Passwords passwords;
    private final PasswordHasher hasher;
    private final Lockouts lockouts;
    private final SignInLog log;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final SignInRules rules;
    private final Clock clock;
    private final String nobodysHash;

    public PasswordSignIn(
            Subjects subjects,
            Departments departments,
            Passwords passwords,
            PasswordHasher hasher,
            Lockouts lockouts,
            SignInLog log,
            AuditTrail audit,
            UnitOfWork work,
            SignInRules rules,
            Clock clock) {
        this.subjects = subjects;
        this.departments = departments;
        this.passwords = passwords;
        this.hasher = hasher;
        this.lockouts = lockouts;
        this.log = log;
        this.audit = audit;
        this.work = work;
        this.rules = rules;
        this.clock = clock;
        this.nobodysHash = hasher.nobodys();
    }

    /** @param from where the attempt comes from; failures are counted by it */
    public PasswordResult signIn(String username, CharSequence password, Actor from) {
        Instant start = clock.instant();
        String address = Optional.ofNullable(from.address()).orElse("unknown");
        String ofName = LockoutKey.passwordOf(username, address);
        String fromAddress = LockoutKey.passwordFrom(address);
        Duration wait = longest(
                lockouts.find(ofName).remaining(start),
                lockouts.find(fromAddress).remaining(start));
        if (wait.isPositive()) {
            return new PasswordResult.Locked(wait);
        }
        Optional<Subject> known = subjects.findByUsername(username, new Scope.Everywhere());
        Optional<Passwords.Stored> stored = known.map(Subject::id).flatMap(passwords::find);
        boolean right =
                hasher.matches(password, stored.map(Passwords.Stored::hash).orElse(nobodysHash)) && stored.isPresent();
        Optional<Department> department = known.map(Subject::department).flatMap(departments::find);
        boolean accepted = right
                && known.filter(Subject::active).isPresent()
                && department.filter(Department::active).isPresent();
        work.run(() -> {
            lockouts.update(
                    ofName,
                    before -> accepted ? Lockout.NONE : rules.passwordOfName().afterFailure(before, start));
            lockouts.update(
                    fromAddress,
                    before -> accepted
                            ? Lockout.NONE
                            : rules.passwordFromAddress().afterFailure(before, start));
            remember(known.orElse(null), accepted, right, from, start);
        });
        if (!accepted) {
            return new PasswordResult.Refused();
        }
        return stored.orElseThrow().mustChange()
                ? new PasswordResult.MustChange()
                : new PasswordResult.Accepted(new Authenticated(
                        known.orElseThrow(),
                        department.orElseThrow(),
                        Set.of(AuthenticationMethod.PASSWORD),
                        clock.instant()));
    }

    /** What is wrong with a password as a choice; empty when nothing is. */
    public static Optional<String> objection(CharSequence password, List<String> forbidden) {
        if (password.length() < MINIMUM_LENGTH || password.length() > MAXIMUM_LENGTH) {
            return Optional.of("Choose a password of %d to %d characters.".formatted(MINIMUM_LENGTH, MAXIMUM_LENGTH));
        }
        String text = password.toString();
        if (text.chars().distinct().count() < 5) {
            return Optional.of("Choose a password with more different characters.");
        }
        return forbidden.stream()
                .filter(word -> word.length() >= 3 && Subject.normalise(text).contains(Subject.normalise(word)))
                .findFirst()
                .map(word -> "Choose a password that does not contain your name.");
    }

    /**
     * Replaces a password by its owner, who knows the old one.
     *
     * @return {@link PasswordResult.Accepted} when it was changed
     * @throws IllegalArgumentException when the new one cannot be accepted; the message tells its owner why
     */
    public PasswordResult change(String username, CharSequence current, CharSequence replacement, Actor from) {
        Optional<String> objection = objection(replacement, List.of(username, "vultus"));
        if (objection.isPresent() || current.toString().contentEquals(replacement)) {
            throw new IllegalArgumentException(
                    objection.orElse("Choose a password that differs from the one you have."));
        }
        PasswordResult result = signIn(username, current, from);
        return switch (result) {
            case PasswordResult.Accepted _, PasswordResult.MustChange() -> {
                Subject subject = subjects.findByUsername(username, new Scope.Everywhere())
                        .orElseThrow();
                set(
                        subject,
                        replacement,
                        false,
                        Action.PASSWORD_CHANGED,
                        new Actor(subject.id(), from.address(), from.device()));
                yield new PasswordResult.Accepted(new Authenticated(
                        subject,
                        departments.find(subject.department()).orElseThrow(),
                        Set.of(AuthenticationMethod.PASSWORD),
                        clock.instant()));
            }
            case PasswordResult.Refused _, PasswordResult.Locked _ -> result;
        };
    }

    /** Gives somebody a password that only serves to choose another. */
    public void reset(Subject subject, CharSequence oneTime, Actor by) {
        set(subject, oneTime, true, Action.PASSWORD_RESET, by);
    }

    private void set(Subject subject, CharSequence password, boolean mustChange, Action action, Actor by) {
        Passwords.Stored stored = new Passwords.Stored(hasher.hash(password), mustChange);
        work.run(() -> {
            passwords.store(subject.id(), stored);
            audit.append(AuditEvent.done(action, by, subject.id(), subject.department()));
        });
    }

    private void remember(@Nullable Subject subject, boolean accepted, boolean right, Actor from, Instant start) {
        String reason = accepted ? "ACCEPTED" : subject == null ? "UNKNOWN" : right ? "NOT_ACTIVE" : "WRONG_PASSWORD";
        UUID id = subject == null ? null : subject.id();
        UUID department = subject == null ? null : subject.department();
        log.append(new SignInLog.Entry(
                start,
                null,
                department,
                id,
                AuthenticationMethod.PASSWORD,
                accepted,
                reason,
                null,
                null,
                null,
                0,
                Duration.between(start, clock.instant()),
                from.address(),
                from.device()));
        audit.append(
                accepted
                        ? AuditEvent.done(Action.PASSWORD_SIGN_IN, from, id, department)
                        : AuditEvent.refused(Action.PASSWORD_SIGN_IN, from, id, department, reason));
    }

    private static Duration longest(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
