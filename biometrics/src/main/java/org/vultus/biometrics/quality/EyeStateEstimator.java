package org.vultus.biometrics.quality;

import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.image.RgbImage;

/** Port: tells open eyes from closed ones. Implementations are safe to call from several threads. */
public interface EyeStateEstimator {

    EyeState estimate(RgbImage image, Landmarks landmarks);
}
