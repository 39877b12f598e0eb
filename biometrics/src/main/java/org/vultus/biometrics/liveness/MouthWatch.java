package org.vultus.biometrics.liveness;

import java.util.Optional;

/** The mouth opens wide, from closed or a smile. */
final class MouthWatch implements Watch {
    /** Height over width of the inner lips: nineteen in twenty press photos, smiles included, are below 0.30. */
    private static final double CLOSED = 0.30;

    private static final double WIDE = 0.5;
    private static final long LONGEST_MS = 2_000;

    private long closed = -1;

    @Override
    public Optional<SeenGesture> see(FaceObservation now) {
        double opening = now.mouthOpening();
        if (opening <= CLOSED) {
            closed = now.at();
        } else if (opening >= WIDE && closed >= 0) {
            long from = closed;
            closed = -1;
            return now.at() - from <= LONGEST_MS
                    ? Optional.of(new SeenGesture(Gesture.OPEN_MOUTH, from, now.at()))
                    : Optional.empty();
        }
        return Optional.empty();
    }
}
