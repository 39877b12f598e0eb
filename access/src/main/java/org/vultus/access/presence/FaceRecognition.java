package org.vultus.access.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.proof.ProofOfPresence;
import org.vultus.access.signin.AuthenticationMethod;
import org.vultus.access.signin.Desk;
import org.vultus.access.signin.FaceSignIn;
import org.vultus.access.signin.Lockout;
import org.vultus.access.signin.Lockouts;
import org.vultus.access.signin.Opening;
import org.vultus.access.signin.SignInLog;
import org.vultus.access.signin.SignInRefusal;
import org.vultus.access.signin.SignInRules;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.biometrics.decide.IdentificationBound;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.Thumbnail;
import org.vultus.biometrics.liveness.BonaFideFace;
import org.vultus.biometrics.liveness.FrameSequence;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.biometrics.liveness.GestureWatch;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.liveness.PadDecision;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.biometrics.match.Candidate;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Refusal;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.pipeline.ObservedFrame;
import org.vultus.biometrics.quality.QualityPolicy;

/**
 * Recognises one person in a few frames, among the people of a device's departments. The frames that are compared are those that were
 * shown to be live, and they must show one person. Identification keeps the strictest bound of those departments over all their people
 * together. Safe for several threads; runs on its caller's.
 */
public final class FaceRecognition {
    /** Two frames of one attempt that score below this rate show two people; as in a sign-in. */
    private static final double SAME_FACE_FMR = 1e-2;

    /** More frames than this are not looked at. */
    public static final int MAXIMUM_FRAMES = 10;

    /** Strangers pass by a kiosk all day, so its waits begin late and stay short; the bound on identification holds for each attempt. */
    private static final Lockout.Rule FAILURES = new Lockout.Rule(20, Duration.ofSeconds(5), Duration.ofMinutes(2));

    private final FaceSignIn signIn;
    private final FaceEngine engine;
    private final OperatingPoints scale;
    private final Gallery gallery;
    private final Subjects subjects;
    private final Departments departments;
    private final LegalBases bases;
    private final ProofOfPresence proofs;
    private final SignInLog log;
    private final Lockouts lockouts;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final SignInRules rules;
    private final Clock clock;

    public FaceRecognition(
            FaceSignIn signIn,
            FaceEngine engine,
            OperatingPoints scale,
            Gallery gallery,
            Subjects subjects,
            Departments departments,
            LegalBases bases,
            ProofOfPresence proofs,
            SignInLog log,
            Lockouts lockouts,
            AuditTrail audit,
            UnitOfWork work,
            SignInRules rules,
            Clock clock) {
        this.signIn = signIn;
        this.engine = engine;
        this.scale = scale;
        this.gallery = gallery;
        this.subjects = subjects;
        this.departments = departments;
        this.bases = bases;
        this.proofs = proofs;
        this.log = log;
        this.lockouts = lockouts;
        this.audit = audit;
        this.work = work;
        this.rules = rules;
        this.clock = clock;
    }

    /** What decided, for the log. */
    private record Grounds(
            @Nullable UUID subject,
            @Nullable Double score,
            @Nullable Double threshold,
            @Nullable Double liveness) {
        static final Grounds NONE = new Grounds(null, null, null, null);
    }

    /** A frame that is compared, and what was read from it. */
    private record Read(CapturedSample frame, BiometricProbe probe) {}

    /**
     * What the frames of an attempt gave.
     *
     * @param frames all of them, to tell those that are the same
     * @param advice of the frames that are not compared
     * @param blinks where the frames have a time; evidence for the audit trail and no condition, since a recording blinks too
     */
    private record Seen(List<Read> read, FrameSequence frames, Set<Advice> advice, OptionalInt blinks) {}

    /** One attempt. */
    private record Attempt(Device device, Instant begin, int frames, String lockout) {}

    /** What a device asks of a face before it says whose it is; empty where it recognises none. */
    public Optional<LivenessPolicy> asks(Device device) {
        Set<Department> where = identifying(device);
        return point(where).map(_ -> strictest(where));
    }

    /** Opens a session at a device, under the strictest of its departments' policies of liveness. */
    public Opening open(Device device) {
        Set<Department> where = identifying(device);
        Optional<OperatingPoint> point = point(where);
        if (point.isEmpty()) {
            return new Opening.Refused(SignInRefusal.POLICY_NOT_AVAILABLE, Duration.ZERO);
        }
        String lockout = lockout(device);
        Duration wait = lockouts.find(lockout).remaining(clock.instant());
        if (wait.isPositive()) {
            return new Opening.Refused(SignInRefusal.LOCKED, wait);
        }
        return new Opening.Opened(signIn.attend(
                new Desk(device.id(), where, point.get(), strictest(where), lockout, FAILURES, device.from())));
    }

    private static String lockout(Device device) {
        return "kiosk/face/" + device.id();
    }

    private static LivenessPolicy strictest(Set<Department> where) {
        return where.stream()
                .map(d -> d.policy().liveness())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** @param frames consecutive, at least as many as a sign-in wants; they stay the caller's to wipe */
    public Recognition recognise(List<CapturedSample> frames, Device device) {
        Attempt attempt = new Attempt(device, clock.instant(), frames.size(), lockout(device));
        Set<Department> where = usable(device);
        Optional<OperatingPoint> point = point(where);
        if (point.isEmpty()) {
            return new Recognition.NotAvailable();
        }
        Duration wait = lockouts.find(attempt.lockout).remaining(attempt.begin);
        if (wait.isPositive()) {
            return new Recognition.Locked(wait);
        }
        Seen seen = look(frames.subList(0, Math.min(frames.size(), MAXIMUM_FRAMES)));
        List<BiometricProbe> good = seen.read.stream().map(Read::probe).toList();
        if (good.size() < rules.frames()) {
            return new Recognition.MoreFrames(List.copyOf(seen.advice), good.size(), rules.frames());
        }
        double sameFace = scale.atMost(SAME_FACE_FMR).threshold();
        FeatureVector first = good.getFirst().features();
        if (good.stream().anyMatch(probe -> first.cosine(probe.features()) < sameFace)) {
            return refuse(attempt, "FACE_CHANGED", Grounds.NONE);
        }
        List<LivenessScore> scores = good.stream().map(BiometricProbe::liveness).toList();
        // As in a session without a script: frames that were there before are forgiven nothing.
        PadDecision live =
                seen.frames.repeats() ? PassivePad.SIGN_IN.decideStrictly(scores) : PassivePad.SIGN_IN.decide(scores);
        return switch (live) {
            case PadDecision.Inconclusive(Advice hint) ->
                new Recognition.MoreFrames(List.of(hint), good.size(), good.size() + 1);
            case PadDecision.AttackPresentation _ ->
                refuse(
                        attempt,
                        "PRESENTATION_ATTACK",
                        new Grounds(
                                null, null, null, LivenessScore.median(scores).bonaFide()));
            case PadDecision.BonaFide(BonaFideFace face) -> identify(attempt, where, point.get(), seen, face);
        };
    }

    private Seen look(List<CapturedSample> frames) {
        boolean timed = frames.stream().allMatch(frame -> frame.taken().isPresent());
        List<Read> read = new ArrayList<>();
        FrameSequence marks = new FrameSequence();
        Set<Advice> advice = new LinkedHashSet<>();
        GestureWatch watch = new GestureWatch();
        long blinks = 0;
        for (CapturedSample frame : frames) {
            Sides sides = Sides.ofFrame(read.size());
            if (!timed) {
                take(
                        engine.probe(frame, FaceSelection.SingleFace.TOLERATE_BACKGROUND, QualityPolicy.SIGN_IN, sides),
                        frame,
                        marks,
                        read,
                        advice);
                continue;
            }
            long at = Duration.between(
                            frames.getFirst().taken().orElseThrow(),
                            frame.taken().orElseThrow())
                    .toMillis();
            Outcome<ObservedFrame> outcome = engine.observe(
                    frame,
                    FaceSelection.SingleFace.TOLERATE_BACKGROUND,
                    at,
                    face -> QualityPolicy.SIGN_IN.check(face.quality()) instanceof Outcome.Accepted<?>,
                    sides);
            if (outcome instanceof Outcome.Accepted<ObservedFrame>(ObservedFrame one)) {
                blinks += watch.see(one.observation()).stream()
                        .filter(gesture -> gesture.gesture() == Gesture.BLINK)
                        .count();
            }
            take(
                    outcome.then(one -> QualityPolicy.SIGN_IN
                            .check(one.face().quality())
                            .map(_ -> one.probe().orElseThrow())),
                    frame,
                    marks,
                    read,
                    advice);
        }
        return new Seen(read, marks, advice, timed ? OptionalInt.of((int) blinks) : OptionalInt.empty());
    }

    private static void take(
            Outcome<BiometricProbe> outcome,
            CapturedSample frame,
            FrameSequence marks,
            List<Read> read,
            Set<Advice> advice) {
        switch (outcome) {
            case Outcome.Refused<BiometricProbe>(Refusal refusal) -> advice.addAll(refusal.hints());
            case Outcome.Accepted<BiometricProbe>(BiometricProbe probe) -> {
                // No other session is compared with it: the order does for a time.
                marks.add(probe.mark(), marks.frames());
                read.add(new Read(frame, probe));
            }
        }
    }

    private Set<Department> identifying(Device device) {
        return device.departments().stream()
                .map(departments::find)
                .flatMap(Optional::stream)
                .filter(Department::active)
                .filter(d -> d.policy().identification())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A few frames are no script. */
    private Set<Department> usable(Device device) {
        return identifying(device).stream()
                .filter(d -> d.policy().liveness() == LivenessPolicy.PASSIVE)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Empty when nobody may be identified here. */
    private Optional<OperatingPoint> point(Set<Department> where) {
        int references = where.stream().mapToInt(d -> gallery.size(d.id())).sum();
        return where.stream()
                .mapToDouble(d -> d.policy().fpirBound())
                .boxed()
                .min(Double::compare)
                .flatMap(bound -> new IdentificationBound(bound).pointFor(scale, Math.max(1, references)));
    }

    /** Asks for the evidence of liveness, so that nobody is compared without it. */
    private Recognition identify(
            Attempt attempt, Set<Department> where, OperatingPoint point, Seen seen, BonaFideFace live) {
        double liveness = LivenessScore.median(live.frames()).bonaFide();
        FeatureVector probe = FeatureVector.mean(
                seen.read.stream().map(one -> one.probe().features()).toList());
        Set<UUID> ids = where.stream().map(Department::id).collect(Collectors.toUnmodifiableSet());
        Optional<Candidate> best = gallery.search(probe, ids, 1).stream().findFirst();
        if (best.isEmpty()) {
            return refuse(attempt, "NO_MATCH", new Grounds(null, null, null, liveness));
        }
        double score = best.get().score().cosine();
        Grounds grounds = new Grounds(best.get().subject(), score, point.threshold(), liveness);
        if (score < point.threshold()) {
            return refuse(attempt, "NO_MATCH", new Grounds(null, score, point.threshold(), liveness));
        }
        Optional<Subject> subject = subjects.find(best.get().subject(), new Scope.Everywhere())
                .filter(found -> ids.contains(found.department()));
        if (subject.isEmpty()) {
            return refuse(attempt, "OTHER_DEPARTMENT", grounds);
        }
        if (!subject.get().active() || bases.inForce(subject.get().id()).isEmpty()) {
            return refuse(attempt, subject.get().active() ? "NO_LEGAL_BASIS" : "INACTIVE", grounds);
        }
        work.run(() -> {
            lockouts.update(attempt.lockout, before -> Lockout.NONE);
            remember(attempt, subject.get().department(), true, "ACCEPTED", grounds);
            AuditEvent event = AuditEvent.done(
                            Action.FACE_RECOGNISED,
                            attempt.device.from(),
                            subject.get().id(),
                            subject.get().department())
                    .with("kiosk", attempt.device.id().toString())
                    .with("frames", seen.frames.told())
                    .with("liveness", String.format(Locale.ROOT, "%.4f", liveness));
            audit.append(
                    seen.blinks.isPresent() ? event.with("blinks", Integer.toString(seen.blinks.getAsInt())) : event);
        });
        return new Recognition.Recognised(
                new Present(subject.get(), Present.Means.FACE, attempt.device.id(), picture(subject.get(), seen.read)));
    }

    /** Of the best frame, and only where it may be kept. */
    private Optional<Thumbnail> picture(Subject subject, List<Read> read) {
        if (!proofs.wanted(subject)) {
            return Optional.empty();
        }
        Read best = read.stream()
                .max(Comparator.comparingInt(one -> one.probe().face().quality().unified()))
                .orElseThrow();
        return switch (engine.thumbnail(best.frame(), best.probe().face().face())) {
            case Outcome.Accepted<Thumbnail>(Thumbnail made) -> Optional.of(made);
            case Outcome.Refused<Thumbnail> _ -> Optional.empty();
        };
    }

    private Recognition refuse(Attempt attempt, String reason, Grounds grounds) {
        work.run(() -> {
            lockouts.update(attempt.lockout, before -> FAILURES.afterFailure(before, attempt.begin));
            remember(attempt, null, false, reason, grounds);
            audit.append(AuditEvent.refused(Action.PUNCH, attempt.device.from(), grounds.subject, null, reason)
                    .with("kiosk", attempt.device.id().toString()));
        });
        return new Recognition.NotRecognised();
    }

    private void remember(
            Attempt attempt, @Nullable UUID department, boolean accepted, String reason, Grounds grounds) {
        log.append(new SignInLog.Entry(
                attempt.begin,
                null,
                department,
                grounds.subject,
                AuthenticationMethod.FACE,
                accepted,
                reason,
                grounds.score,
                grounds.threshold,
                grounds.liveness,
                attempt.frames,
                Duration.between(attempt.begin, clock.instant()),
                attempt.device.from().address(),
                attempt.device.from().device()));
    }
}
