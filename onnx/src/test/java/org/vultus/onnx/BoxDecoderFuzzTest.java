package org.vultus.onnx;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.FloatBuffer;
import java.util.List;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.NonMaximumSuppression;

/** Whatever a network puts out, a decoder gives valid faces and throws nothing. With JAZZER_FUZZ=1 each runs for a while. */
class BoxDecoderFuzzTest {

    private static final double MIN_CONFIDENCE = 0.3;

    @FuzzTest(maxDuration = "2m")
    void ssd(FuzzedDataProvider data) {
        decode(Decoder.SSD, data);
    }

    @FuzzTest(maxDuration = "2m")
    void scrfd(FuzzedDataProvider data) {
        decode(Decoder.SCRFD, data);
    }

    @FuzzTest(maxDuration = "2m")
    void retinaFace(FuzzedDataProvider data) {
        decode(Decoder.RETINAFACE, data);
    }

    @FuzzTest(maxDuration = "2m")
    void yuNet(FuzzedDataProvider data) {
        decode(Decoder.YUNET, data);
    }

    private static void decode(Decoder kind, FuzzedDataProvider data) {
        float[] pattern = new float[64];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = Float.intBitsToFloat(data.consumeInt());
        }
        float score = data.consumeFloat();
        List<FloatBuffer> outputs = BoxDecoderTest.shapesOf(kind).stream()
                .map(shape -> {
                    float[] values = new float[shape.elements()];
                    int from = data.consumeInt(0, pattern.length - 1);
                    for (int i = 0; i < values.length; i++) {
                        // Scores get a value of their own, because random bits are rarely within 0–1.
                        values[i] = shape.columns() <= 2 && i % 3 != 0 ? score : pattern[(from + i) % pattern.length];
                    }
                    return FloatBuffer.wrap(values);
                })
                .toList();
        List<DetectedFace> candidates = BoxDecoderTest.decoder(kind).decode(outputs, MIN_CONFIDENCE);
        BoxDecoderTest.assertValid(candidates, MIN_CONFIDENCE);
        BoxDecoderTest.assertValid(NonMaximumSuppression.suppress(candidates, 0.4), MIN_CONFIDENCE);
    }
}
