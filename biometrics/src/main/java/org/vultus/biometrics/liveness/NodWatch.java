package org.vultus.biometrics.liveness;

import java.util.Optional;

/** A nod: the pitch leaves where it was, by enough and to either side, and comes back soon. */
final class NodWatch implements Watch {
    /** Degrees; the pose network wanders by up to 5 on a still head. */
    private static final double NODDED_DEGREES = 12;

    private static final double BACK_DEGREES = 6;
    private static final long LONGEST_MS = 2_000;
    private static final double FRONTAL_YAW = 20;

    /** How fast the resting pitch follows, per observation. */
    private static final double FOLLOWS = 0.2;

    private double rest = Double.NaN;
    private long atRest;
    private boolean away;

    @Override
    public Optional<SeenGesture> see(FaceObservation now) {
        double pitch = now.pose().pitch();
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
                return Optional.of(new SeenGesture(Gesture.NOD, from, now.at()));
            }
        }
        return Optional.empty();
    }
}
