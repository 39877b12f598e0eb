package org.vultus.biometrics.liveness;

import java.util.Optional;

/** The mouth opens wide, from closed or a smile, and stays so for a moment: talking opens it as wide, but not for so long. */
final class MouthWatch implements Watch {
    /** Height over width of the inner lips: nineteen in twenty press photos, smiles included, are below 0.30. */
    private static final double CLOSED = 0.30;

    /** Of people on recorded clips who open it wide the landmarks say 0.5 to 0.7 at the widest. */
    private static final double WIDE = 0.42;

    /** On recorded clips the mouths of people who talked were not open for so long (docs/results/liveness-sessions.md). */
    private static final long HELD_MS = 200;

    private static final long LONGEST_MS = 2_000;

    private long closed = -1;
    private long wide = -1;

    @Override
    public Optional<SeenGesture> see(FaceObservation now) {
        double opening = now.mouthOpening();
        if (opening <= CLOSED) {
            closed = now.at();
            wide = -1;
        } else if (opening >= WIDE && closed >= 0) {
            if (wide < 0) {
                wide = now.at();
            }
            if (now.at() - closed > LONGEST_MS) {
                closed = -1;
            } else if (now.at() - wide >= HELD_MS) {
                SeenGesture seen = new SeenGesture(Gesture.OPEN_MOUTH, closed, now.at());
                closed = -1;
                return Optional.of(seen);
            }
        }
        return Optional.empty();
    }
}
