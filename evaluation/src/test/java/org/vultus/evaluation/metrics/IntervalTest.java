package org.vultus.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IntervalTest {
    private static final double Z = 1.959963984540054;

    @Test
    void agreesWithPublishedValues() {
        // Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
        assertInterval(Interval.wilson(81, 263), 0.2553, 0.3662);
        assertInterval(Interval.wilson(15, 148), 0.0624, 0.1605);
        assertInterval(Interval.wilson(0, 20), 0, 0.1611);
        assertInterval(Interval.wilson(1, 29), 0.0061, 0.1718);
        assertInterval(Interval.wilson(29, 29), 0.8830, 1);
    }

    @Property(seed = "20261121")
    void containsTheRateAndLiesBetweenNoughtAndOne(
            @ForAll @IntRange(min = 1, max = 5_000_000) int trials, @ForAll @IntRange(max = 5_000_000) int draw) {
        int events = draw % (trials + 1);
        Interval interval = Interval.wilson(events, trials);
        double p = (double) events / trials;

        assertThat(interval.low()).isBetween(0.0, p);
        assertThat(interval.high()).isBetween(p, 1.0);
        assertThat(interval.high()).isGreaterThan(interval.low());
    }

    /** What defines the score interval: at both ends the observed rate is just z standard errors of that end away. */
    @Property(seed = "20261121")
    void itsEndsSolveTheScoreEquation(
            @ForAll @IntRange(min = 2, max = 10_000) int trials, @ForAll @IntRange(max = 10_000) int draw) {
        int events = 1 + draw % (trials - 1);
        Interval interval = Interval.wilson(events, trials);
        double p = (double) events / trials;

        for (double end : new double[] {interval.low(), interval.high()}) {
            assertThat(Math.abs(p - end)).isCloseTo(Z * Math.sqrt(end * (1 - end) / trials), within(1e-9));
        }
    }

    @Test
    void noTrialsAndMoreEventsThanTrialsAreFaults() {
        assertThatThrownBy(() -> Interval.wilson(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Interval.wilson(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Interval.wilson(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertInterval(Interval interval, double low, double high) {
        assertThat(interval.low()).isCloseTo(low, within(5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }
}
