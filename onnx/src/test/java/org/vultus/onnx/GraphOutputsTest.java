package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.image.RgbImage;

class GraphOutputsTest {
    private static final ModelPack PACK = ModelPack.bundled();
    private static final PackManifest.Liveness LIVENESS = PACK.manifest().liveness();

    @Test
    void theOutputsOfTheEditedNetworkAreThoseOfTheNetwork() {
        RgbImage noise = new RgbImage(128, 128);
        new Random(5).nextBytes(noise.rgb());
        float[] original = logits(onnx -> onnx, noise);
        float[] edited = logits(onnx -> GraphOutputs.append(onnx, List.of("578")), noise);

        for (int i = 0; i < 3; i++) {
            assertThat(edited[i]).isCloseTo(original[i], within(1e-4f + 1e-4f * Math.abs(original[i])));
        }
    }

    @Test
    void whatComesAfterTheWantedValuesIsGone() throws Exception {
        byte[] onnx = PACK.read(PACK.manifest().extractor());

        byte[] only = GraphOutputs.only(onnx, List.of("395"));

        assertThat(only.length).isLessThan(onnx.length);
        try (ModelSession session = ModelSession.load(
                PACK,
                PACK.manifest().extractor(),
                RuntimeOptions.DEFAULT,
                bytes -> GraphOutputs.only(bytes, List.of("395")),
                outputs -> {
                    assertThat(outputs).extracting(OutputShape::name).containsExactly("395");
                    return List.of("395");
                })) {
            int values = session.run(tensor -> {}, outputs -> outputs.getFirst().limit());
            assertThat(values).isEqualTo(64 * 28 * 28);
        }
    }

    @Test
    void aValueThatIsNotThereIsTold() {
        assertThatThrownBy(() ->
                        logits(onnx -> GraphOutputs.append(onnx, List.of("no such value")), new RgbImage(128, 128)))
                .isInstanceOf(ModelPackException.class)
                .hasMessageContaining("no such value");
    }

    private static float[] logits(ModelSession.Edit edit, RgbImage image) {
        TensorPacker packer = new TensorPacker(LIVENESS.input());
        try (ModelSession session = ModelSession.load(
                PACK,
                LIVENESS,
                RuntimeOptions.DEFAULT,
                edit,
                outputs -> List.of(
                        Select.only(outputs, o -> o.is(1, 3), "3 values").name()))) {
            return session.run(tensor -> packer.pack(image, tensor), outputs -> {
                FloatBuffer logits = outputs.getFirst();
                return new float[] {logits.get(0), logits.get(1), logits.get(2)};
            });
        }
    }
}
