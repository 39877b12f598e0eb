package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.outcome.Refusal;
import org.vultus.biometrics.pipeline.AssessedFace;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.quality.QualityPolicy;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;

/**
 * A real network that gives NaN and infinities: a normalisation that divides by next to nothing hands it infinite pixels. The
 * attempt is refused, and nothing throws.
 */
class NetworkGoneWildTest {
    private static final String NEXT_TO_NOTHING = "std: [1.0e-300]";

    private static FaceModels standard;
    private static CapturedSample straight;

    /** A head that is turned a little: of one that looks straight ahead the pose network is not asked. */
    private static CapturedSample turned;

    @TempDir
    private Path folder;

    @BeforeAll
    static void capture() {
        standard = FaceModels.open(ModelPack.bundled());
        straight = sample(3, 1);
        turned = sample(1, 0);
    }

    private static CapturedSample sample(int photo, int fromTheLeft) {
        DetectedFace face = standard.ports().detector().detect(DemoPhotos.pixels(photo)).stream()
                .sorted((a, b) -> Double.compare(a.box().centreX(), b.box().centreX()))
                .toList()
                .get(fromTheLeft);
        return new CapturedSample(Capture.WEBCAM.of(DemoPhotos.bytes(photo), face.box()));
    }

    @AfterAll
    static void close() {
        standard.close();
    }

    @Test
    void theFacesAreGoodEnoughOtherwise() {
        assertThat(refusal(standard, straight)).isEmpty();
        assertThat(refusal(standard, turned)).isEmpty();
        assertThat(described(standard, turned).getFirst().quality().advice()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "mean: [127], std: [128] | mean: [127], | NO_FACE | LOOK_AT_CAMERA",
                "mean: [0], std: [256] | mean: [0], | NO_FACE | LOOK_AT_CAMERA",
                "std: [58.395, 57.12, 57.375] | \"\" | LOW_QUALITY | TURN_TO_CAMERA",
                "mean: [0], std: [255] | mean: [0], | LOW_QUALITY | OPEN_EYES"
            })
    void isRefusedWithAdvice(String from, String to, Reason reason, Advice advice) {
        PackFolder pack = PackFolder.copy(folder);
        pack.edit(from, to + " " + NEXT_TO_NOTHING);
        CapturedSample sample = advice == Advice.TURN_TO_CAMERA ? turned : straight;
        try (FaceModels models = FaceModels.open(ModelPack.open(folder))) {
            assertThat(refusal(models, sample).map(Refusal::reason)).contains(reason);
            if (reason == Reason.NO_FACE) {
                assertThat(reason.advice()).isEqualTo(advice);
            } else {
                assertThat(described(models, sample).getFirst().quality().advice())
                        .contains(advice);
            }
        }
    }

    private static Optional<Refusal> refusal(FaceModels models, CapturedSample sample) {
        return switch (engine(models).probe(sample, FaceSelection.SingleFace.STRICT, QualityPolicy.SIGN_IN)) {
            case Outcome.Accepted<BiometricProbe> _ -> Optional.empty();
            case Outcome.Refused<BiometricProbe>(Refusal refusal) -> Optional.of(refusal);
        };
    }

    private static List<AssessedFace> described(FaceModels models, CapturedSample sample) {
        return switch (engine(models).describe(sample)) {
            case Outcome.Accepted<List<AssessedFace>>(List<AssessedFace> faces) -> faces;
            case Outcome.Refused<List<AssessedFace>>(Refusal refusal) -> throw new AssertionError(refusal);
        };
    }

    private static FaceEngine engine(FaceModels models) {
        return new FaceEngine(new ImageDecoder(ImageLimits.DEFAULT), models.ports(), (stage, nanoseconds) -> {});
    }
}
