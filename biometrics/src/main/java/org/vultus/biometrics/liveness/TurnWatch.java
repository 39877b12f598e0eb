package org.vultus.biometrics.liveness;

import java.util.Optional;

/** A turn of the head from the front to one side, by the pose network and, in the same direction, by the nose between the eyes. */
final class TurnWatch implements Watch {
    /** Degrees within which a head looks to the front: the pose network's noise on a still head is 3. */
    private static final double FRONT_DEGREES = 12;

    /** Degrees from which it is turned: far enough not to be done by chance, near enough for a stiff neck (chosen). */
    private static final double TURNED_DEGREES = 24;

    /** By how much the nose leaves the middle between the eyes, in eye distances; 0.25 and more at 25° on a recorded turn. */
    private static final double NOSE_MOVES = 0.1;

    /** A slow turn. */
    private static final long LONGEST_MS = 3_000;

    private final Gesture gesture;
    private final int sign;
    private long front = -1;
    private double noseInFront;

    TurnWatch(Gesture gesture) {
        this.gesture = gesture;
        this.sign = gesture == Gesture.TURN_LEFT ? 1 : -1;
    }

    @Override
    public Optional<SeenGesture> see(FaceObservation now) {
        double yaw = sign * now.pose().yaw();
        if (Math.abs(yaw) <= FRONT_DEGREES) {
            front = now.at();
            noseInFront = now.noseOffset();
            return Optional.empty();
        }
        boolean turned = front >= 0
                && now.at() - front <= LONGEST_MS
                && yaw >= TURNED_DEGREES
                && sign * (now.noseOffset() - noseInFront) >= NOSE_MOVES;
        if (!turned) {
            return Optional.empty();
        }
        SeenGesture seen = new SeenGesture(gesture, front, now.at());
        front = -1;
        return Optional.of(seen);
    }
}
