package org.vultus.evaluation.metrics;

import java.util.Arrays;
import java.util.Optional;

/**
 * The error rates of a comparator over all thresholds (ISO/IEC 19795-1:2021). A score that reaches the threshold is
 * a match. A comparison that could not be made because an image yielded no face scores {@link #FAILED}: it never matches, so
 * that failures to acquire count as non-matches: they raise the FNMR, and lower the FMR by their share, as they would in the
 * field ("generalised" rates). The failure-to-acquire rate stands beside the two, so that a low FMR cannot be bought by
 * refusing images unseen.
 *
 * <p>Immutable, safe for several threads.
 */
public final class ErrorRates {

    /** The score of a comparison that could not be made. */
    public static final double FAILED = Double.NEGATIVE_INFINITY;

    private final double[] mated;
    private final double[] nonMated;

    /**
     * @param mated scores of comparisons of one person with herself
     * @param nonMated scores of comparisons of different people
     */
    public ErrorRates(double[] mated, double[] nonMated) {
        this.mated = sorted(mated);
        this.nonMated = sorted(nonMated);
    }

    private static double[] sorted(double[] scores) {
        if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("a score is not a number");
        }
        double[] copy = scores.clone();
        Arrays.sort(copy);
        return copy;
    }

    /**
     * One threshold and what it costs.
     *
     * @param fnmrInterval 95 % confidence interval of {@code fnmr}
     */
    public record Point(double threshold, double fmr, double fnmr, Interval fnmrInterval) {}

    public int matedCount() {
        return mated.length;
    }

    public int nonMatedCount() {
        return nonMated.length;
    }

    /** The share of non-mated scores that reach the threshold. */
    public double fmr(double threshold) {
        return (double) reaching(nonMated, threshold) / nonMated.length;
    }

    /** The share of mated scores that do not reach the threshold. */
    public double fnmr(double threshold) {
        return (double) (mated.length - reaching(mated, threshold)) / mated.length;
    }

    public Point at(double threshold) {
        int missed = mated.length - reaching(mated, threshold);
        return new Point(threshold, fmr(threshold), fnmr(threshold), Interval.wilson(missed, mated.length));
    }

    /**
     * The lowest threshold whose FMR is at most {@code fmr}: just above the first non-mated score that is one too many.
     *
     * @return empty where the sample cannot show such a rate. By the rule of three (ISO/IEC 19795-1), not even a
     *     sample without any error shows a rate below 3/n at 95 % confidence
     */
    public Optional<Point> atFmr(double fmr) {
        if (mated.length == 0 || !demonstrates(fmr, nonMated.length)) {
            return Optional.empty();
        }
        int allowed = (int) Math.floor(fmr * nonMated.length * (1 + 1e-12));
        double oneTooMany = nonMated[nonMated.length - 1 - allowed];
        // Failed comparisons alone would put the threshold at minus infinity.
        return Optional.of(at(Math.max(-1, Math.nextUp(oneTooMany))));
    }

    /**
     * The highest threshold whose FNMR is at most {@code fnmr}: the score of the first mated comparison that may not be missed.
     *
     * @return empty where the sample cannot show such a rate, as for {@link #atFmr}
     */
    public Optional<Point> atFnmr(double fnmr) {
        if (nonMated.length == 0 || !demonstrates(fnmr, mated.length)) {
            return Optional.empty();
        }
        int allowed = (int) Math.floor(fnmr * mated.length * (1 + 1e-12));
        return Optional.of(at(Math.max(-1, mated[Math.min(allowed, mated.length - 1)])));
    }

    /** Whether {@code trials} trials can show a rate as low as {@code rate} (rule of three). */
    public static boolean demonstrates(double rate, long trials) {
        return rate * trials >= 3 * (1 - 1e-12);
    }

    /**
     * The equal error rate: where the falling FMR and the rising FNMR cross. Both are step functions; of the two thresholds
     * around the crossing the one where the rates are nearer to each other is taken, and their mean given. Nothing is
     * interpolated beyond that mean.
     */
    public double eer() {
        double low = -1;
        double high = Math.nextUp(1.0);
        while (Math.nextUp(low) < high) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (fmr(middle) >= fnmr(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double threshold = gap(low) <= gap(high) ? low : high;
        return (fmr(threshold) + fnmr(threshold)) / 2;
    }

    private double gap(double threshold) {
        return Math.abs(fmr(threshold) - fnmr(threshold));
    }

    /** The share of scores in each of {@code bins} equal bins from −1 to 1, for a histogram; failed comparisons are left out. */
    public static double[] histogram(double[] scores, int bins) {
        double[] shares = new double[bins];
        for (double score : scores) {
            if (score >= -1) {
                shares[Math.min(bins - 1, (int) ((score + 1) / 2 * bins))] += 1.0 / scores.length;
            }
        }
        return shares;
    }

    /** How many of the ascending {@code scores} reach the threshold. */
    private static int reaching(double[] scores, double threshold) {
        int low = 0;
        int high = scores.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (scores[middle] >= threshold) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return scores.length - low;
    }
}
