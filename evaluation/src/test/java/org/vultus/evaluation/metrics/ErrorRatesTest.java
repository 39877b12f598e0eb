package org.vultus.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ErrorRatesTest {
    private static final double[] MATED = {0.9, 0.8, 0.4, 0.3};
    private static final double[] NON_MATED = {0.5, 0.2, 0.1, 0.0, -0.1};

    @Test
    void ratesOfAHandMadeTable() {
        ErrorRates rates = new ErrorRates(MATED, NON_MATED);

        assertThat(rates.fmr(0.5)).as("a score at the threshold is a match").isEqualTo(0.2);
        assertThat(rates.fmr(0.51)).isZero();
        assertThat(rates.fnmr(0.4)).isEqualTo(0.25);
        assertThat(rates.fnmr(0.41)).isEqualTo(0.5);
        assertThat(rates.fmr(-1)).isEqualTo(1);
        assertThat(rates.fnmr(-1)).isZero();
        // Between 0.3 and 0.4 one of five and one of four are wrong.
        assertThat(rates.eer()).isCloseTo((0.2 + 0.25) / 2, within(1e-12));
    }

    @Test
    void classesThatDoNotOverlapHaveNoEqualError() {
        assertThat(new ErrorRates(new double[] {0.9, 0.7}, new double[] {0.1, 0.6}).eer())
                .isZero();
    }

    @Test
    void aScaleTurnedRoundHasOnlyErrors() {
        assertThat(new ErrorRates(new double[] {0.1}, new double[] {0.9}).eer()).isEqualTo(1);
    }

    @Property
    void ratesCountWhatABruteCountCounts(
            @ForAll @Size(min = 1, max = 40) double[] seeds,
            @ForAll @DoubleRange(min = -1.1, max = 1.1) double threshold,
            @ForAll @IntRange(min = 1, max = 20) int levels) {
        double[] mated = coarse(seeds, levels, 3);
        double[] nonMated = coarse(seeds, levels, 7);
        ErrorRates rates = new ErrorRates(mated, nonMated);

        assertThat(rates.fmr(threshold)).isEqualTo(share(nonMated, s -> s >= threshold));
        assertThat(rates.fnmr(threshold)).isEqualTo(share(mated, s -> s < threshold));
    }

    @Property
    void theThresholdForAnFmrIsTheLowestThatKeepsIt(
            @ForAll @IntRange(min = 300, max = 900) int count,
            @ForAll @IntRange(min = 3, max = 2000) int levels,
            @ForAll long seed) {
        double[] nonMated = ties(count, levels, seed);
        ErrorRates rates = new ErrorRates(new double[] {0.7}, nonMated);

        double threshold = rates.atFmr(1e-2).orElseThrow().threshold();

        assertThat(rates.fmr(threshold)).isLessThanOrEqualTo(1e-2);
        Arrays.stream(nonMated)
                .filter(score -> score < threshold)
                .max()
                .ifPresent(below -> assertThat(rates.fmr(below)).isGreaterThan(1e-2));
    }

    @Property
    void theEqualErrorRateIsWhereABruteSearchFindsIt(
            @ForAll @IntRange(min = 1, max = 60) int mates,
            @ForAll @IntRange(min = 1, max = 60) int others,
            @ForAll @IntRange(min = 2, max = 200) int levels,
            @ForAll long seed) {
        double[] mated = ties(mates, levels, seed);
        double[] nonMated = ties(others, levels, seed + 1);
        ErrorRates rates = new ErrorRates(mated, nonMated);

        double[] thresholds = DoubleStream.concat(
                        DoubleStream.concat(Arrays.stream(mated), Arrays.stream(nonMated)),
                        DoubleStream.of(-1, Math.nextUp(1.0)))
                .flatMap(s -> DoubleStream.of(s, Math.nextUp(s)))
                .sorted()
                .toArray();
        double nearest = Arrays.stream(thresholds)
                .map(t -> Math.abs(rates.fmr(t) - rates.fnmr(t)))
                .min()
                .orElseThrow();
        double[] means = Arrays.stream(thresholds)
                .filter(t -> Math.abs(rates.fmr(t) - rates.fnmr(t)) <= nearest + 1e-12)
                .map(t -> (rates.fmr(t) + rates.fnmr(t)) / 2)
                .toArray();

        assertThat(Arrays.stream(means)
                        .map(m -> Math.abs(m - rates.eer()))
                        .min()
                        .orElseThrow())
                .isLessThan(1e-12);
    }

    @Test
    void whatTheSampleIsTooSmallForIsNotClaimed() {
        assertThat(rates(1, 2_999).atFmr(1e-3)).isEmpty();
        assertThat(rates(1, 3_000).atFmr(1e-3)).isPresent();
        assertThat(rates(1, 299).atFmr(1e-2)).isEmpty();
        assertThat(rates(1, 300).atFmr(1e-2)).isPresent();
        assertThat(rates(0, 30_000).atFmr(1e-2)).as("no mated comparison").isEmpty();
    }

    @Test
    void aFailedComparisonNeverMatches() {
        ErrorRates rates = new ErrorRates(new double[] {ErrorRates.FAILED, 0.9}, failures(300));

        assertThat(rates.fnmr(-1)).isEqualTo(0.5);
        assertThat(rates.fmr(-1)).isZero();
        assertThat(rates.atFmr(1e-2).orElseThrow().fnmr()).isEqualTo(0.5);
        assertThat(rates.atFmr(1e-2).orElseThrow().threshold()).isBetween(-1.0, 1.0);
    }

    @Test
    void nobodyMatchesAboveOneThatAStrangerScored() {
        double[] nonMated = new double[300];
        Arrays.fill(nonMated, 1);

        ErrorRates.Point point =
                new ErrorRates(new double[] {1, 0.5}, nonMated).atFmr(1e-2).orElseThrow();

        assertThat(point.fmr()).isZero();
        assertThat(point.fnmr()).isEqualTo(1);
    }

    @Test
    void aScoreThatIsNoNumberIsAFault() {
        assertThatThrownBy(() -> new ErrorRates(new double[] {Double.NaN}, NON_MATED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHistogramHoldsEveryScoreThatWasMade() {
        double[] shares = ErrorRates.histogram(new double[] {-1, 0, 0.999, 1, ErrorRates.FAILED}, 4);

        assertThat(shares).containsExactly(new double[] {0.2, 0, 0.2, 0.4}, within(1e-12));
    }

    private static ErrorRates rates(int mated, int nonMated) {
        return new ErrorRates(ties(mated, 1000, 1), ties(nonMated, 1000, 2));
    }

    private static double[] failures(int count) {
        double[] scores = new double[count];
        Arrays.fill(scores, ErrorRates.FAILED);
        return scores;
    }

    /** Scores from −1 to 1 on few levels, so that many are equal. */
    private static double[] ties(int count, int levels, long seed) {
        Random random = new Random(seed);
        return DoubleStream.generate(() -> 2.0 * random.nextInt(levels) / (levels - 1) - 1)
                .limit(count)
                .toArray();
    }

    private static double[] coarse(double[] seeds, int levels, int salt) {
        return Arrays.stream(seeds)
                .map(s -> (double) Math.floorMod(Double.hashCode(s) * salt, 2 * levels + 1) / levels - 1)
                .toArray();
    }

    private static double share(double[] scores, java.util.function.DoublePredicate wanted) {
        return (double) Arrays.stream(scores).filter(wanted).count() / scores.length;
    }
}
