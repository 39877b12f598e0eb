package org.vultus.biometrics.liveness;

import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.embed.FaceReading;
import org.vultus.biometrics.image.RgbImage;

/** Port: tells a person from a photo or a screen, in one frame. Implementations are safe to call from several threads. */
public interface LivenessEstimator {

    /**
     * @param image the whole frame: what surrounds the face tells as much as the face
     * @param reading what the extractor made of the same face; its run is the costly one, and is done anyway
     */
    LivenessScore estimate(RgbImage image, DetectedFace face, FaceReading reading);
}
