package org.vultus.biometrics.liveness;

import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.image.RgbImage;

/** Port: what the networks see of one frame, before anything is made of it. Implementations are safe to call from several threads. */
@FunctionalInterface
public interface PadObserver {

    /**
     * @param image the whole frame: what surrounds the face tells as much as the face
     * @param texture mean and spread of the extractor's early channels for the same face
     */
    PadEvidence observe(RgbImage image, DetectedFace face, double[] texture);
}
