package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PReluRewriteTest {
    private static final long SEED = 7;

    @Test
    void theRewrittenExtractorGivesTheSameFeatures() throws Exception {
        byte[] original = PackFolder.bundled("fr_feature.onnx");
        byte[] rewritten = PReluRewrite.apply(original);
        Random random = new Random(SEED);

        for (int image = 0; image < 5; image++) {
            float[] input = new float[3 * 112 * 112];
            for (int i = 0; i < input.length; i++) {
                input[i] = 2 * random.nextFloat() - 1;
            }
            float[] expected = run(original, input);
            float[] actual = run(rewritten, input);

            double dot = 0;
            double squareOfExpected = 0;
            double squareOfActual = 0;
            for (int i = 0; i < expected.length; i++) {
                dot += (double) expected[i] * actual[i];
                squareOfExpected += (double) expected[i] * expected[i];
                squareOfActual += (double) actual[i] * actual[i];
            }
            assertThat(dot / Math.sqrt(squareOfExpected * squareOfActual)).isCloseTo(1, within(1e-9));
            assertThat(squareOfActual / squareOfExpected).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void noPReluOfTheExtractorIsLeft() throws Exception {
        byte[] rewritten = PReluRewrite.apply(PackFolder.bundled("fr_feature.onnx"));

        assertThat(new String(PackFolder.bundled("fr_feature.onnx"), StandardCharsets.ISO_8859_1))
                .contains("\"\u0005PRelu");
        assertThat(new String(rewritten, StandardCharsets.ISO_8859_1)).doesNotContain("\"\u0005PRelu");
    }

    @Test
    void whatIsNoModelIsRefused() {
        assertThatThrownBy(() -> PReluRewrite.apply(new byte[0])).isInstanceOf(InvalidProtocolBufferException.class);
        assertThatThrownBy(() -> PReluRewrite.apply("not a model at all".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }

    private static float[] run(byte[] model, float[] input) throws OrtException {
        OrtEnvironment environment = SilentRuntime.environment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor tensor =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), new long[] {1, 3, 112, 112});
                OrtSession.Result result = session.run(Map.of("input", tensor))) {
            FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] features = new float[output.remaining()];
            output.get(features);
            return features;
        }
    }
}
