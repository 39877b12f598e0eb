package org.vultus.biometrics.decide;

import java.util.Comparator;
import java.util.List;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.match.ComparisonScore;

/**
 * The calibrated thresholds of one extractor: what a score is worth. Immutable.
 *
 * @param extractor the extractor they were measured with; they hold for no other
 * @param points by falling FMR, so by rising threshold
 */
public record OperatingPoints(ExtractorId extractor, List<OperatingPoint> points) {

    /** The false match rate of a 1:1 decision unless the caller states another. */
    public static final double DEFAULT_FMR = 1e-4;

    public OperatingPoints {
        points = points.stream()
                .sorted(Comparator.comparingDouble(OperatingPoint::fmr).reversed())
                .toList();
        if (points.isEmpty()) {
            throw new IllegalArgumentException("no operating point");
        }
        for (int i = 1; i < points.size(); i++) {
            if (!(points.get(i).fmr() < points.get(i - 1).fmr())
                    || !(points.get(i).threshold() > points.get(i - 1).threshold())) {
                throw new IllegalArgumentException("a lower FMR needs a higher threshold: " + points);
            }
        }
    }

    /**
     * The least strict calibrated point whose FMR is at most {@code fmr}.
     *
     * @throws IllegalArgumentException when none is that strict
     */
    public OperatingPoint atMost(double fmr) {
        // The factor forgives a rate written as 1e-4 in one place and computed in another.
        return points.stream()
                .filter(p -> p.fmr() <= fmr * (1 + 1e-9))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no operating point at FMR ≤ %s; the strictest is %s"
                        .formatted(fmr, points.getLast().fmr())));
    }

    /** The 1:1 point that is used when the caller states no rate. */
    public OperatingPoint defaultPoint() {
        return atMost(DEFAULT_FMR);
    }

    /**
     * The score on the error-rate scale: the share of non-mated comparisons that would score at least as high. Interpolated
     * between the points (log-linear in the FMR); between 0.5 at cosine 0 and the first point; beyond the strictest point
     * the strictest rate is given, which is an upper bound.
     */
    public double fmrOf(ComparisonScore score) {
        double cosine = score.cosine();
        double lowThreshold = 0;
        double lowFmr = 0.5;
        if (cosine <= lowThreshold) {
            return lowFmr;
        }
        for (OperatingPoint p : points) {
            if (cosine < p.threshold()) {
                double t = (cosine - lowThreshold) / (p.threshold() - lowThreshold);
                return Math.exp((1 - t) * Math.log(lowFmr) + t * Math.log(p.fmr()));
            }
            lowThreshold = p.threshold();
            lowFmr = p.fmr();
        }
        return lowFmr;
    }
}
