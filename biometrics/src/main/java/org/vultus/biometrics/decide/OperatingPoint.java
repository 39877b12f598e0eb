package org.vultus.biometrics.decide;

/**
 * A threshold chosen for a false match rate.
 *
 * @param fmr the share of non-mated comparisons that reach the threshold
 * @param threshold the lowest cosine that is a match
 * @param demonstrated whether the calibration sample was large enough to show this rate (rule of three: at least 3/fmr
 *     non-mated comparisons); otherwise the threshold is extrapolated from the tail of the distribution
 */
public record OperatingPoint(double fmr, double threshold, boolean demonstrated) {

    public OperatingPoint {
        if (!(fmr > 0 && fmr < 1 && threshold >= -1 && threshold <= 1)) {
            throw new IllegalArgumentException("not an operating point: FMR %s at %s".formatted(fmr, threshold));
        }
    }
}
