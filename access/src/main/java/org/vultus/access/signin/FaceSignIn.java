package org.vultus.access.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.enrol.References;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.biometrics.decide.IdentificationBound;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.liveness.Script;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.pipeline.FaceEngine;

/**
 * Signing in by face: verification when a user name is claimed, identification within the department otherwise. Opens attempts;
 * each attempt then takes its own frames. A name that nobody bears opens an attempt like any other. Safe for several threads.
 */
public final class FaceSignIn {

    /**
     * Who wants to sign in where.
     *
     * @param atLeast what the application asks for that they sign in to; the stricter of this and the department's policy holds
     */
    public record Request(String department, Optional<String> username, Actor from, LivenessPolicy atLeast) {

        /** For no application that asks for anything. */
        public Request(String department, Optional<String> username, Actor from) {
            this(department, username, from, LivenessPolicy.PASSIVE);
        }
    }

    final FaceEngine engine;
    final OperatingPoints scale;
    final Gallery gallery;
    final Subjects subjects;
    final Departments departments;
    final LegalBases bases;
    final References references;
    final SignInSessions sessions;
    final SignInLog log;
    final Lockouts lockouts;
    final AuditTrail audit;
    final UnitOfWork work;
    final SignInRules rules;
    final Clock clock;
    final SessionMemory memory;
    private final RandomGenerator random;

    /** @param random what draws the scripts: nobody may be able to predict it */
    public FaceSignIn(
            FaceEngine engine,
            OperatingPoints scale,
            Gallery gallery,
            Subjects subjects,
            Departments departments,
            LegalBases bases,
            References references,
            SignInSessions sessions,
            SignInLog log,
            Lockouts lockouts,
            AuditTrail audit,
            UnitOfWork work,
            SignInRules rules,
            Clock clock,
            RandomGenerator random) {
        this.engine = engine;
        this.scale = scale;
        this.gallery = gallery;
        this.subjects = subjects;
        this.departments = departments;
        this.bases = bases;
        this.references = references;
        this.sessions = sessions;
        this.log = log;
        this.lockouts = lockouts;
        this.audit = audit;
        this.work = work;
        this.rules = rules;
        this.clock = clock;
        this.random = random;
        this.memory = new SessionMemory(clock);
    }

    /**
     * Forgets the frames of accepted sessions that are too old to matter, and those of people who have no reference in force any more,
     * erased on whichever server. To be called from time to time.
     */
    public void forgetWhoIsGone() {
        Set<UUID> gone = new HashSet<>(memory.subjects());
        gone.removeAll(references.inForce(gone));
        memory.forget(gone);
    }

    public Opening open(Request request) {
        Instant now = clock.instant();
        Optional<Department> department =
                departments.findByCode(request.department()).filter(Department::active);
        if (department.isEmpty()) {
            return new Opening.Refused(SignInRefusal.UNKNOWN_DEPARTMENT, Duration.ZERO);
        }
        Department where = department.get();
        Optional<String> username = request.username().filter(name -> !name.isBlank());
        if (username.isEmpty() && !mayIdentify(where)) {
            return new Opening.Refused(SignInRefusal.USERNAME_NEEDED, Duration.ZERO);
        }
        if (username.isPresent()
                && scale.points().getLast().fmr() > where.policy().verificationFmr()) {
            return new Opening.Refused(SignInRefusal.POLICY_NOT_AVAILABLE, Duration.ZERO);
        }
        String address = Optional.ofNullable(request.from().address()).orElse("unknown");
        String ofAddress = LockoutKey.faceFrom(address);
        Optional<String> ofName = username.map(LockoutKey::faceOf);
        Duration wait = lockouts.find(ofAddress).remaining(now);
        Duration nameWait = ofName.map(key -> lockouts.find(key).remaining(now)).orElse(Duration.ZERO);
        Duration longest = wait.compareTo(nameWait) >= 0 ? wait : nameWait;
        if (longest.isPositive()) {
            return new Opening.Refused(SignInRefusal.LOCKED, longest);
        }
        Optional<Subject> claimed =
                username.flatMap(name -> subjects.findByUsername(name, new Scope.Within(where.id())));
        LivenessPolicy liveness = where.policy().liveness().andAtLeast(request.atLeast());
        SignInSession session = new SignInSession(
                UUID.randomUUID(),
                where.id(),
                claimed.map(Subject::id).orElse(null),
                username.isEmpty(),
                liveness,
                request.from().address(),
                request.from().device(),
                now,
                now.plus(rules.sessionLife()));
        work.run(() -> sessions.opened(session));
        int attacks = Math.max(
                memory.attacksOn(ofAddress), ofName.map(memory::attacksOn).orElse(0));
        return new Opening.Opened(new FaceAttempt(
                this,
                session,
                new SignInErrand(this, session, where, request.from(), ofAddress, ofName),
                request.from(),
                challenge(liveness, attacks)));
    }

    /** Opens an attempt at a device, which ends with a {@link FrameAnswer.Identified} instead of a sign-in. */
    public FaceAttempt attend(Desk desk) {
        Instant now = clock.instant();
        SignInSession session = new SignInSession(
                UUID.randomUUID(),
                null,
                null,
                true,
                desk.liveness(),
                desk.from().address(),
                desk.from().device(),
                now,
                now.plus(rules.sessionLife()));
        return new FaceAttempt(
                this,
                session,
                new PresenceErrand(this, session.id(), desk),
                desk.from(),
                challenge(desk.liveness(), memory.attacksOn(desk.lockout())));
    }

    /** Whoever was attacked lately, or wherever an attack came from, is asked for more. */
    private Optional<Challenge> challenge(LivenessPolicy liveness, int attacks) {
        return switch (liveness) {
            case PASSIVE -> Optional.empty();
            case ACTIVE -> Optional.of(new Challenge(random, Script.SHORTEST + attacks, false));
            case STRICT -> Optional.of(new Challenge(random, Script.SHORTEST + attacks, true));
        };
    }

    /** Whether the department allows it and is small enough for its bound. */
    private boolean mayIdentify(Department department) {
        return department.policy().identification()
                && identificationPoint(department).isPresent();
    }

    /** The operating point of a search among the department's references as they are now; empty when none keeps its bound. */
    public Optional<OperatingPoint> identificationPoint(Department department) {
        int references = Math.max(1, gallery.size(department.id()));
        return new IdentificationBound(department.policy().fpirBound()).pointFor(scale, references);
    }
}
