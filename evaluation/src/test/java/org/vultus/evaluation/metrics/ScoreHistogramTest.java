package org.vultus.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScoreHistogramTest {
    private static final double BIN = 1e-5;

    @Property(tries = 200)
    void aThresholdIsNeverLenientAndAtMostOneBinTooStrict(
            @ForAll @IntRange(min = 1, max = 400) int count,
            @ForAll @DoubleRange(min = 0, max = 0.5) double rate,
            @ForAll boolean onEdges,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[] scores = DoubleStream.generate(
                        () -> onEdges ? (random.nextInt(200_001) - 100_000) / 100_000.0 : 2 * random.nextDouble() - 1)
                .limit(count)
                .toArray();

        double threshold = histogram(scores).threshold(rate).orElse(Double.POSITIVE_INFINITY);

        assertThat(reaching(scores, threshold)).isLessThanOrEqualTo((long) Math.floor(rate * count * (1 + 1e-12)));
        double exact = new ErrorRates(new double[] {0}, scores).fmr(threshold - 1.01 * BIN) * count;
        if (threshold > -1 && threshold <= 1) {
            assertThat(exact).as("one bin lower is too many").isGreaterThan(rate * count * (1 - 1e-12));
        }
    }

    @Test
    void momentsAreThoseOfTheScoresInAnyOrderAndOnAnyThreads() {
        double[] scores = normal(50_000, 0.01, 0.1, 5);
        ScoreHistogram alone = histogram(scores);
        ScoreHistogram together = new ScoreHistogram();
        Arrays.stream(scores).parallel().forEach(together::add);

        double mean = Arrays.stream(scores).average().orElseThrow();
        assertThat(alone.mean()).isCloseTo(mean, within(1e-9));
        assertThat(alone.standardDeviation())
                .isCloseTo(
                        Math.sqrt(Arrays.stream(scores)
                                .map(s -> (s - mean) * (s - mean))
                                .average()
                                .orElseThrow()),
                        within(1e-7));
        assertThat(together.total()).isEqualTo(50_000);
        assertThat(together.mean()).isEqualTo(alone.mean());
        assertThat(together.standardDeviation()).isEqualTo(alone.standardDeviation());
        assertThat(together.threshold(1e-3)).isEqualTo(alone.threshold(1e-3));
    }

    @Test
    void theEndsOfTheScaleHaveBins() {
        ScoreHistogram histogram = histogram(-1, 1);

        assertThat(histogram.reaching(1)).isEqualTo(0.5);
        assertThat(histogram.reaching(-1)).isEqualTo(1);
        assertThat(histogram.threshold(0)).as("no cosine lies above 1").isEmpty();
        assertThat(histogram.threshold(0.5))
                .hasValueSatisfying(t -> assertThat(t).isCloseTo(-1 + BIN, within(1e-12)));
    }

    @Test
    void theTailOfAKnownDistributionIsContinued() {
        // Exponential: a generalised Pareto tail of shape 0; P(score > t) = exp(−t/0.05).
        Random random = new Random(11);
        ScoreHistogram exponential = new ScoreHistogram();
        for (int i = 0; i < 1_000_000; i++) {
            exponential.add(Math.min(1, -0.05 * Math.log(1 - random.nextDouble())));
        }
        assertThat(exponential.extrapolate(1e-6, 1e-3).orElseThrow()).isCloseTo(-0.05 * Math.log(1e-6), within(0.05));

        // Normal: the 1 − 1e-6 quantile is 4.7534 standard deviations out.
        ScoreHistogram bell = histogram(normal(1_000_000, 0, 0.1, 12));
        assertThat(bell.extrapolate(1e-6, 1e-3).orElseThrow()).isCloseTo(0.47534, within(0.02));
    }

    @Test
    void whereTheSampleEndsTheFitAgreesWithIt() {
        ScoreHistogram bell = histogram(normal(1_000_000, 0, 0.1, 13));

        assertThat(bell.extrapolate(1e-4, 1e-3).orElseThrow())
                .isCloseTo(bell.threshold(1e-4).orElseThrow(), within(0.005));
    }

    @Test
    void nothingIsFittedToNothing() {
        assertThat(histogram(0.1, 0.2, 0.3).extrapolate(1e-6, 1e-3)).isEmpty();
        double[] equal = new double[10_000];
        assertThat(histogram(equal).extrapolate(1e-6, 1e-3)).isEmpty();
    }

    private static ScoreHistogram histogram(double... scores) {
        ScoreHistogram histogram = new ScoreHistogram();
        Arrays.stream(scores).forEach(histogram::add);
        return histogram;
    }

    private static double[] normal(int count, double mean, double deviation, long seed) {
        Random random = new Random(seed);
        return DoubleStream.generate(() -> Math.clamp(mean + deviation * random.nextGaussian(), -1, 1))
                .limit(count)
                .toArray();
    }

    private static long reaching(double[] scores, double threshold) {
        return Arrays.stream(scores).filter(s -> s >= threshold).count();
    }
}
