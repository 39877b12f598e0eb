package org.vultus.evaluation.metrics;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of scores in bins 1e-5 wide, for samples too large to keep: a hundred million scores take two megabytes, and a
 * threshold read from it is at most one bin too strict, never too lenient.
 *
 * <p>Safe for several threads; what was counted does not depend on their order. Read it when they are done.
 */
public final class ScoreHistogram {
    private static final int PER_UNIT = 100_000;
    private static final int BINS = 2 * PER_UNIT + 1;

    /** Sums are kept as whole numbers of 2⁻³²: adding those gives the same in any order, and 2³¹ scores fit. */
    private static final double FIXED_POINT = 0x1p32;

    /**
     * The fewest scores that a tail is fitted to. Chosen: with fewer, the estimated shape is mostly noise.
     */
    private static final int LEAST_TAIL = 50;

    private final AtomicLongArray counts = new AtomicLongArray(BINS);
    private final LongAdder total = new LongAdder();
    private final LongAdder sum = new LongAdder();
    private final LongAdder sumOfSquares = new LongAdder();

    /** @param score −1 to 1 */
    public void add(double score) {
        counts.incrementAndGet(bin(score));
        total.increment();
        sum.add(Math.round(score * FIXED_POINT));
        sumOfSquares.add(Math.round(score * score * FIXED_POINT));
    }

    public long total() {
        return total.sum();
    }

    public double mean() {
        return sum.sum() / FIXED_POINT / total();
    }

    public double standardDeviation() {
        return Math.sqrt(Math.max(0, sumOfSquares.sum() / FIXED_POINT / total() - mean() * mean()));
    }

    /** The share of scores that reach the threshold, counting the bin of the threshold whole. */
    public double reaching(double threshold) {
        return (double) above(bin(Math.clamp(threshold, -1, 1))) / total();
    }

    private long above(int from) {
        long above = 0;
        for (int i = from; i < BINS; i++) {
            above += counts.get(i);
        }
        return above;
    }

    /** The bin whose edges enclose the score, also where the product is rounded to the wrong side of an edge. */
    private static int bin(double score) {
        int bin = (int) Math.floor((score + 1) * PER_UNIT);
        if (bin + 1 < BINS && edge(bin + 1) <= score) {
            return bin + 1;
        }
        return edge(bin) > score ? bin - 1 : bin;
    }

    /** The lower edge of a bin. */
    private static double edge(int bin) {
        return (double) (bin - PER_UNIT) / PER_UNIT;
    }

    /** The lowest bin edge that at most {@code rate} of the scores reach; empty where that takes scores above 1. */
    public Optional<Double> threshold(double rate) {
        long allowed = (long) Math.floor(rate * total() * (1 + 1e-12));
        long above = 0;
        for (int i = BINS - 1; i >= 0; i--) {
            above += counts.get(i);
            if (above > allowed) {
                return i == BINS - 1 ? Optional.empty() : Optional.of(edge(i + 1));
            }
        }
        return Optional.of(-1.0);
    }

    /**
     * The threshold that {@code rate} of the scores would reach, beyond what the sample shows: a generalised Pareto
     * distribution is fitted by probability-weighted moments (Hosking and Wallis, 1987) to the scores above the level that
     * {@code tail} of them reach, or so many that there are fifty, and continued. At most 1.
     *
     * @return empty where the sample is too small to fit a tail to, or {@code rate} is not in it
     */
    public Optional<Double> extrapolate(double rate, double tail) {
        double share = Math.max(tail, (double) LEAST_TAIL / total());
        if (rate > share || share > 0.1) {
            return Optional.empty();
        }
        double level = threshold(share).orElse(1.0);
        int from = bin(level);
        long n = above(from);
        // a0 is the mean excess; a1 weighs each excess by the share of excesses above it.
        double a0 = 0;
        double a1 = 0;
        long seen = 0;
        for (int i = from; i < BINS; i++) {
            long count = counts.get(i);
            if (count > 0) {
                double excess = edge(i) + 0.5 / PER_UNIT - level;
                double above = 1 - (seen + count / 2.0) / n;
                a0 += count * excess / n;
                a1 += count * excess * above / n;
                seen += count;
            }
        }
        if (!(a0 > 2 * a1)) {
            return Optional.empty();
        }
        double shape = a0 / (a0 - 2 * a1) - 2;
        double scale = 2 * a0 * a1 / (a0 - 2 * a1);
        double left = rate / ((double) n / total());
        double excess = Math.abs(shape) < 1e-9 ? -scale * Math.log(left) : scale / shape * (1 - Math.pow(left, shape));
        return Optional.of(Math.min(1, level + excess));
    }
}
