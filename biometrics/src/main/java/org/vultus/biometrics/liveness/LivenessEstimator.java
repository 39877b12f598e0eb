package org.vultus.biometrics.liveness;

import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.image.RgbImage;

/** Port: tells a person from a photo or a screen, in one frame. Implementations are safe to call from several threads. */
public interface LivenessEstimator {

    /**
     * @param image the whole frame: what surrounds the face tells as much as the face
     * @param texture what the extractor saw of the same face on the way to its features, which are computed anyway: mean and
     *     spread of early channels; of no length where nothing asks for it
     */
    LivenessScore estimate(RgbImage image, DetectedFace face, double[] texture);
}
