package org.vultus.biometrics.detect;

import org.vultus.biometrics.image.RgbImage;

/** Port: places the 68 points of one detected face. Implementations are safe to call from several threads. */
public interface LandmarkLocator {

    Landmarks locate(RgbImage image, DetectedFace face);
}
