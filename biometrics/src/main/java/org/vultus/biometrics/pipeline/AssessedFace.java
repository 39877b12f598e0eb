package org.vultus.biometrics.pipeline;

import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.quality.EyeState;
import org.vultus.biometrics.quality.HeadPose;
import org.vultus.biometrics.quality.QualityAssessment;

/** Everything that is known of one face in an image, short of who it is. */
public record AssessedFace(
        DetectedFace face, Landmarks landmarks, HeadPose pose, EyeState eyes, QualityAssessment quality) {}
