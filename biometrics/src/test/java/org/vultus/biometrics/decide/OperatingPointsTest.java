package org.vultus.biometrics.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.match.ComparisonScore;

class OperatingPointsTest {
    private static final ExtractorId EXTRACTOR = new ExtractorId("cd".repeat(32));
    private static final OperatingPoints POINTS = new OperatingPoints(
            EXTRACTOR,
            List.of(
                    new OperatingPoint(1e-4, 0.40, true),
                    new OperatingPoint(1e-2, 0.25, true),
                    new OperatingPoint(1e-3, 0.32, true)));

    @Test
    void theDefaultIsOneInTenThousand() {
        assertThat(POINTS.defaultPoint()).isEqualTo(new OperatingPoint(1e-4, 0.40, true));
    }

    @Test
    void picksTheLeastStrictPointThatIsStrictEnough() {
        assertThat(POINTS.atMost(1e-3).threshold()).isEqualTo(0.32);
        assertThat(POINTS.atMost(5e-3).threshold()).isEqualTo(0.32);
        assertThat(POINTS.atMost(0.5).threshold()).isEqualTo(0.25);
    }

    @Test
    void refusesARateStricterThanAnyCalibrated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> POINTS.atMost(1e-5))
                .withMessageContaining("1.0E-4");
    }

    @Test
    void refusesPointsThatContradictEachOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OperatingPoints(
                        EXTRACTOR, List.of(new OperatingPoint(1e-2, 0.3, true), new OperatingPoint(1e-3, 0.2, true))));
    }

    @Test
    void aThresholdIsWorthItsRate() {
        for (OperatingPoint p : POINTS.points()) {
            assertThat(POINTS.fmrOf(new ComparisonScore(p.threshold()))).isCloseTo(p.fmr(), within(1e-12));
        }
    }

    @Property(seed = "20261121")
    void aHigherScoreIsNeverWorthLess(
            @ForAll @DoubleRange(min = -1, max = 1) double a, @ForAll @DoubleRange(min = -1, max = 1) double b) {
        double low = POINTS.fmrOf(new ComparisonScore(Math.min(a, b)));
        double high = POINTS.fmrOf(new ComparisonScore(Math.max(a, b)));

        assertThat(high).isLessThanOrEqualTo(low).isBetween(1e-4, 0.5);
    }

    @Test
    void theThresholdItselfIsAMatchAndJustBelowIsNot() {
        OperatingPoint p = POINTS.defaultPoint();

        assertThat(ComparisonDecision.of(new ComparisonScore(0.40), p, POINTS).match())
                .isTrue();
        assertThat(ComparisonDecision.of(new ComparisonScore(Math.nextDown(0.40)), p, POINTS)
                        .match())
                .isFalse();
    }
}
