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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelPaddingTest {
    private static final long SEED = 11;

    /** Every network of the pack, those with nothing to widen too. */
    @ParameterizedTest
    @CsvSource({
        "fr_liveness.onnx, 3, 128, 128, 255",
        "fr_pose.onnx, 3, 224, 224, 1",
        "fr_feature.onnx, 3, 112, 112, 1",
        "fr_detect.onnx, 3, 240, 320, 1",
        "fr_landmark.onnx, 1, 64, 64, 1",
        "fr_eye.onnx, 1, 24, 24, 1"
    })
    void theWidenedNetworkGivesTheSame(String file, int channels, int height, int width, float range) throws Exception {
        byte[] original = PackFolder.bundled(file);
        byte[] widened = ChannelPadding.apply(original);
        Random random = new Random(SEED);
        float[] input = new float[channels * height * width];
        for (int i = 0; i < input.length; i++) {
            input[i] = range * random.nextFloat();
        }
        long[] shape = {1, channels, height, width};

        float[] expected = run(original, input, shape);
        float[] actual = run(widened, input, shape);

        float largest = 1;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).containsExactly(expected, within(largest * 1e-4f));
    }

    @Test
    void noConvolutionOfEachChannelOfTheLivenessNetworkIsLeftWithAPartOfABlock() throws Exception {
        byte[] original = PackFolder.bundled("fr_liveness.onnx");

        assertThat(groups(original)).contains(103L, 231L, 13L);
        assertThat(groups(ChannelPadding.apply(original)))
                .contains(112L, 240L, 16L)
                .allMatch(group -> group == 1 || group % ChannelPadding.BLOCK == 0);
    }

    /** An output has the channels that it has: 386 is taken by a convolution alone, but here by the reader too. */
    @Test
    void whatIsReadIsNotWidened() throws Exception {
        byte[] read = GraphOutputs.only(PackFolder.bundled("fr_liveness.onnx"), List.of("386", "578"));

        OnnxGraph graph = OnnxGraph.read(ChannelPadding.apply(read));

        assertThat(groups(graph.toBytes())).contains(103L).doesNotContain(231L);
    }

    @Test
    void whatIsNoModelIsRefused() {
        assertThatThrownBy(() -> ChannelPadding.apply(new byte[0])).isInstanceOf(InvalidProtocolBufferException.class);
        assertThatThrownBy(() -> ChannelPadding.apply("not a model at all".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }

    private static List<Long> groups(byte[] onnx) throws InvalidProtocolBufferException {
        List<Long> groups = new ArrayList<>();
        for (OnnxGraph.Node node : OnnxGraph.read(onnx).nodes()) {
            if (node.is("Conv")) {
                groups.add(node.group());
            }
        }
        return groups;
    }

    private static float[] run(byte[] model, float[] input, long[] shape) throws OrtException {
        OrtEnvironment environment = SilentRuntime.environment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), shape);
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
            FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[output.remaining()];
            output.get(values);
            return values;
        }
    }
}
