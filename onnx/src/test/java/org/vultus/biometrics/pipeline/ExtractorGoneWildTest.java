package org.vultus.biometrics.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.detect.LandmarkLocator;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.embed.AlignedFace;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FaceReading;
import org.vultus.biometrics.embed.FeatureExtractor;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.outcome.Refusal;
import org.vultus.biometrics.quality.QualityPolicy;
import org.vultus.biometrics.trace.StageObserver;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;

/** Networks that give numbers without meaning for a good picture: a refusal, never an exception. */
class ExtractorGoneWildTest {

    @Test
    void featuresThatAreNoNumbersAndEyesThatFallTogetherAreRefused() {
        try (FaceModels models = FaceModels.open(ModelPack.bundled())) {
            ModelPorts ports = models.ports();
            DetectedFace face = ports.detector().detect(DemoPhotos.pixels(3)).stream()
                    .sorted(Comparator.comparingDouble(one -> one.box().centreX()))
                    .toList()
                    .get(1);
            byte[] photo = Capture.WEBCAM.of(DemoPhotos.bytes(3), face.box());

            assertThat(probe(ports, photo)).isInstanceOf(Outcome.Accepted.class);
            assertThat(reason(probe(with(ports, ports.landmarks(), new NotANumber(ports.extractor())), photo)))
                    .isEqualTo(Reason.LOW_QUALITY);
            Point[] fallen = new Point[68];
            Arrays.fill(fallen, new Point(face.box().centreX(), face.box().centreY()));
            assertThat(reason(probe(
                            with(ports, (image, found) -> new Landmarks(Arrays.asList(fallen)), ports.extractor()),
                            photo)))
                    .isEqualTo(Reason.NO_FACE);
        }
    }

    private record NotANumber(FeatureExtractor real) implements FeatureExtractor {
        @Override
        public ExtractorId id() {
            return real.id();
        }

        @Override
        public int dimension() {
            return real.dimension();
        }

        @Override
        public FaceReading read(AlignedFace face, Sides sides) {
            float[] features = new float[dimension()];
            Arrays.fill(features, Float.NaN);
            return new FaceReading(FeatureVector.measured(id(), features));
        }
    }

    private static ModelPorts with(ModelPorts ports, LandmarkLocator landmarks, FeatureExtractor extractor) {
        return new ModelPorts(ports.detector(), landmarks, ports.pose(), ports.eyes(), ports.liveness(), extractor);
    }

    private static Outcome<BiometricProbe> probe(ModelPorts ports, byte[] photo) {
        return new FaceEngine(new ImageDecoder(ImageLimits.DEFAULT), ports, StageObserver.NONE)
                .probe(
                        new CapturedSample(photo.clone()),
                        FaceSelection.SingleFace.TOLERATE_BACKGROUND,
                        QualityPolicy.SIGN_IN);
    }

    private static Reason reason(Outcome<BiometricProbe> outcome) {
        if (outcome instanceof Outcome.Refused<BiometricProbe>(Refusal refusal)) {
            return refusal.reason();
        }
        throw new AssertionError(outcome);
    }
}
