package org.vultus.biometrics.liveness;

import java.util.Optional;

/** The face comes closer, looking to the front: it grows from its smallest size. */
final class ApproachWatch implements Watch {
    /** A step from 60 to 48 cm. Landmarks of a still head move the size by 3 %. */
    private static final double CLOSER = 1.25;

    private static final double AS_FAR = 1.05;
    private static final long LONGEST_MS = 5_000;
    private static final double FRONTAL_YAW = 20;

    private double smallest = Double.MAX_VALUE;
    private long far = -1;

    @Override
    public Optional<SeenGesture> see(FaceObservation now) {
        if (Math.abs(now.pose().yaw()) > FRONTAL_YAW) {
            return Optional.empty();
        }
        double size = now.nearness();
        if (now.at() - far > LONGEST_MS) {
            smallest = size;
        }
        smallest = Math.min(smallest, size);
        if (size <= AS_FAR * smallest) {
            far = now.at();
        } else if (size >= CLOSER * smallest) {
            SeenGesture seen = new SeenGesture(Gesture.COME_CLOSER, far, now.at());
            smallest = size;
            far = now.at();
            return Optional.of(seen);
        }
        return Optional.empty();
    }
}
