package org.vultus.access.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.Thumbnail;
import org.vultus.biometrics.liveness.AttackSpecies;
import org.vultus.biometrics.liveness.BonaFideFace;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.liveness.PadDecision;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.biometrics.liveness.Script;
import org.vultus.biometrics.liveness.ScriptRun;
import org.vultus.biometrics.liveness.SessionVerdict;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Refusal;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.biometrics.pipeline.ObservedFrame;
import org.vultus.biometrics.quality.QualityPolicy;

/**
 * One attempt to sign in by face, or to be seen at a device: takes frames until enough are good, then decides once. The frames that are compared are those
 * that were shown to be live. For one thread at a time; after its decision it answers with that decision again.
 */
public final class FaceAttempt {
    /** Two frames of one session that score below this rate show two people. */
    private static final double SAME_FACE_FMR = 1e-2;

    /** A script takes that many times the frames of a session without one: movement needs ten a second, for as long as it takes. */
    private static final int FRAMES_OF_A_SCRIPT = 4;

    private final FaceSignIn signIn;
    private final SignInSession session;
    private final Errand errand;
    private final Actor from;
    private final Optional<Challenge> challenge;
    private final Provenance provenance;
    private final List<BiometricProbe> good = new ArrayList<>();
    private double leastAlike = 1;
    private @Nullable Portrait portrait;
    private int frames;
    private @Nullable FrameAnswer decision;

    /** The best of the frames that are compared, where a picture may be wanted. */
    private record Portrait(Thumbnail picture, int quality) {}

    FaceAttempt(FaceSignIn signIn, SignInSession session, Errand errand, Actor from, Optional<Challenge> challenge) {
        this.signIn = signIn;
        this.session = session;
        this.errand = errand;
        this.from = from;
        this.challenge = challenge;
        this.provenance = new Provenance(session.openedAt());
    }

    public SignInSession session() {
        return session;
    }

    /** What the person is to do; nothing under a policy that asks for nothing. */
    public Optional<Script> script() {
        return challenge.map(Challenge::script);
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
        if (!signIn.clock.instant().isBefore(session.expiresAt()) || frames >= maximumFrames()) {
            return expire();
        }
        frames++;
        Instant arrived = sample.arrived().orElseGet(signIn.clock::instant);
        Instant taken = sample.taken().orElse(arrived);
        if (!provenance.inTime(taken)) {
            return noNews(Optional.empty());
        }
        if (challenge.isPresent()) {
            return watched(challenge.get(), sample, arrived, since(taken));
        }
        return switch (signIn.engine.probe(
                sample,
                FaceSelection.SingleFace.TOLERATE_BACKGROUND,
                QualityPolicy.SIGN_IN,
                Sides.ofFrame(good.size()))) {
            case Outcome.Refused<BiometricProbe>(Refusal refusal) ->
                new FrameAnswer.Feedback(frames, false, refusal.hints(), Optional.empty(), good.size(), wanted());
            case Outcome.Accepted<BiometricProbe>(BiometricProbe probe) -> accept(sample, arrived, probe);
        };
    }

    private long since(Instant taken) {
        return Duration.between(session.openedAt(), taken).toMillis();
    }

    /**
     * A frame that shows nothing new: one that was there before, or not of this session by its time. It does not count, and is
     * forgiven, because a slow camera gives a frame twice. Under a script what is asked for is more important to say.
     */
    private FrameAnswer noNews(Optional<Integer> quality) {
        return challenge
                .map(active -> follow(active, active.elapse(since(provenance.last())), false, List.of(), quality))
                .orElseGet(() -> new FrameAnswer.Feedback(
                        frames, false, List.of(Advice.SHOW_NEW_PICTURES), quality, good.size(), wanted()));
    }

    /**
     * Asks for another script, for somebody who cannot do what this one asks for.
     *
     * @return nothing when the script stays: it was asked too often, too little is left to ask for, or there is none
     */
    public Optional<FrameAnswer.Scripted> cannot(Set<Gesture> gestures) {
        return decision != null
                ? Optional.empty()
                : challenge.flatMap(c -> c.without(gestures)).map(script -> new FrameAnswer.Scripted(script, false));
    }

    /** Takes note of what the client says its camera is called; it is not proven. */
    public void camera(String label) {
        provenance.camera(new CameraLabel(label));
    }

    /** One frame under a script: the same frames show the movement, the face and, where it is straight, who it is. */
    private FrameAnswer watched(Challenge active, CapturedSample sample, Instant arrived, long at) {
        return switch (signIn.engine.observe(
                sample,
                FaceSelection.SingleFace.TOLERATE_BACKGROUND,
                at,
                face -> active.compares(face, at),
                Sides.ofFrame(good.size()))) {
            case Outcome.Refused<ObservedFrame>(Refusal refusal) ->
                follow(active, active.elapse(at), false, refusal.hints(), Optional.empty());
            case Outcome.Accepted<ObservedFrame>(ObservedFrame frame) -> observed(active, sample, arrived, frame, at);
        };
    }

    private FrameAnswer observed(
            Challenge active, CapturedSample sample, Instant arrived, ObservedFrame frame, long at) {
        Optional<Integer> quality = Optional.of(frame.face().quality().unified());
        boolean news = provenance.add(frame.observation().mark(), arrived);
        if (provenance.frames().loops()) {
            return attacked(AttackSpecies.LOOP, null, null, null);
        }
        if (!news) {
            return noNews(quality);
        }
        if (frame.probe().isPresent()) {
            BiometricProbe probe = frame.probe().get();
            if (!remainsTheSame(probe)) {
                return attacked(AttackSpecies.SWAP, null, null, null);
            }
            take(sample, probe);
            active.compared(at);
        }
        List<Advice> advice = good.isEmpty()
                ? frame.face().quality().advice().stream().limit(1).toList()
                : List.of();
        return follow(active, active.see(frame.observation(), !good.isEmpty()), !good.isEmpty(), advice, quality);
    }

    private FrameAnswer follow(
            Challenge active, ScriptRun.State state, boolean accepted, List<Advice> advice, Optional<Integer> quality) {
        if (state instanceof ScriptRun.State.Failed) {
            return active.again(!provenance.injectionSignals().isEmpty())
                    .<FrameAnswer>map(script -> new FrameAnswer.Scripted(script, true))
                    .orElseGet(() -> refuse("SCRIPT_NOT_FOLLOWED", errand.claimed(), null, null, null));
        }
        if (active.complete() && good.size() >= wanted()) {
            return judge(quality);
        }
        return new FrameAnswer.Feedback(
                frames, accepted, advice, quality, Math.min(good.size(), wanted() - 1), wanted(), active.prompt());
    }

    private int maximumFrames() {
        return signIn.rules.maximumFrames() * (challenge.isPresent() ? FRAMES_OF_A_SCRIPT : 1);
    }

    /** Ends an attempt whose client went away or whose time is up; nothing happens when it was decided. */
    public FrameAnswer expire() {
        if (decision == null) {
            boolean late = !signIn.clock.instant().isBefore(session.expiresAt());
            decision = new FrameAnswer.Refused(SignInRefusal.EXPIRED);
            forget();
            signIn.work.run(() -> errand.closed(late ? "EXPIRED" : "ABANDONED", signIn.clock.instant()));
        }
        return decision;
    }

    /** Whether a frame shows the face of the first good one. */
    private boolean remainsTheSame(BiometricProbe probe) {
        if (!good.isEmpty()) {
            leastAlike = Math.min(leastAlike, good.getFirst().features().cosine(probe.features()));
        }
        return leastAlike >= signIn.scale.atMost(SAME_FACE_FMR).threshold();
    }

    /** A frame that is to be compared. */
    private void take(CapturedSample sample, BiometricProbe probe) {
        good.add(probe);
        int quality = probe.face().quality().unified();
        if (errand.pictures()
                && (portrait == null || quality > portrait.quality)
                && signIn.engine.thumbnail(sample, probe.face().face())
                        instanceof Outcome.Accepted<Thumbnail>(Thumbnail picture)) {
            wipePortrait();
            portrait = new Portrait(picture, quality);
        }
    }

    private void forget() {
        good.clear();
        wipePortrait();
    }

    private void wipePortrait() {
        if (portrait != null) {
            portrait.picture.close();
            portrait = null;
        }
    }

    private FrameAnswer accept(CapturedSample sample, Instant arrived, BiometricProbe probe) {
        Optional<Integer> quality = Optional.of(probe.face().quality().unified());
        provenance.add(probe.mark(), arrived);
        if (!remainsTheSame(probe)) {
            return refuse("FACE_CHANGED", null, null, null, null);
        }
        take(sample, probe);
        if (good.size() < wanted()) {
            return new FrameAnswer.Feedback(frames, true, List.of(), quality, good.size(), wanted());
        }
        return judge(quality);
    }

    /** There are frames enough: whether they are live, and whose they are. */
    private FrameAnswer judge(Optional<Integer> quality) {
        if (errand.locked(signIn.clock.instant())) {
            return refuseLocked();
        }
        List<LivenessScore> scores = good.stream().map(BiometricProbe::liveness).toList();
        return switch (verdict(scores)) {
            case SessionVerdict.Inconclusive(Advice advice) ->
                new FrameAnswer.Feedback(frames, true, List.of(advice), quality, good.size(), good.size() + 1);
            case SessionVerdict.AttackPresentation(AttackSpecies species) ->
                attacked(species, null, null, LivenessScore.median(scores).bonaFide());
            case SessionVerdict.BonaFide(BonaFideFace face) -> decide(face);
        };
    }

    /**
     * Where something speaks for frames that no camera took, none is forgiven. Without a script nothing says that what is shown is of
     * now, and frames that were there before speak no louder (docs/adr/0056-what-tells-of-a-camera.md).
     */
    private SessionVerdict verdict(List<LivenessScore> scores) {
        boolean strictly = !provenance.injectionSignals().isEmpty()
                || challenge.isEmpty() && provenance.frames().repeats();
        PadDecision decision = strictly ? PassivePad.SIGN_IN.decideStrictly(scores) : PassivePad.SIGN_IN.decide(scores);
        return switch (decision) {
            case PadDecision.Inconclusive(Advice advice) -> new SessionVerdict.Inconclusive(advice);
            case PadDecision.AttackPresentation _ -> new SessionVerdict.AttackPresentation(AttackSpecies.ARTEFACT);
            case PadDecision.BonaFide(BonaFideFace face) -> new SessionVerdict.BonaFide(face);
        };
    }

    private FrameAnswer refuseLocked() {
        signIn.work.run(() -> remember(
                signIn.clock.instant(), errand.department(), errand.claimed(), false, "LOCKED", null, null, null));
        forget();
        decision = new FrameAnswer.Refused(SignInRefusal.LOCKED);
        return decision;
    }

    /** Asks for the evidence of liveness, so that nobody is compared without it. */
    private FrameAnswer decide(BonaFideFace live) {
        double liveness = LivenessScore.median(live.frames()).bonaFide();
        FeatureVector probe =
                FeatureVector.mean(good.stream().map(BiometricProbe::features).toList());
        Errand.Comparison comparison = errand.compare(probe);
        boolean matched = comparison.score() != null
                && comparison.threshold() != null
                && comparison.score() >= comparison.threshold();
        // The same questions to the database for everybody, whether anybody was found or not.
        UUID candidate = comparison.subject() == null ? UUID.randomUUID() : comparison.subject();
        Optional<Subject> subject = errand.find(candidate);
        boolean basis = signIn.bases.inForce(candidate).isPresent();
        if (!matched) {
            return refuse("NO_MATCH", errand.claimed(), comparison.score(), comparison.threshold(), liveness);
        }
        if (subject.isEmpty() || !subject.get().active() || !basis) {
            String reason = subject.isEmpty() ? "OTHER_DEPARTMENT" : basis ? "INACTIVE" : "NO_LEGAL_BASIS";
            return refuse(reason, comparison.subject(), comparison.score(), comparison.threshold(), liveness);
        }
        UUID person = subject.get().id();
        if (signIn.memory.replays(person, provenance.frames())) {
            provenance.replayed();
            if (challenge.isPresent()
                    || !(PassivePad.SIGN_IN.decideStrictly(live.frames()) instanceof PadDecision.BonaFide)) {
                return attacked(AttackSpecies.REPLAY, comparison.score(), comparison.threshold(), liveness);
            }
        }
        signIn.memory.accept(person, provenance.frames());
        Instant now = signIn.clock.instant();
        signIn.work.run(() -> {
            errand.succeeded(now);
            UUID where = subject.get().department();
            remember(now, where, person, true, "ACCEPTED", comparison.score(), comparison.threshold(), liveness);
        });
        Optional<Thumbnail> picture = Optional.ofNullable(portrait).map(Portrait::picture);
        // Handed over with the evidence.
        portrait = null;
        forget();
        decision = errand.accepted(subject.get(), now, picture);
        return decision;
    }

    /** An attack is refused like anything else, and is a security event of its own. */
    private FrameAnswer attacked(
            AttackSpecies species, @Nullable Double score, @Nullable Double threshold, @Nullable Double liveness) {
        errand.attacked();
        FrameAnswer answer = refuse("PRESENTATION_ATTACK", errand.claimed(), score, threshold, liveness);
        signIn.work.run(() -> signIn.audit.append(AuditEvent.refused(
                        Action.PRESENTATION_ATTACK, from, errand.claimed(), errand.department(), species.name())
                .with("session", session.id().toString())));
        return answer;
    }

    private FrameAnswer refuse(
            String reason,
            @Nullable UUID subject,
            @Nullable Double score,
            @Nullable Double threshold,
            @Nullable Double liveness) {
        Instant now = signIn.clock.instant();
        signIn.work.run(() -> {
            errand.failed(now);
            remember(now, errand.department(), subject, false, reason, score, threshold, liveness);
        });
        forget();
        decision = new FrameAnswer.Refused(SignInRefusal.NOT_RECOGNISED);
        return decision;
    }

    private void remember(
            Instant now,
            @Nullable UUID where,
            @Nullable UUID subject,
            boolean accepted,
            String reason,
            @Nullable Double score,
            @Nullable Double threshold,
            @Nullable Double liveness) {
        signIn.log.append(new SignInLog.Entry(
                now,
                session.id(),
                where,
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
        errand.closed(reason, now);
        errand.event(accepted, subject, reason).ifPresent(event -> {
            AuditEvent whole = event;
            for (Map.Entry<String, String> evidence : evidence(liveness).entrySet()) {
                whole = whole.with(evidence.getKey(), evidence.getValue());
            }
            signIn.audit.append(whole);
        });
    }

    /** What the session was judged by; for the audit trail alone. */
    private SortedMap<String, String> evidence(@Nullable Double liveness) {
        TreeMap<String, String> evidence = new TreeMap<>(provenance.evidence());
        challenge.ifPresent(active -> evidence.putAll(active.evidence()));
        evidence.put("least_alike", String.format(Locale.ROOT, "%.3f", leastAlike));
        if (liveness != null) {
            evidence.put("liveness", String.format(Locale.ROOT, "%.4f", liveness));
        }
        return evidence;
    }
}
