package org.vultus.evaluation.clips;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.liveness.AttackSpecies;
import org.vultus.biometrics.liveness.FaceObservation;
import org.vultus.biometrics.liveness.FrameSequence;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.biometrics.liveness.GestureWatch;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.liveness.PadDecision;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.biometrics.liveness.PlanarMotion;
import org.vultus.biometrics.liveness.Script;
import org.vultus.biometrics.liveness.ScriptRun;
import org.vultus.biometrics.liveness.SeenGesture;
import org.vultus.biometrics.liveness.SessionVerdict;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.pipeline.AssessedFace;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.pipeline.ObservedFrame;
import org.vultus.biometrics.quality.QualityComponent;
import org.vultus.biometrics.quality.QualityPolicy;

/**
 * One clip, as if a camera had sent it to a session from the first frame on. A clip cannot answer a script, so two questions are
 * asked of it: what it shows, and how many scripts that a server would draw it follows by chance.
 */
public final class ClipSession {
    /** As in a session of the server. */
    private static final long BETWEEN_PROBES_MS = 700;

    private static final double STRAIGHT_DEGREES = 18;
    private static final double TURNED_DEGREES = 24;
    private static final double FRONT_DEGREES = 12;
    private static final int FRAMES_OF_A_SIGN_IN = 3;
    private static final int SCRIPTS = 200;

    /** For so long an attacker lets a clip run, again and again. */
    private static final long SESSION_MS = 30_000;

    private final List<FaceObservation> observations = new ArrayList<>();
    private final List<Optional<FaceObservation>> frames = new ArrayList<>();
    private final List<BiometricProbe> probes = new ArrayList<>();
    private final Map<Reason, Integer> failures = new EnumMap<>(Reason.class);
    private final List<SeenGesture> seen = new ArrayList<>();
    private final boolean padded;
    private int beyond;
    private long lastProbe = -BETWEEN_PROBES_MS;
    private double rate;

    private ClipSession(boolean padded) {
        this.padded = padded;
    }

    /** A clip of a face that reaches beyond its frames is looked at once more with a border around it. */
    public static ClipSession of(Path clip, FaceEngine engine) throws IOException {
        ClipSession session = run(clip, engine, false);
        return session.probes.size() < FRAMES_OF_A_SIGN_IN && 2 * session.beyond > session.frames.size()
                ? run(clip, engine, true)
                : session;
    }

    private static ClipSession run(Path clip, FaceEngine engine, boolean padded) throws IOException {
        ClipSession session = new ClipSession(padded);
        session.rate = ClipFrames.read(clip, padded, (jpeg, at) -> session.look(engine, jpeg, at));
        GestureWatch watch = new GestureWatch();
        session.turnedFromTheStart().ifPresent(session.seen::add);
        session.observations.forEach(now -> session.seen.addAll(watch.see(now)));
        return session;
    }

    private void look(FaceEngine engine, byte[] jpeg, long at) {
        try (CapturedSample sample = new CapturedSample(jpeg)) {
            switch (engine.observe(
                    sample,
                    FaceSelection.SingleFace.TOLERATE_BACKGROUND,
                    at,
                    face -> compared(face, at),
                    Sides.ofFrame(probes.size()))) {
                case Outcome.Refused<ObservedFrame>(var refusal) -> {
                    frames.add(Optional.empty());
                    failures.merge(refusal.reason(), 1, Integer::sum);
                }
                case Outcome.Accepted<ObservedFrame>(ObservedFrame frame) -> {
                    frames.add(Optional.of(frame.observation()));
                    observations.add(frame.observation());
                    beyond += frame.face()
                                            .quality()
                                            .component(QualityComponent.CROP)
                                            .score()
                                    < 10
                            ? 1
                            : 0;
                    frame.probe().ifPresent(probe -> {
                        probes.add(probe);
                        lastProbe = at;
                    });
                }
            }
        }
    }

    private boolean compared(AssessedFace face, long at) {
        return at - lastProbe >= (probes.size() < FRAMES_OF_A_SIGN_IN ? 1 : BETWEEN_PROBES_MS)
                && Math.abs(face.pose().yaw()) <= STRAIGHT_DEGREES
                && QualityPolicy.SIGN_IN.check(face.quality()) instanceof Outcome.Accepted<?>;
    }

    /** A head that is turned when the clip begins and then looks to the front; its way out is not in the clip. */
    private Optional<SeenGesture> turnedFromTheStart() {
        if (observations.isEmpty() || Math.abs(observations.getFirst().pose().yaw()) < TURNED_DEGREES) {
            return Optional.empty();
        }
        double yaw = observations.getFirst().pose().yaw();
        return observations.stream()
                .filter(o -> Math.abs(o.pose().yaw()) <= FRONT_DEGREES)
                .findFirst()
                .map(front -> new SeenGesture(yaw > 0 ? Gesture.TURN_LEFT : Gesture.TURN_RIGHT, 0, front.at()));
    }

    int frames() {
        return frames.size();
    }

    int framesWithAFace() {
        return observations.size();
    }

    double rate() {
        return rate;
    }

    boolean padded() {
        return padded;
    }

    Map<Reason, Integer> failures() {
        return failures;
    }

    /** In order of time. */
    List<SeenGesture> seen() {
        return seen;
    }

    /** Largest residual of a plane against the first observation; recorded, not judged. */
    double offPlane() {
        return observations.stream()
                .mapToDouble(o -> PlanarMotion.residual(observations.getFirst().landmarks(), o.landmarks()))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    Optional<Double> liveness() {
        return probes.isEmpty()
                ? Optional.empty()
                : Optional.of(LivenessScore.median(scores()).bonaFide());
    }

    private List<LivenessScore> scores() {
        return probes.stream().map(BiometricProbe::liveness).toList();
    }

    /** Whether just the expected gestures are in the clip; of turns also no others. */
    boolean shows(Map<Gesture, Integer> expected) {
        for (Gesture gesture : Gesture.values()) {
            long count = seen.stream().filter(s -> s.gesture() == gesture).count();
            boolean asked = expected.containsKey(gesture);
            boolean turn = gesture == Gesture.TURN_LEFT || gesture == Gesture.TURN_RIGHT;
            if ((asked || turn) && count != expected.getOrDefault(gesture, 0)) {
                return false;
            }
        }
        return true;
    }

    /** As under the policy passive. */
    SessionVerdict passive() {
        if (probes.size() < FRAMES_OF_A_SIGN_IN) {
            return new SessionVerdict.Inconclusive(Advice.LOOK_AT_CAMERA);
        }
        return switch (PassivePad.SIGN_IN.decide(scores())) {
            case PadDecision.Inconclusive(Advice advice) -> new SessionVerdict.Inconclusive(advice);
            case PadDecision.AttackPresentation _ -> new SessionVerdict.AttackPresentation(AttackSpecies.ARTEFACT);
            case PadDecision.BonaFide(var evidence) -> new SessionVerdict.BonaFide(evidence);
        };
    }

    /**
     * As under the policy active, had the session asked for just these gestures.
     *
     * @param sameFace the lowest cosine of two frames of one person
     */
    SessionVerdict active(Map<Gesture, Integer> asked, double sameFace) {
        FrameSequence sequence = new FrameSequence();
        for (int i = 0; i < observations.size(); i++) {
            sequence.add(
                    i, observations.get(i).mark().look(), observations.get(i).at());
        }
        if (sequence.loops()) {
            return new SessionVerdict.AttackPresentation(AttackSpecies.LOOP);
        }
        if (leastAlike() < sameFace) {
            return new SessionVerdict.AttackPresentation(AttackSpecies.SWAP);
        }
        return asked.isEmpty() || !shows(asked) ? new SessionVerdict.Inconclusive(Advice.FOLLOW_THE_SCRIPT) : passive();
    }

    /** The lowest cosine of a compared frame with the first. */
    double leastAlike() {
        FeatureVector first = probes.isEmpty() ? null : probes.getFirst().features();
        return probes.stream()
                .mapToDouble(p -> first == null ? 1 : first.cosine(p.features()))
                .min()
                .orElse(1);
    }

    /**
     * How many of {@value #SCRIPTS} scripts that the server would draw the clip follows when it is shown again and again to a
     * camera: whatever the passive check says of it. Repeats are not recognised by their bytes, which a camera changes.
     */
    double followedByChance() {
        if (observations.isEmpty()) {
            return 0;
        }
        Random random = new Random(1);
        int followed = 0;
        for (int i = 0; i < SCRIPTS; i++) {
            followed += follows(Script.draw(random, Script.SHORTEST, Set.of(), false)) ? 1 : 0;
        }
        return (double) followed / SCRIPTS;
    }

    private boolean follows(Script script) {
        ScriptRun run = new ScriptRun(script, new GestureWatch());
        FrameSequence sequence = new FrameSequence();
        double between = 1_000 / rate;
        long shown = 0;
        for (double start = 0; start < SESSION_MS; start += frames.size() * between) {
            for (int i = 0; i < frames.size(); i++) {
                long at = Math.round(start + i * between);
                ScriptRun.State state = run.elapse(at);
                if (frames.get(i).isPresent()) {
                    FaceObservation o = frames.get(i).get();
                    sequence.add(shown++, o.mark().look(), at);
                    state = run.see(
                            new FaceObservation(at, o.box(), o.landmarks(), o.pose(), o.eyes(), o.colour(), o.mark()));
                }
                if (state instanceof ScriptRun.State.Failed) {
                    return false;
                }
                if (state instanceof ScriptRun.State.Done) {
                    return !sequence.loops();
                }
            }
        }
        return false;
    }
}
