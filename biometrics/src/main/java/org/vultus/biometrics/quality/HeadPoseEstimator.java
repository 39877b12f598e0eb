package org.vultus.biometrics.quality;

import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.image.RgbImage;

/** Port: estimates where one detected face points. Implementations are safe to call from several threads. */
public interface HeadPoseEstimator {

    HeadPose estimate(RgbImage image, DetectedFace face, Landmarks landmarks);
}
