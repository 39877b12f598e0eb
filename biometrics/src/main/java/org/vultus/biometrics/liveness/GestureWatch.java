package org.vultus.biometrics.liveness;

import java.util.List;
import java.util.Optional;

/** Watches one face for every gesture at once, so that a gesture that was not asked for is seen too. For one thread at a time. */
public final class GestureWatch {
    private final List<Watch> watches = List.of(
            new BlinkWatch(),
            new TurnWatch(Gesture.TURN_LEFT),
            new TurnWatch(Gesture.TURN_RIGHT),
            new NodWatch(),
            new MouthWatch(),
            new ApproachWatch());

    /**
     * The gestures that this observation completes.
     *
     * @param now later than the one before
     */
    public List<SeenGesture> see(FaceObservation now) {
        return watches.stream()
                .map(watch -> watch.see(now))
                .flatMap(Optional::stream)
                .toList();
    }
}
