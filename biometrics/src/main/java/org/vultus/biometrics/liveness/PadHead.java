package org.vultus.biometrics.liveness;

import java.util.Arrays;

/**
 * The trained part of the passive check: a logistic regression on values that are centred, scaled to a spread of 1 over the
 * training, and bounded. Its output is the log-odds of a bona fide presentation where attacks and live people are equally
 * frequent. Immutable, safe for several threads.
 *
 * @param centre of each value over the training
 * @param scale one over the spread of each; 0 for a value that told nothing
 * @param weights of the scaled values
 * @param bias the log-odds where every value is at its centre
 */
public record PadHead(double[] centre, double[] scale, double[] weights, double bias) {

    /**
     * No value counts for more than this many of its spreads. A camera unlike those of the training has values far out, and
     * unbounded they decide alone: with the bound fewer attacks pass at the threshold that refuses the same share of photos of
     * another kind (docs/results/liveness.md).
     */
    private static final double LIMIT = 1;

    public PadHead {
        centre = centre.clone();
        scale = scale.clone();
        weights = weights.clone();
        if (weights.length == 0
                || centre.length != weights.length
                || scale.length != weights.length
                || !Double.isFinite(bias)
                || !Arrays.stream(weights).allMatch(Double::isFinite)
                || !Arrays.stream(centre).allMatch(Double::isFinite)
                || !Arrays.stream(scale).allMatch(s -> s >= 0 && Double.isFinite(s))) {
            throw new IllegalArgumentException("%d centres and %d scales do not belong to %d weights, or are not finite"
                    .formatted(centre.length, scale.length, weights.length));
        }
    }

    @Override
    public double[] centre() {
        return centre.clone();
    }

    @Override
    public double[] scale() {
        return scale.clone();
    }

    @Override
    public double[] weights() {
        return weights.clone();
    }

    /** The number of values that it weighs. */
    public int size() {
        return weights.length;
    }

    /** @throws IllegalArgumentException when the evidence is not of the size this head was trained on */
    public LivenessScore score(PadEvidence evidence) {
        double[] values = evidence.values();
        if (values.length != weights.length) {
            throw new IllegalArgumentException("%d values for %d weights".formatted(values.length, weights.length));
        }
        double sum = bias;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * bounded(values[i], centre[i], scale[i]);
        }
        return LivenessScore.ofLogOdds(sum);
    }

    /** A value as it is weighed: how many spreads from the centre, at most {@value #LIMIT}. */
    public static double bounded(double value, double centre, double scale) {
        return Math.clamp((value - centre) * scale, -LIMIT, LIMIT);
    }

    /** The same head with all log-odds {@code by} higher: how a site moves it to its own operating point. */
    public PadHead shifted(double by) {
        return new PadHead(centre, scale, weights, bias + by);
    }

    /** The same head with all log-odds {@code by} times as far from nought. */
    public PadHead stretched(double by) {
        return new PadHead(
                centre, scale, Arrays.stream(weights).map(w -> w * by).toArray(), bias * by);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PadHead(double[] c, double[] s, double[] w, double b)
                && b == bias
                && Arrays.equals(c, centre)
                && Arrays.equals(s, scale)
                && Arrays.equals(w, weights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(weights) + Double.hashCode(bias);
    }

    @Override
    public String toString() {
        return "PadHead[" + weights.length + "]";
    }
}
