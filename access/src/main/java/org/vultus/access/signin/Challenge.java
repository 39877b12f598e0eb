package org.vultus.access.signin;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
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
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.liveness.FaceObservation;
import org.vultus.biometrics.liveness.FrameSequence;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.biometrics.liveness.GestureWatch;
import org.vultus.biometrics.liveness.PlanarMotion;
import org.vultus.biometrics.liveness.Script;
import org.vultus.biometrics.liveness.ScriptRun;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.AssessedFace;
import org.vultus.biometrics.quality.QualityComponent;
import org.vultus.biometrics.quality.QualityPolicy;

/** The active part of one session: its scripts, one after the other, and the evidence that its frames gave. For one thread at a time. */
final class Challenge {
    /** A script that went wrong may be followed by another: people look away, and read too late. */
    private static final int MOST_FAILURES = 1;

    /** How often somebody may say what they cannot do: more would be a choice of the easiest script. */
    private static final int MOST_WISHES = 2;

    /** How often the face is compared with that of the beginning, at most: an embedding costs as much as an observation. */
    private static final long BETWEEN_PROBES_MS = 700;

    /** Frames from a program come by the clock; those of a camera over a network waver by milliseconds. */
    private static final double CONSTANT_MS = 0.5;

    private static final int FRAMES_TO_TELL = 15;

    private static final Pattern VIRTUAL = Pattern.compile(
            "virtual|\\bobs\\b|manycam|xsplit|snap camera|droidcam|v4l2|loopback|dummy|fake|splitcam|e2esoft",
            Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_LABEL = 80;

    /** What frames are compared: as for a sign-in, but straight (within 18°) and with the mouth hardly open. */
    private static final QualityPolicy COMPARED = compared();

    private final RandomGenerator random;
    private final int length;
    private final boolean flash;
    private final Set<Gesture> cannot = EnumSet.noneOf(Gesture.class);
    private final FrameSequence frames = new FrameSequence();
    private final GestureWatch watch = new GestureWatch();
    private final List<String> past = new ArrayList<>();
    private final List<Long> intervals = new ArrayList<>();
    private Script script;
    private @Nullable ScriptRun run;
    private @Nullable Landmarks front;
    private int failures;
    private int wishes;
    private long lastProbe = Long.MIN_VALUE;
    private long lastFrame = -1;
    private @Nullable Instant lastArrived;
    private double offPlane;
    private @Nullable String camera;

    Challenge(RandomGenerator random, int length, boolean flash) {
        this.random = random;
        this.length = length;
        this.flash = flash;
        this.script = Script.draw(random, length, cannot, flash);
    }

    Script script() {
        return script;
    }

    FrameSequence frames() {
        return frames;
    }

    /** @return whether the frame is news */
    boolean arrived(CapturedSample sample, Instant arrived, FaceObservation seen) {
        // By when they came, not by when they were taken: a good camera takes them by the clock.
        if (lastArrived != null && intervals.size() < 300) {
            intervals.add(Duration.between(lastArrived, arrived).toMillis());
        }
        lastArrived = arrived;
        boolean later = seen.at() > lastFrame;
        lastFrame = Math.max(lastFrame, seen.at());
        return frames.add(digest(sample), seen.hash(), seen.at()) && later;
    }

    /** Whether this frame is to be compared, given how many were. */
    boolean compares(AssessedFace face, long at) {
        return (lastProbe == Long.MIN_VALUE || finished() || at - lastProbe >= BETWEEN_PROBES_MS)
                && !(COMPARED.check(face.quality()) instanceof Outcome.Refused<?>);
    }

    void compared(long at) {
        lastProbe = at;
    }

    /** Begins with the first observation after the face was compared once. */
    ScriptRun.State see(FaceObservation now, boolean known) {
        if (front == null) {
            front = now.landmarks();
        }
        if (frames.frames() % 3 == 0) {
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

    /** Whether the script was followed and the face was compared once more since. */
    boolean complete() {
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

    /** Another script after one that was not followed; nothing when that was the last chance. */
    Optional<Script> again() {
        failures++;
        if (failures > MOST_FAILURES || !injectionSignals().isEmpty()) {
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

    /** @param label what the client says its camera is called */
    void camera(String label) {
        camera = label.substring(0, Math.min(label.length(), LONGEST_LABEL)).replaceAll("\\p{Cntrl}", " ");
    }

    /** What speaks for frames that no camera took: recorded, and whoever shows any gets no second script. */
    Set<String> injectionSignals() {
        Set<String> signals = new TreeSet<>();
        if (camera != null && VIRTUAL.matcher(camera).find()) {
            signals.add("VIRTUAL_CAMERA");
        }
        if (intervals.size() >= FRAMES_TO_TELL && spread() < CONSTANT_MS) {
            signals.add("CONSTANT_INTERVALS");
        }
        return signals;
    }

    private double spread() {
        double mean = intervals.stream().mapToLong(i -> i).average().orElse(0);
        return Math.sqrt(intervals.stream()
                .mapToDouble(i -> (i - mean) * (i - mean))
                .average()
                .orElse(0));
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
        evidence.put(
                "frames",
                "%d, %d repeated, %d returned".formatted(frames.frames(), frames.repeated(), frames.returned()));
        if (!intervals.isEmpty()) {
            evidence.put("interval_spread_ms", String.format(Locale.ROOT, "%.1f", spread()));
        }
        if (!cannot.isEmpty()) {
            evidence.put("cannot", cannot.stream().map(Gesture::name).collect(Collectors.joining(" ")));
        }
        if (camera != null) {
            evidence.put("camera", camera);
        }
        Set<String> signals = injectionSignals();
        if (!signals.isEmpty()) {
            evidence.put("injection_signals", String.join(" ", signals));
        }
        return evidence;
    }

    private static long digest(CapturedSample sample) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(sample.encoded()))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static QualityPolicy compared() {
        Map<QualityComponent, Integer> minimum = new EnumMap<>(QualityPolicy.SIGN_IN.minimum());
        minimum.put(QualityComponent.YAW, 85);
        minimum.put(QualityComponent.MOUTH_CLOSED, 30);
        return new QualityPolicy(QualityPolicy.SIGN_IN.minimumUnified(), minimum);
    }
}
