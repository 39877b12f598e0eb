package org.vultus.biometrics.liveness;

import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.image.RgbImage;

/** Port: tells a person from a photo or a screen, in one frame. Implementations are safe to call from several threads. */
public interface LivenessEstimator {

    /** @param image the whole frame: what surrounds the face tells as much as the face */
    LivenessScore estimate(RgbImage image, DetectedFace face);
}
