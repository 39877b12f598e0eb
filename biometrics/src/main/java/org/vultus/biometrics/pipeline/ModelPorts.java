package org.vultus.biometrics.pipeline;

import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FaceDetector;
import org.vultus.biometrics.detect.LandmarkLocator;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.embed.AlignedFace;
import org.vultus.biometrics.embed.FaceAligner;
import org.vultus.biometrics.embed.FaceReading;
import org.vultus.biometrics.embed.FeatureExtractor;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.liveness.LivenessEstimator;
import org.vultus.biometrics.quality.EyeStateEstimator;
import org.vultus.biometrics.quality.FrontalPose;
import org.vultus.biometrics.quality.HeadPose;
import org.vultus.biometrics.quality.HeadPoseEstimator;

/** The networks that the pipeline runs on, one for each port. All are safe to call from several threads. */
public record ModelPorts(
        FaceDetector detector,
        LandmarkLocator landmarks,
        HeadPoseEstimator pose,
        EyeStateEstimator eyes,
        LivenessEstimator liveness,
        FeatureExtractor extractor) {

    /**
     * Where a head points: by its points where they say that it looks about straight ahead, which costs next to nothing, else by the
     * network.
     */
    public HeadPose headPose(RgbImage image, DetectedFace face, Landmarks landmarks) {
        return FrontalPose.of(landmarks).orElseGet(() -> pose.estimate(image, face, landmarks));
    }

    /** What the extractor makes of the face with these landmarks. */
    public FaceReading read(RgbImage image, Landmarks landmarks, Sides sides) {
        try (AlignedFace aligned = FaceAligner.align(image, landmarks.fivePoints())) {
            return extractor.read(aligned, sides);
        }
    }
}
