package org.vultus.evaluation.metrics;

/** A confidence interval of a rate. */
public record Interval(double low, double high) {

    /** Two-sided 95 %: the 0.975 quantile of the standard normal distribution. */
    private static final double Z = 1.959963984540054;

    /**
     * The 95 % score interval of Wilson (1927) for {@code events} in {@code trials}: unlike the normal approximation it is
     * sound for rates near 0, and unlike the exact interval of Clopper and Pearson not needlessly wide (Brown, Cai and
     * DasGupta, "Interval Estimation for a Binomial Proportion", 2001). It takes the trials for independent, which
     * comparisons that share an image are not.
     */
    public static Interval wilson(long events, long trials) {
        if (events < 0 || events > trials || trials == 0) {
            throw new IllegalArgumentException("%d of %d".formatted(events, trials));
        }
        double p = (double) events / trials;
        double zz = Z * Z / trials;
        double middle = p + zz / 2;
        double half = Z * Math.sqrt(p * (1 - p) / trials + zz / (4 * trials));
        // Rounding must not leave a rate outside its own interval.
        return new Interval(Math.clamp((middle - half) / (1 + zz), 0, p), Math.clamp((middle + half) / (1 + zz), p, 1));
    }
}
