package org.vultus.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ErrorRatesTest {
    private static final double[] MATED = {0.2, 0.5, 0.7, 0.9};
    private static final double[] NON_MATED = {-0.1, 0.1, 0.3, 0.5, 0.6};

    private final ErrorRates errors = new ErrorRates(MATED, NON_MATED);

    @Test
    void countsByHand() {
        assertThat(errors.matedCount()).isEqualTo(4);
        assertThat(errors.nonMatedCount()).isEqualTo(5);
        assertThat(errors.fmr(-1)).isEqualTo(1);
        assertThat(errors.fnmr(-1)).isZero();
        // A score that reaches the threshold matches.
        assertThat(errors.fmr(0.5)).isEqualTo(2 / 5.0);
        assertThat(errors.fnmr(0.5)).isEqualTo(1 / 4.0);
        assertThat(errors.fmr(Math.nextUp(0.5))).isEqualTo(1 / 5.0);
        assertThat(errors.fnmr(Math.nextUp(0.5))).isEqualTo(2 / 4.0);
        assertThat(errors.fmr(0.61)).isZero();
        assertThat(errors.fnmr(1)).isEqualTo(1);
    }

    @Test
    void aPointHoldsTheRatesAndTheIntervalOfTheMisses() {
        assertThat(errors.at(0.5)).isEqualTo(new ErrorRates.Point(0.5, 2 / 5.0, 1 / 4.0, Interval.wilson(1, 4)));
    }

    @Test
    void theEqualErrorRateIsWhereTheRatesAreNearest() {
        // At 0.5: FMR 0.4, FNMR 0.25. Just above: FMR 0.2, FNMR 0.5.
        assertThat(errors.eer()).isEqualTo((0.4 + 0.25) / 2);
        assertThat(new ErrorRates(new double[] {0.8, 0.9}, new double[] {0.1, 0.2}).eer())
                .isZero();
        assertThat(new ErrorRates(new double[] {0.1, 0.2}, new double[] {0.8, 0.9}).eer())
                .isEqualTo(1);
        assertThat(new ErrorRates(new double[] {0.5}, new double[] {0.5}).eer()).isEqualTo(0.5);
    }

    @Test
    void aFailedComparisonIsAMissForThePersonAndNoMatchForOthers() {
        ErrorRates failed = new ErrorRates(
                new double[] {ErrorRates.FAILED, 0.9}, new double[] {ErrorRates.FAILED, ErrorRates.FAILED, 0.1, 0.2});

        assertThat(failed.fnmr(-1)).isEqualTo(0.5);
        assertThat(failed.fmr(-1)).isEqualTo(0.5);
        // At −1 both are a half; further up only the FMR falls.
        assertThat(failed.eer()).isEqualTo(0.5);
    }

    @Test
    void whereNothingCouldBeComparedTheThresholdIsStillACosine() {
        double[] nonMated = new double[300];
        Arrays.fill(nonMated, ErrorRates.FAILED);

        assertThat(new ErrorRates(new double[] {0.5}, nonMated).atFmr(1e-2).orElseThrow())
                .isEqualTo(new ErrorRates.Point(-1, 0, 0, Interval.wilson(0, 1)));
    }

    @Test
    void theThresholdForAnFnmrIsTheHighestThatKeepsToIt() {
        double[] mated =
                IntStream.rangeClosed(1, 300).mapToDouble(i -> i / 1000.0).toArray();
        double[] nonMated = {0.001, 0.0035, 0.2};

        ErrorRates.Point point = new ErrorRates(mated, nonMated).atFnmr(1e-2).orElseThrow();

        // Three of 300 may be missed; of the others the lowest is the fourth.
        assertThat(point).isEqualTo(new ErrorRates.Point(0.004, 1 / 3.0, 0.01, Interval.wilson(3, 300)));
        assertThat(new ErrorRates(mated, nonMated).fnmr(Math.nextUp(0.004))).isGreaterThan(0.01);
        assertThat(new ErrorRates(mated, nonMated).atFnmr(0.9e-2)).isEmpty();
        assertThat(new ErrorRates(mated, new double[0]).atFnmr(1e-2)).isEmpty();
    }

    @Test
    void threeThousandComparisonsShowOneInAThousandAndOneFewerDoesNot() {
        assertThat(ErrorRates.demonstrates(1e-3, 3000)).isTrue();
        assertThat(ErrorRates.demonstrates(1e-3, 2999)).isFalse();
        assertThat(ErrorRates.demonstrates(1e-2, 300)).isTrue();
        assertThat(ErrorRates.demonstrates(1e-2, 299)).isFalse();
        assertThat(ErrorRates.demonstrates(1e-6, 3_000_000)).isTrue();
        assertThat(ErrorRates.demonstrates(1e-6, 2_999_999)).isFalse();

        assertThat(new ErrorRates(MATED, ramp(3000)).atFmr(1e-3)).isPresent();
        assertThat(new ErrorRates(MATED, ramp(2999)).atFmr(1e-3)).isEmpty();
        assertThat(new ErrorRates(new double[0], ramp(3000)).atFmr(1e-3)).isEmpty();
    }

    @Test
    void exactlyTheAllowedFalseMatchesAreLetThrough() {
        // The three highest of 3000 may match: the threshold lies just above the fourth.
        ErrorRates.Point point = new ErrorRates(MATED, ramp(3000)).atFmr(1e-3).orElseThrow();

        assertThat(point.threshold()).isEqualTo(Math.nextUp(ramp(3000)[2996]));
        assertThat(point.fmr()).isEqualTo(1e-3);
    }

    @Test
    void tiesAtTheThresholdAreAllTurnedAway() {
        double[] nonMated = new double[300];
        Arrays.fill(nonMated, 0, 10, 0.4);

        ErrorRates.Point point = new ErrorRates(MATED, nonMated).atFmr(1e-2).orElseThrow();

        assertThat(point.threshold()).isEqualTo(Math.nextUp(0.4));
        assertThat(point.fmr()).isZero();
    }

    @Property(tries = 300, seed = "20261121")
    void agreesWithCounting(@ForAll("scores") double[] mated, @ForAll("scores") double[] nonMated) {
        ErrorRates rates = new ErrorRates(mated, nonMated);

        double nearest = 2;
        double eer = Double.NaN;
        for (double threshold : thresholds(mated, nonMated).toArray()) {
            double fmr = share(nonMated, threshold);
            double fnmr = (mated.length - reaching(mated, threshold)) / mated.length;
            assertThat(rates.fmr(threshold)).isEqualTo(fmr);
            assertThat(rates.fnmr(threshold)).isEqualTo(fnmr);
            if (Math.abs(fmr - fnmr) < nearest) {
                nearest = Math.abs(fmr - fnmr);
                eer = (fmr + fnmr) / 2;
            }
        }
        assertThat(rates.eer()).isEqualTo(eer);
    }

    @Property(tries = 100, seed = "20261121")
    void findsTheLowestThresholdOfARate(@ForAll Random random) {
        // Few distinct scores, so that ties are the rule.
        double[] nonMated = random.doubles(300 + random.nextInt(300))
                .map(s -> s < 0.1 ? ErrorRates.FAILED : Math.round(s * 40) / 40.0)
                .toArray();
        for (double rate : new double[] {0.01, 0.05, 0.3}) {
            ErrorRates.Point point = new ErrorRates(MATED, nonMated).atFmr(rate).orElseThrow();

            double lowest = thresholds(nonMated)
                    .filter(t -> share(nonMated, t) <= rate + 1e-12)
                    .min()
                    .orElseThrow();
            assertThat(point.threshold()).isEqualTo(lowest);
            assertThat(point.fmr()).isEqualTo(share(nonMated, lowest));
            assertThat(point.fnmr()).isEqualTo((4 - reaching(MATED, lowest)) / 4);
        }
    }

    @Test
    void theHistogramCountsEveryScoreOnceAndLeavesFailuresOut() {
        assertThat(ErrorRates.histogram(new double[] {-1, -0.9, 0, 1, ErrorRates.FAILED}, 4))
                .containsExactly(2 / 5.0, 0, 1 / 5.0, 1 / 5.0);
    }

    @Test
    void somethingThatIsNoScoreIsAFault() {
        assertThatThrownBy(() -> new ErrorRates(new double[] {Double.NaN}, NON_MATED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<double[]> scores() {
        // Tenths, so that mated and non-mated scores meet.
        Arbitrary<Double> score =
                Arbitraries.integers().between(-11, 10).map(tenth -> tenth < -10 ? ErrorRates.FAILED : tenth / 10.0);
        return score.array(Double[].class)
                .ofMinSize(1)
                .ofMaxSize(25)
                .map(boxed -> Arrays.stream(boxed).mapToDouble(d -> d).toArray());
    }

    /** Every threshold that gives different rates: −1, each score, and just above each. */
    private static DoubleStream thresholds(double[]... scores) {
        return DoubleStream.concat(
                        DoubleStream.of(-1),
                        Arrays.stream(scores)
                                .flatMapToDouble(Arrays::stream)
                                .filter(s -> s >= -1)
                                .flatMap(s -> DoubleStream.of(s, Math.nextUp(s))))
                .distinct()
                .sorted();
    }

    private static double share(double[] scores, double threshold) {
        return reaching(scores, threshold) / scores.length;
    }

    private static double reaching(double[] scores, double threshold) {
        return Arrays.stream(scores).filter(s -> s >= threshold).count();
    }

    private static double[] ramp(int count) {
        return DoubleStream.iterate(0, i -> i < count, i -> i + 1)
                .map(i -> i / count)
                .toArray();
    }
}
