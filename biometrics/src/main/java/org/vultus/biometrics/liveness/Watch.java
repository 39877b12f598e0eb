package org.vultus.biometrics.liveness;

import java.util.Optional;

/** Waits for one gesture, observation by observation in order of time. For one thread. */
interface Watch {

    /** The gesture, at the observation that completes it. */
    Optional<SeenGesture> see(FaceObservation now);
}
