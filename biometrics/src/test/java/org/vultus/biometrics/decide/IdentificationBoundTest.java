package org.vultus.biometrics.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.embed.ExtractorId;

class IdentificationBoundTest {
    private static final OperatingPoint LOOSE = new OperatingPoint(1e-2, 0.3, true);
    private static final OperatingPoint MIDDLE = new OperatingPoint(1e-4, 0.5, true);
    private static final OperatingPoint STRICT = new OperatingPoint(1e-6, 0.7, false);
    private static final OperatingPoints SCALE =
            new OperatingPoints(new ExtractorId("ab".repeat(32)), List.of(LOOSE, MIDDLE, STRICT));

    @Test
    void isTheRateOfAtLeastOneFalseMatchAmongAll() {
        assertThat(IdentificationBound.fpir(0.1, 2)).isCloseTo(0.19, within(1e-12));
        assertThat(IdentificationBound.fpir(0.5, 3)).isCloseTo(0.875, within(1e-12));
        // 1 − (1 − 1e-6)^1000, which 1 − Math.pow(…) has only to ten digits.
        assertThat(IdentificationBound.fpir(1e-6, 1000)).isCloseTo(9.995006661255911e-4, within(1e-16));
        assertThat(IdentificationBound.fpir(1e-15, 1)).isCloseTo(1e-15, within(1e-25));
        assertThat(IdentificationBound.fpir(1e-4, 0)).isZero();
    }

    @Property(seed = "2026", tries = 300)
    void growsWithTheReferencesAndStaysBelowTheirSum(
            @ForAll @IntRange(min = 10, max = 99) int digits,
            @ForAll @IntRange(min = 3, max = 11) int exponent,
            @ForAll @IntRange(min = 1, max = 100_000) int references) {
        double fmr = digits * Math.pow(10, -exponent);
        double fpir = IdentificationBound.fpir(fmr, references);

        assertThat(fpir).isBetween(fmr * (1 - 1e-9), Math.min(1, references * fmr * (1 + 1e-9)));
        assertThat(IdentificationBound.fpir(fmr, references + 1)).isGreaterThanOrEqualTo(fpir);
    }

    @Test
    void givesTheLeastStrictPointThatKeepsTheBound() {
        IdentificationBound bound = new IdentificationBound(1e-2);

        assertThat(bound.pointFor(SCALE, 1)).contains(LOOSE);
        assertThat(bound.pointFor(SCALE, 2)).contains(MIDDLE);
        assertThat(bound.pointFor(SCALE, 100)).contains(MIDDLE);
        assertThat(bound.pointFor(SCALE, 101)).contains(STRICT);
        assertThat(bound.pointFor(SCALE, 10_050)).contains(STRICT);
        assertThat(bound.pointFor(SCALE, 10_051)).isEqualTo(Optional.empty());
    }

    @Test
    void givesNoneWhenEvenTheStrictestIsTooLooseForOne() {
        assertThat(new IdentificationBound(1e-7).pointFor(SCALE, 1)).isEmpty();
    }

    @Test
    void refusesWhatIsNoRate() {
        for (double rate : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> new IdentificationBound(rate)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
