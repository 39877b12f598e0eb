package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.liveness.LivenessScore;

class SoftmaxTest {

    @Test
    void weighsEveryIndexByItsProbability() {
        // Probabilities 1/6, 2/6, 3/6.
        float[] logits = {0, (float) Math.log(2), (float) Math.log(3)};
        assertThat(Softmax.expectedIndex(FloatBuffer.wrap(logits), 3)).isCloseTo((2 + 2 * 3) / 6.0, within(1e-6));
    }

    @Test
    void whatIsNoNumberStaysNone() {
        for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThat(Softmax.expectedIndex(FloatBuffer.wrap(new float[] {1, wrong, 2}), 3))
                    .isNaN();
        }
    }

    @Test
    void givesTheProbabilityOfOneClass() {
        FloatBuffer logits = FloatBuffer.wrap(new float[] {0, (float) Math.log(2), (float) Math.log(3)});
        assertThat(probability(logits, 3, 0)).isCloseTo(1 / 6.0, within(1e-6));
        assertThat(probability(logits, 3, 2)).isCloseTo(3 / 6.0, within(1e-6));
        FloatBuffer extreme = FloatBuffer.wrap(new float[] {-3e38f, 3e38f, 0});
        assertThat(probability(extreme, 3, 0)).isZero();
        assertThat(probability(extreme, 3, 1)).isEqualTo(1);
    }

    private static double probability(FloatBuffer logits, int count, int index) {
        return LivenessScore.ofLogOdds(Softmax.logOdds(logits, count, index)).bonaFide();
    }

    @Test
    void doesNotOverflow() {
        assertThat(Softmax.expectedIndex(FloatBuffer.wrap(new float[] {-3e38f, 3e38f}), 2))
                .isEqualTo(1);
        assertThat(Softmax.expectedIndex(FloatBuffer.wrap(new float[] {1000, 1000}), 2))
                .isEqualTo(0.5);
    }
}
