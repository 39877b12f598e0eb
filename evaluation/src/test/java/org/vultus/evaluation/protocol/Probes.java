package org.vultus.evaluation.protocol;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.liveness.FrameMark;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.AssessedFace;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.biometrics.quality.EyeState;
import org.vultus.biometrics.quality.HeadPose;
import org.vultus.biometrics.quality.QualityAssessment;

/** Probes with features in the plane, so that a score is the cosine of the angle between two of them. */
public final class Probes {
    public static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));

    private static final AssessedFace FACE = new AssessedFace(
            new DetectedFace(new Region(0, 0, 1, 1), 1, Optional.empty()),
            new Landmarks(Collections.nCopies(Landmarks.COUNT, new Point(0, 0))),
            new HeadPose(0, 0, 0),
            new EyeState(1, 1),
            new QualityAssessment(50, List.of()));

    private static final FrameMark MARK = new FrameMark(0, 0);

    private Probes() {}

    public static Outcome<BiometricProbe> at(double degrees) {
        return Outcome.accepted(new BiometricProbe(FACE, new LivenessScore(1), features(degrees), MARK));
    }

    /** A probe whose frame has this liveness. */
    public static Outcome<BiometricProbe> live(double bonaFide) {
        return Outcome.accepted(new BiometricProbe(FACE, new LivenessScore(bonaFide), features(0), MARK));
    }

    public static FeatureVector features(double degrees) {
        return FeatureVector.normalised(
                EXTRACTOR,
                new float[] {(float) Math.cos(Math.toRadians(degrees)), (float) Math.sin(Math.toRadians(degrees))});
    }

    /** The score of two probes so many degrees apart. */
    public static double score(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }
}
