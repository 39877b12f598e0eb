package org.vultus.access.signin;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.liveness.FaceObservation;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.biometrics.liveness.GestureWatch;
import org.vultus.biometrics.liveness.PlanarMotion;
import org.vultus.biometrics.liveness.Script;
import org.vultus.biometrics.liveness.ScriptRun;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.AssessedFace;
import org.vultus.biometrics.quality.QualityComponent;
import org.vultus.biometrics.quality.QualityPolicy;

/** The active part of one session: its scripts, one after the other, and what was done about them. For one thread at a time. */
final class Challenge {
    /** A script that went wrong may be followed by another: people look away, and read too late. */
    private static final int MOST_FAILURES = 1;

    /** How often somebody may say what they cannot do: more would be a choice of the easiest script. */
    private static final int MOST_WISHES = 2;

    /** How often the face is compared with that of the beginning, at most: an embedding costs as much as an observation. */
    private static final long BETWEEN_PROBES_MS = 700;

    /**
     * Of fewer frames, or for a shorter time, a recording is not told from a face that is alive. Whoever reads a script and follows it is watched for longer;
     * a recording answers at once, and is gone before it can be recognised (docs/results/webrtc.md: of three seconds 374 of 460, of two 274).
     */
    private static final int FRAMES_TO_TELL = 24;

    /** A camera that is too slow for so many is not waited for longer. */
    private static final long LONG_ENOUGH_MS = 3_500;

    /** What frames are compared: as for a sign-in, but straight (within 18°) and with the mouth hardly open. */
    private static final QualityPolicy COMPARED = compared();

    private final RandomGenerator random;
    private final int length;
    private final boolean flash;
    private final Set<Gesture> cannot = EnumSet.noneOf(Gesture.class);
    private final GestureWatch watch = new GestureWatch();
    private final List<String> past = new ArrayList<>();
    private Script script;
    private @Nullable ScriptRun run;
    private @Nullable Landmarks front;
    private int failures;
    private int wishes;
    private long lastProbe = Long.MIN_VALUE;
    private long firstFrame = -1;
    private long lastFrame = -1;
    private long observed;
    private double offPlane;

    Challenge(RandomGenerator random, int length, boolean flash) {
        this.random = random;
        this.length = length;
        this.flash = flash;
        this.script = Script.draw(random, length, cannot, flash);
    }

    Script script() {
        return script;
    }

    /** Whether this frame is to be compared, given how many were. */
    boolean compares(AssessedFace face, long at) {
        return (lastProbe == Long.MIN_VALUE || finished() && !comparedSince() || at - lastProbe >= BETWEEN_PROBES_MS)
                && !(COMPARED.check(face.quality()) instanceof Outcome.Refused<?>);
    }

    void compared(long at) {
        lastProbe = at;
    }

    /** Begins with the first observation after the face was compared once. */
    ScriptRun.State see(FaceObservation now, boolean known) {
        if (now.at() <= lastFrame) {
            return elapse(now.at());
        }
        firstFrame = observed == 0 ? now.at() : firstFrame;
        lastFrame = now.at();
        observed++;
        if (front == null) {
            front = now.landmarks();
        }
        if (observed % 3 == 0) {
            double residual = PlanarMotion.residual(front, now.landmarks());
            offPlane = Double.isNaN(residual) ? offPlane : Math.max(offPlane, residual);
        }
        if (run == null) {
            if (!known) {
                watch.see(now);
                return new ScriptRun.State.Doing(0, 0);
            }
            run = new ScriptRun(script, watch);
        }
        return run.see(now);
    }

    /** Time passed without a usable frame. */
    ScriptRun.State elapse(long at) {
        return run == null ? new ScriptRun.State.Doing(0, 0) : run.elapse(at);
    }

    /** Whether the script was followed, the face was compared once more since, and enough was seen to tell a recording. */
    boolean complete() {
        return comparedSince() && (observed >= FRAMES_TO_TELL || lastFrame - firstFrame >= LONG_ENOUGH_MS);
    }

    private boolean comparedSince() {
        return run != null && run.state() instanceof ScriptRun.State.Done(long at) && lastProbe > at;
    }

    private boolean finished() {
        return run != null && run.state() instanceof ScriptRun.State.Done;
    }

    Optional<Prompt> prompt() {
        return run == null
                ? Optional.of(prompt(0, script.steps().getFirst().window().toMillis(), false))
                : run.state() instanceof ScriptRun.State.Doing(int step, long remaining)
                        ? Optional.of(prompt(step, remaining, true))
                        : Optional.empty();
    }

    private Prompt prompt(int step, long remaining, boolean begun) {
        return new Prompt(step, script.steps().size(), script.steps().get(step), remaining, begun);
    }

    /**
     * Another script after one that was not followed; nothing when that was the last chance.
     *
     * @param suspicious whether something speaks for frames that no camera took
     */
    Optional<Script> again(boolean suspicious) {
        failures++;
        if (failures > MOST_FAILURES || suspicious) {
            return Optional.empty();
        }
        return Optional.of(anew());
    }

    /** Another script without what this person cannot do; nothing when too little is left, or it was asked too often. */
    Optional<Script> without(Set<Gesture> impossible) {
        EnumSet<Gesture> all = EnumSet.of(Gesture.COLOUR_FLASH);
        all.addAll(cannot);
        all.addAll(impossible);
        if (wishes >= MOST_WISHES
                || impossible.contains(Gesture.COLOUR_FLASH)
                || Gesture.values().length - all.size() < Script.SHORTEST) {
            return Optional.empty();
        }
        wishes++;
        cannot.addAll(impossible);
        return Optional.of(anew());
    }

    private Script anew() {
        past.add(told());
        script = Script.draw(random, length, cannot, flash);
        run = null;
        return script;
    }

    private String told() {
        String asked = script.steps().stream().map(s -> s.gesture().name()).collect(Collectors.joining(" "));
        return asked + (run == null ? "" : " -> " + run.state());
    }

    /** For the audit log, never for a client. */
    SortedMap<String, String> evidence() {
        TreeMap<String, String> evidence = new TreeMap<>();
        List<String> scripts = new ArrayList<>(past);
        scripts.add(told());
        evidence.put("scripts", String.join("; ", scripts));
        if (run != null) {
            evidence.put(
                    "gestures",
                    run.seen().stream()
                            .map(g -> g.gesture() + "@" + g.from() + "-" + g.to())
                            .collect(Collectors.joining(" ")));
            if (flash) {
                var r = run.reflection();
                evidence.put(
                        "reflection",
                        String.format(
                                Locale.ROOT,
                                "%.2f after %d ms, skin %.4f, background %.4f",
                                r.agreement(),
                                r.delay(),
                                r.skin(),
                                r.background()));
            }
        }
        evidence.put("off_plane", String.format(Locale.ROOT, "%.3f", offPlane));
        if (!cannot.isEmpty()) {
            evidence.put("cannot", cannot.stream().map(Gesture::name).collect(Collectors.joining(" ")));
        }
        return evidence;
    }

    private static QualityPolicy compared() {
        Map<QualityComponent, Integer> minimum = new EnumMap<>(QualityPolicy.SIGN_IN.minimum());
        minimum.put(QualityComponent.YAW, 85);
        minimum.put(QualityComponent.MOUTH_CLOSED, 30);
        return new QualityPolicy(QualityPolicy.SIGN_IN.minimumUnified(), minimum);
    }
}
