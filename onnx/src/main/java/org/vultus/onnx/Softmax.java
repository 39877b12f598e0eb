package org.vultus.onnx;

import java.nio.FloatBuffer;

/** Probabilities from logits. */
final class Softmax {

    private Softmax() {}

    /** The logarithm of the odds of class {@code index} under the softmax of the first {@code count} logits. */
    static double logOdds(FloatBuffer logits, int count, int index) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            if (i != index) {
                max = Math.max(max, logits.get(i));
            }
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            if (i != index) {
                // Less the greatest, so that nothing overflows.
                sum += Math.exp(logits.get(i) - max);
            }
        }
        return logits.get(index) - max - Math.log(sum);
    }

    /** The mean index under the softmax of the first {@code count} logits. For two classes, the probability of the second. */
    static double expectedIndex(FloatBuffer logits, int count) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            max = Math.max(max, logits.get(i));
        }
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < count; i++) {
            // Less the greatest, so that nothing overflows.
            double e = Math.exp(logits.get(i) - max);
            sum += e;
            weighted += i * e;
        }
        return weighted / sum;
    }
}
