package org.vultus.access.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.enrol.Reference;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.liveness.BonaFideFace;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.liveness.PadDecision;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.biometrics.match.Candidate;
import org.vultus.biometrics.match.ComparisonScore;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Refusal;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.biometrics.quality.QualityPolicy;

/**
 * One attempt to sign in by face: takes frames until enough are good, then decides once. The frames that are compared are those
 * that were shown to be live. For one thread at a time; after its decision it answers with that decision again.
 */
public final class FaceAttempt {
    /** Two frames of one session that score below this rate show two people. */
    private static final double SAME_FACE_FMR = 1e-2;

    private final FaceSignIn signIn;
    private final SignInSession session;
    private final Department department;
    private final Actor from;
    private final String addressKey;
    private final Optional<String> nameKey;
    private final List<BiometricProbe> good = new ArrayList<>();
    private int frames;
    private @Nullable FrameAnswer decision;

    FaceAttempt(
            FaceSignIn signIn,
            SignInSession session,
            Department department,
            Actor from,
            String addressKey,
            Optional<String> nameKey) {
        this.signIn = signIn;
        this.session = session;
        this.department = department;
        this.from = from;
        this.addressKey = addressKey;
        this.nameKey = nameKey;
    }

    public SignInSession session() {
        return session;
    }

    /** How many good frames decide. */
    public int wanted() {
        return signIn.rules.frames();
    }

    /** Whether it has been decided. */
    public boolean decided() {
        return decision != null;
    }

    /** @param sample stays the caller's to wipe */
    public FrameAnswer frame(CapturedSample sample) {
        if (decision != null) {
            return decision;
        }
        if (!signIn.clock.instant().isBefore(session.expiresAt()) || frames >= signIn.rules.maximumFrames()) {
            return expire();
        }
        frames++;
        return switch (signIn.engine.probe(
                sample, FaceSelection.SingleFace.TOLERATE_BACKGROUND, QualityPolicy.SIGN_IN)) {
            case Outcome.Refused<BiometricProbe>(Refusal refusal) ->
                new FrameAnswer.Feedback(frames, false, refusal.hints(), Optional.empty(), good.size(), wanted());
            case Outcome.Accepted<BiometricProbe>(BiometricProbe probe) -> accept(probe);
        };
    }

    /** Ends an attempt whose client went away or whose time is up; nothing happens when it was decided. */
    public FrameAnswer expire() {
        if (decision == null) {
            boolean late = !signIn.clock.instant().isBefore(session.expiresAt());
            decision = new FrameAnswer.Refused(SignInRefusal.EXPIRED);
            good.clear();
            signIn.work.run(
                    () -> signIn.sessions.closed(session.id(), late ? "EXPIRED" : "ABANDONED", signIn.clock.instant()));
        }
        return decision;
    }

    private FrameAnswer accept(BiometricProbe probe) {
        double sameFace = signIn.scale.atMost(SAME_FACE_FMR).threshold();
        if (!good.isEmpty() && good.getFirst().features().cosine(probe.features()) < sameFace) {
            return refuse("FACE_CHANGED", null, null, null, null);
        }
        good.add(probe);
        int quality = probe.face().quality().unified();
        if (good.size() < wanted()) {
            return new FrameAnswer.Feedback(frames, true, List.of(), Optional.of(quality), good.size(), wanted());
        }
        if (locked()) {
            return refuseLocked();
        }
        List<LivenessScore> scores = good.stream().map(BiometricProbe::liveness).toList();
        return switch (PassivePad.SIGN_IN.decide(scores)) {
            case PadDecision.Inconclusive(Advice advice) ->
                new FrameAnswer.Feedback(
                        frames, true, List.of(advice), Optional.of(quality), good.size(), good.size() + 1);
            case PadDecision.AttackPresentation _ ->
                refuse(
                        "PRESENTATION_ATTACK",
                        session.claimed(),
                        null,
                        null,
                        LivenessScore.median(scores).bonaFide());
            case PadDecision.BonaFide(BonaFideFace face) -> decide(face);
        };
    }

    /** Sessions that were opened side by side, before the first of them failed, must not add up to more tries than one has. */
    private boolean locked() {
        Instant now = signIn.clock.instant();
        return Stream.concat(Stream.of(addressKey), nameKey.stream())
                .anyMatch(key -> signIn.lockouts.find(key).remaining(now).isPositive());
    }

    private FrameAnswer refuseLocked() {
        signIn.work.run(() -> remember(signIn.clock.instant(), session.claimed(), false, "LOCKED", null, null, null));
        good.clear();
        decision = new FrameAnswer.Refused(SignInRefusal.LOCKED);
        return decision;
    }

    /** Asks for the evidence of liveness, so that nobody is compared without it. */
    private FrameAnswer decide(BonaFideFace live) {
        double liveness = LivenessScore.median(live.frames()).bonaFide();
        FeatureVector probe =
                FeatureVector.mean(good.stream().map(BiometricProbe::features).toList());
        Comparison comparison = session.identification() ? identify(probe) : verify(probe);
        boolean matched = comparison.score() != null
                && comparison.threshold() != null
                && comparison.score() >= comparison.threshold();
        // The same questions to the database for everybody, whether anybody was found or not.
        UUID candidate = comparison.subject() == null ? UUID.randomUUID() : comparison.subject();
        Optional<Subject> subject = signIn.subjects.find(candidate, new Scope.Within(department.id()));
        boolean basis = signIn.bases.inForce(candidate).isPresent();
        if (!matched) {
            return refuse("NO_MATCH", session.claimed(), comparison.score(), comparison.threshold(), liveness);
        }
        if (subject.isEmpty() || !subject.get().active() || !basis) {
            String reason = subject.isEmpty() ? "OTHER_DEPARTMENT" : basis ? "INACTIVE" : "NO_LEGAL_BASIS";
            return refuse(reason, comparison.subject(), comparison.score(), comparison.threshold(), liveness);
        }
        Instant now = signIn.clock.instant();
        signIn.work.run(() -> {
            nameKey.ifPresent(key -> signIn.lockouts.update(key, before -> Lockout.NONE));
            signIn.lockouts.update(addressKey, before -> Lockout.NONE);
            remember(now, subject.get().id(), true, "ACCEPTED", comparison.score(), comparison.threshold(), liveness);
        });
        good.clear();
        decision = new FrameAnswer.Accepted(
                new Authenticated(subject.get(), department, Set.of(AuthenticationMethod.FACE), now));
        return decision;
    }

    private record Comparison(
            @Nullable UUID subject,
            @Nullable Double score,
            @Nullable Double threshold) {}

    private Comparison verify(FeatureVector probe) {
        OperatingPoint point = signIn.scale.atMost(department.policy().verificationFmr());
        // The store is asked for nobody's reference as well, so that an unknown name takes as long as a known one.
        UUID claimed = session.claimed() == null ? UUID.randomUUID() : session.claimed();
        Optional<Reference> reference = signIn.references.active(claimed, probe.extractor());
        return reference
                .map(found -> new Comparison(
                        found.subject(),
                        ComparisonScore.of(probe, found.features()).cosine(),
                        point.threshold()))
                .orElseGet(() -> new Comparison(null, null, point.threshold()));
    }

    private Comparison identify(FeatureVector probe) {
        Optional<OperatingPoint> point = signIn.identificationPoint(department);
        List<Candidate> candidates = signIn.gallery.search(probe, Set.of(department.id()), 1);
        if (candidates.isEmpty() || point.isEmpty()) {
            return new Comparison(null, null, null);
        }
        Candidate best = candidates.getFirst();
        return new Comparison(best.subject(), best.score().cosine(), point.get().threshold());
    }

    private FrameAnswer refuse(
            String reason,
            @Nullable UUID subject,
            @Nullable Double score,
            @Nullable Double threshold,
            @Nullable Double liveness) {
        Instant now = signIn.clock.instant();
        signIn.work.run(() -> {
            nameKey.ifPresent(key -> signIn.lockouts.update(
                    key, before -> signIn.rules.faceOfName().afterFailure(before, now)));
            signIn.lockouts.update(
                    addressKey, before -> signIn.rules.faceFromAddress().afterFailure(before, now));
            remember(now, subject, false, reason, score, threshold, liveness);
        });
        good.clear();
        decision = new FrameAnswer.Refused(SignInRefusal.NOT_RECOGNISED);
        return decision;
    }

    private void remember(
            Instant now,
            @Nullable UUID subject,
            boolean accepted,
            String reason,
            @Nullable Double score,
            @Nullable Double threshold,
            @Nullable Double liveness) {
        signIn.log.append(new SignInLog.Entry(
                now,
                session.id(),
                department.id(),
                subject,
                AuthenticationMethod.FACE,
                accepted,
                reason,
                score,
                threshold,
                liveness,
                frames,
                Duration.between(session.openedAt(), now),
                from.address(),
                from.device()));
        signIn.sessions.closed(session.id(), reason, now);
        signIn.audit.append(
                accepted
                        ? AuditEvent.done(Action.FACE_SIGN_IN, from, subject, department.id())
                                .with("session", session.id().toString())
                        : AuditEvent.refused(Action.FACE_SIGN_IN, from, subject, department.id(), reason)
                                .with("session", session.id().toString()));
    }
}
