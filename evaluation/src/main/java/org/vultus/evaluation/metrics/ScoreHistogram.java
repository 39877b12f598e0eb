package org.vultus.evaluation.metrics;

import java.util.Optional;

/**
 * Counts of scores in bins 1e-5 wide, for samples too large to keep: a hundred million scores take two megabytes, and a
 * threshold read from it is at most one bin too strict, never too lenient. For one thread.
 */
public final class ScoreHistogram {
    private static final int PER_UNIT = 100_000;

    private final long[] counts = new long[2 * PER_UNIT + 1];
    private long total;
    private double sum;
    private double sumOfSquares;

    /** @param score −1 to 1 */
    public void add(double score) {
        counts[bin(score)]++;
        total++;
        sum += score;
        sumOfSquares += score * score;
    }

    public long total() {
        return total;
    }

    public double mean() {
        return sum / total;
    }

    public double standardDeviation() {
        return Math.sqrt(Math.max(0, sumOfSquares / total - mean() * mean()));
    }

    /** The share of scores that reach the threshold, counting the bin of the threshold whole. */
    public double reaching(double threshold) {
        long above = 0;
        for (int i = counts.length - 1; i >= Math.max(0, bin(threshold)); i--) {
            above += counts[i];
        }
        return (double) above / total;
    }

    /** The last bin whose lower edge is at most {@code score}. */
    private static int bin(double score) {
        int bin = (int) Math.floor((score + 1) * PER_UNIT);
        // The product is rounded: without this a score on an edge may fall into the bin below and escape its threshold.
        return edge(bin + 1) <= score ? bin + 1 : edge(bin) > score ? bin - 1 : bin;
    }

    /** The lower edge of a bin. */
    private static double edge(int bin) {
        return (double) (bin - PER_UNIT) / PER_UNIT;
    }

    /** The lowest bin edge that at most {@code rate} of the scores reach; empty where that takes scores above 1. */
    public Optional<Double> threshold(double rate) {
        long allowed = (long) Math.floor(rate * total * (1 + 1e-12));
        long above = 0;
        for (int i = counts.length - 1; i >= 0; i--) {
            above += counts[i];
            if (above > allowed) {
                return i == counts.length - 1 ? Optional.empty() : Optional.of(edge(i + 1));
            }
        }
        return Optional.of(-1.0);
    }

    /**
     * The threshold that {@code rate} of the scores would reach, beyond what the sample shows: a generalised Pareto
     * distribution is fitted by probability-weighted moments (Hosking and Wallis, 1987) to the scores above the level that
     * {@code tail} of them reach, and continued. Where those scores are too few or too alike for a fit, just above the
     * highest. At most 1.
     */
    public double extrapolate(double rate, double tail) {
        double level = threshold(tail).orElse(1.0);
        int from = bin(level);
        long n = 0;
        for (int i = from; i < counts.length; i++) {
            n += counts[i];
        }
        // a0 is the mean excess; a1 weighs each excess by the share of excesses above it.
        double a0 = 0;
        double a1 = 0;
        long seen = 0;
        for (int i = from; i < counts.length; i++) {
            if (counts[i] > 0) {
                double excess = edge(i) + 0.5 / PER_UNIT - level;
                double above = 1 - (seen + counts[i] / 2.0) / n;
                a0 += counts[i] * excess / n;
                a1 += counts[i] * excess * above / n;
                seen += counts[i];
            }
        }
        if (!(a0 > 2 * a1)) {
            return threshold(0).orElse(1.0);
        }
        double shape = a0 / (a0 - 2 * a1) - 2;
        double scale = 2 * a0 * a1 / (a0 - 2 * a1);
        double share = rate / ((double) n / total);
        double excess =
                Math.abs(shape) < 1e-9 ? -scale * Math.log(share) : scale / shape * (1 - Math.pow(share, shape));
        return Math.min(1, level + excess);
    }
}
