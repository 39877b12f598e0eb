package org.vultus.biometrics.liveness;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A nod: the pitch leaves where it was, by enough and to either side, and comes back soon. */
final class NodWatch implements Watch {
    /** Degrees; the pose network wanders by up to 5 on a still head, and jumps by 20 from frame to frame on one that looks down. */
    private static final double NODDED_DEGREES = 12;

    /** Of the pitch the median of so long is taken: three pictures of ten a second. */
    private static final long MEDIAN_MS = 260;

    /** Nods on recorded clips took 400 ms and more (docs/results/liveness-sessions.md). */
    private static final long SHORTEST_MS = 250;

    private static final double BACK_DEGREES = 6;
    private static final long LONGEST_MS = 2_000;
    private static final double FRONTAL_YAW = 20;

    /** How fast the resting pitch follows, per observation. */
    private static final double FOLLOWS = 0.2;

    private record Past(long at, double pitch) {}

    private final Deque<Past> past = new ArrayDeque<>();
    private double rest = Double.NaN;
    private long atRest;
    private boolean away;

    @Override
    public Optional<SeenGesture> see(FaceObservation now) {
        double pitch = pitch(now);
        if (Double.isNaN(rest) || Math.abs(now.pose().yaw()) > FRONTAL_YAW || now.at() - atRest > LONGEST_MS) {
            rest = pitch;
            atRest = now.at();
            away = false;
            return Optional.empty();
        }
        double off = Math.abs(pitch - rest);
        if (off >= NODDED_DEGREES) {
            away = true;
        } else if (off <= BACK_DEGREES) {
            long from = atRest;
            atRest = now.at();
            rest += FOLLOWS * (pitch - rest);
            if (away) {
                away = false;
                return now.at() - from >= SHORTEST_MS
                        ? Optional.of(new SeenGesture(Gesture.NOD, from, now.at()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private double pitch(FaceObservation now) {
        past.add(new Past(now.at(), now.pose().pitch()));
        while (now.at() - past.getFirst().at() > MEDIAN_MS) {
            past.removeFirst();
        }
        double[] sorted = past.stream().mapToDouble(Past::pitch).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
