package org.vultus.biometrics.liveness;

import java.util.Arrays;

/**
 * The trained part of the passive check: two linear scores, one of the surroundings and one of the texture, and a third that
 * weighs them with the network's own verdict ("stacking", Wolpert, 1992; logistic regressions all). Its output is the log-odds
 * of a bona fide presentation where attacks and live people are equally frequent. Immutable, safe for several threads.
 *
 * @param context weights of {@link PadEvidence#context}
 * @param texture weights of {@link PadEvidence#texture}
 * @param stack weights of the network's logit, the context's score and the texture's score, in this order
 */
public record PadHead(Linear context, Linear texture, Linear stack) {

    private static final int STACKED = 3;

    /** A weighted sum. */
    public record Linear(double[] weights, double bias) {

        public Linear {
            weights = weights.clone();
            if (weights.length == 0
                    || !Double.isFinite(bias)
                    || !Arrays.stream(weights).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("weights must be finite numbers");
            }
        }

        @Override
        public double[] weights() {
            return weights.clone();
        }

        /** The sum, over as many values as there are weights. */
        public double of(double... values) {
            if (values.length != weights.length) {
                throw new IllegalArgumentException("%d weights for %d values".formatted(weights.length, values.length));
            }
            double sum = bias;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * values[i];
            }
            return sum;
        }

        public int size() {
            return weights.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Linear(double[] w, double b) && b == bias && Arrays.equals(w, weights);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(weights) + Double.hashCode(bias);
        }

        @Override
        public String toString() {
            return "Linear[" + weights.length + "]";
        }
    }

    public PadHead {
        if (stack.size() != STACKED) {
            throw new IllegalArgumentException("the stack has %d weights, not %d".formatted(stack.size(), STACKED));
        }
    }

    /** @throws IllegalArgumentException when the evidence is not of the size this head was trained on */
    public LivenessScore score(PadEvidence evidence) {
        return LivenessScore.ofLogOdds(
                stack.of(evidence.logit(), evidence.weighContext(context), evidence.weighTexture(texture)));
    }

    /** The same head with all log-odds {@code by} higher: how a site moves it to its own operating point. */
    public PadHead shifted(double by) {
        return new PadHead(context, texture, new Linear(stack.weights(), stack.bias() + by));
    }
}
