package org.vultus.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ScoreHistogramTest {

    @Test
    void meanAndDeviationAreThoseOfTheScoresNotOfTheBins() {
        ScoreHistogram histogram = histogram(-1, 0.123456789, 0.5, 1);

        assertThat(histogram.total()).isEqualTo(4);
        assertThat(histogram.mean()).isCloseTo(0.623456789 / 4, within(1e-15));
        double mean = 0.623456789 / 4;
        double squares = 1 + 0.123456789 * 0.123456789 + 0.25 + 1;
        assertThat(histogram.standardDeviation()).isCloseTo(Math.sqrt(squares / 4 - mean * mean), within(1e-12));
    }

    @Test
    void aScoreOnTheEdgeOfABinIsCountedAboveIt() {
        ScoreHistogram histogram = new ScoreHistogram();
        for (int i = -100_000; i <= 100_000; i++) {
            histogram.add(i / 100_000.0);
        }
        // Every bin holds one score: its edge.
        for (int i = -100_000; i <= 100_000; i += 997) {
            assertThat(histogram.reaching(i / 100_000.0)).isEqualTo((100_001.0 - i) / 200_001);
        }
        double[] edges = IntStream.rangeClosed(-100_000, 100_000)
                .mapToDouble(i -> i / 100_000.0)
                .toArray();
        for (double rate = 0.9; rate > 1e-5; rate /= 1.1) {
            assertThat(share(edges, histogram.threshold(rate).orElseThrow())).isLessThanOrEqualTo(rate);
        }
    }

    @Property(tries = 200, seed = "20261121")
    void aThresholdIsNeverLenientAndAtMostOneBinTooStrict(@ForAll Random random) {
        double[] scores =
                random.doubles(1 + random.nextInt(500), -1, Math.nextUp(1.0)).toArray();
        // Some on the edges of bins, some equal.
        Arrays.setAll(scores, i -> i % 3 == 0 ? Math.round(scores[i] * 100_000) / 100_000.0 : scores[i / 2]);
        ScoreHistogram histogram = histogram(scores);
        for (double rate : new double[] {0.5, 0.1, 0.01, 0.001}) {
            histogram.threshold(rate).ifPresent(threshold -> {
                assertThat(share(scores, threshold)).isLessThanOrEqualTo(rate);
                assertThat(histogram.reaching(threshold)).isEqualTo(share(scores, threshold));
                if (threshold > -1) {
                    assertThat(share(scores, threshold - 1.0001e-5)).isGreaterThan(rate);
                }
            });
        }
    }

    @Test
    void whereTooManyScoresAreOneThereIsNoThreshold() {
        assertThat(histogram(1, 1, 0).threshold(0.5)).isEmpty();
        assertThat(histogram(1, 1, 0).threshold(0.7)).isPresent();
        assertThat(histogram(0.2, 0.3).threshold(1)).hasValue(-1.0);
    }

    @Test
    void reachingCountsTheBinOfTheThresholdWhole() {
        ScoreHistogram histogram = histogram(0.100001, 0.100009, 0.2);

        assertThat(histogram.reaching(0.100005)).isEqualTo(1);
        assertThat(histogram.reaching(0.10002)).isEqualTo(1 / 3.0);
        assertThat(histogram.reaching(0.3)).isZero();
        assertThat(histogram.reaching(-1)).isEqualTo(1);
        assertThat(histogram.reaching(1.5)).isZero();
    }

    @Test
    void theTailOfANormalDistributionIsContinued() {
        Random random = new Random(7);
        ScoreHistogram histogram = new ScoreHistogram();
        for (int i = 0; i < 1_000_000; i++) {
            histogram.add(Math.clamp(0.1 * random.nextGaussian(), -1, 1));
        }

        // Quantiles of the standard normal distribution.
        assertThat(histogram.threshold(1e-3).orElseThrow()).isCloseTo(0.30902, within(0.002));
        assertThat(histogram.extrapolate(1e-4, 1e-3)).isCloseTo(0.37190, within(0.005));
        assertThat(histogram.extrapolate(1e-5, 1e-3)).isCloseTo(0.42649, within(0.02));
        assertThat(histogram.extrapolate(1e-6, 1e-3)).isCloseTo(0.47534, within(0.03));
    }

    @Test
    void anExponentialTailIsContinuedExactly() {
        // Quantiles instead of draws: the k-th score is reached by a share of (k + 1/2)/n. Beyond level:
        // 0.05·ln(1/share).
        ScoreHistogram histogram = new ScoreHistogram();
        int n = 200_000;
        for (int k = 0; k < n; k++) {
            histogram.add(-0.05 * Math.log((k + 0.5) / n));
        }

        assertThat(histogram.extrapolate(1e-6, 1e-2)).isCloseTo(-0.05 * Math.log(1e-6), within(0.01));
    }

    @Test
    void aTailThatCannotBeFittedEndsAboveTheHighestScore() {
        // No score lies above the level, or all that do are one.
        assertThat(histogram(0.1, 0.2, 0.3).extrapolate(1e-4, 1e-3)).isBetween(0.3, 0.30002);
        assertThat(histogram(0.1, 0.2, 0.3, 0.3).extrapolate(1e-4, 0.5)).isBetween(0.3, 0.30002);
        assertThat(histogram(1, 1, 1).extrapolate(1e-4, 1e-3)).isEqualTo(1);
    }

    private static ScoreHistogram histogram(double... scores) {
        ScoreHistogram histogram = new ScoreHistogram();
        Arrays.stream(scores).forEach(histogram::add);
        return histogram;
    }

    private static double share(double[] scores, double threshold) {
        return (double) Arrays.stream(scores).filter(s -> s >= threshold).count() / scores.length;
    }
}
