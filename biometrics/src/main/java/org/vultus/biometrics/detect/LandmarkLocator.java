package org.vultus.biometrics.detect;

import org.vultus.biometrics.image.RgbImage;

/** Port: places the 68 points of one detected face. Implementations are safe to call from several threads. */
public interface LandmarkLocator {

    /**
     * The points, near the face. Where they cannot be told, all of them lie on one place: such a face has no extent, and a
     * quality policy refuses it.
     */
    Landmarks locate(RgbImage image, DetectedFace face);
}
