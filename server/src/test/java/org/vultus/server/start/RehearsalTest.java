package org.vultus.server.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.quality.QualityPolicy;
import org.vultus.biometrics.trace.Stage;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;
import org.vultus.server.inference.InferencePool;

class RehearsalTest {

    @Test
    void goesThroughEveryStageThatAFrameGoesThrough() {
        Set<Stage> stages = EnumSet.noneOf(Stage.class);
        try (FaceModels models = FaceModels.open(ModelPack.bundled())) {
            FaceEngine engine = new FaceEngine(
                    new ImageDecoder(ImageLimits.DEFAULT), models.ports(), (stage, nanoseconds) -> stages.add(stage));

            engine.rehearse(new CapturedSample(Rehearsal.drawing()));

            // Comparing takes microseconds.
            assertThat(stages).isEqualTo(EnumSet.complementOf(EnumSet.of(Stage.COMPARE)));
            assertThat(engine.probe(
                                            new CapturedSample(Rehearsal.drawing()),
                                            FaceSelection.SingleFace.TOLERATE_BACKGROUND,
                                            QualityPolicy.SIGN_IN)
                                    instanceof Outcome.Refused<?>(var refusal)
                            && refusal.reason() == Reason.NO_FACE)
                    .as("the drawing shows nobody")
                    .isTrue();
        }
    }

    @Test
    void endsByItself() {
        try (FaceModels models = FaceModels.open(ModelPack.bundled());
                InferencePool pool = new InferencePool(1)) {
            int[] decoded = new int[1];
            FaceEngine engine = new FaceEngine(new ImageDecoder(ImageLimits.DEFAULT), models.ports(), (stage, ns) -> {
                decoded[0] += stage == Stage.DECODE ? 1 : 0;
            });

            int frames = new Rehearsal(engine, pool).play();

            assertThat(frames).isEqualTo(decoded[0]).isGreaterThan(1);
        }
    }
}
