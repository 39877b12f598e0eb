package org.vultus.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.liveness.FrameMark;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.pipeline.AssessedFace;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.biometrics.quality.EyeState;
import org.vultus.biometrics.quality.HeadPose;
import org.vultus.biometrics.quality.QualityAssessment;

/** Probes of people who do not exist, for tests of what comes after the networks. */
public final class SyntheticProbes {
    public static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));

    private SyntheticProbes() {}

    public static FeatureVector features(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return FeatureVector.normalised(EXTRACTOR, floats);
    }

    /** Features about a direction of the person's own; the larger {@code noise}, the less alike her images are. */
    public static FeatureVector features(int person, int image, int dimension, double noise) {
        Random one = new Random(person);
        Random other = new Random(1_000_003L * person + image + 17);
        double[] values = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            values[i] = one.nextGaussian() + noise * other.nextGaussian();
        }
        return features(values);
    }

    public static Outcome<BiometricProbe> probe(FeatureVector features) {
        DetectedFace face = new DetectedFace(new Region(10, 10, 80, 100), 0.9, Optional.empty());
        Landmarks landmarks = new Landmarks(Collections.nCopies(Landmarks.COUNT, new Point(50, 60)));
        return Outcome.accepted(new BiometricProbe(
                new AssessedFace(
                        face,
                        landmarks,
                        new HeadPose(0, 0, 0),
                        new EyeState(1, 1),
                        new QualityAssessment(80, List.of())),
                new LivenessScore(0),
                features,
                new FrameMark(0, 0)));
    }

    public static Outcome<BiometricProbe> refused(Reason reason) {
        return Outcome.refused(reason, "for a test");
    }

    /** Images {@code person/image} of {@code people}, {@code images} each, and their probes. */
    public static Map<String, Outcome<BiometricProbe>> crowd(int people, int images, double noise) {
        Map<String, Outcome<BiometricProbe>> probes = new TreeMap<>();
        for (int p = 0; p < people; p++) {
            for (int i = 0; i < images; i++) {
                probes.put("person%03d/%02d.jpg".formatted(p, i), probe(features(p, i, 64, noise)));
            }
        }
        return probes;
    }
}
