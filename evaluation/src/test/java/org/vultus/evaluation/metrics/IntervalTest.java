package org.vultus.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IntervalTest {

    @Test
    void published95PercentIntervals() {
        // Closed forms: (0, z²/(n+z²)) for no event, and the table of Newcombe (1998), case (a) 81/263.
        assertThat(Interval.wilson(0, 10).low()).isZero();
        assertThat(Interval.wilson(0, 10).high()).isCloseTo(0.2775, within(5e-5));
        assertThat(Interval.wilson(81, 263).low()).isCloseTo(0.2553, within(5e-5));
        assertThat(Interval.wilson(81, 263).high()).isCloseTo(0.3662, within(5e-5));
    }

    @Property
    void theRateLiesInItsInterval(
            @ForAll @IntRange(min = 1, max = 1_000_000) int trials,
            @ForAll @IntRange(min = 0, max = 1_000_000) int some) {
        int events = some % (trials + 1);

        Interval interval = Interval.wilson(events, trials);

        assertThat((double) events / trials).isBetween(interval.low(), interval.high());
        assertThat(interval.low()).isBetween(0.0, 1.0);
        assertThat(interval.high()).isBetween(0.0, 1.0);
        assertThat(interval.high() - interval.low()).isPositive();
    }

    @Property
    void errorsAndSuccessesMirrorEachOther(@ForAll @IntRange(min = 0, max = 50) int events) {
        Interval errors = Interval.wilson(events, 50);
        Interval successes = Interval.wilson(50 - events, 50);

        assertThat(errors.low()).isCloseTo(1 - successes.high(), within(1e-12));
    }

    @Test
    void noTrialHasNoInterval() {
        assertThatThrownBy(() -> Interval.wilson(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Interval.wilson(3, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
