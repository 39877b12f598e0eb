package org.vultus.biometrics.decide;

import java.util.Optional;

/**
 * How likely an identification may be to name somebody for a stranger. With one non-mated comparison wrong at the rate FMR, a
 * search among N references is wrong at FPIR ≈ 1 − (1 − FMR)^N (ISO/IEC 19795-1).
 *
 * @param fpir the highest false positive identification rate that is allowed
 */
public record IdentificationBound(double fpir) {

    public IdentificationBound {
        if (!(fpir > 0 && fpir < 1)) {
            throw new IllegalArgumentException("not a rate: " + fpir);
        }
    }

    /** The FPIR of a search among {@code references} at a false match rate. */
    public static double fpir(double fmr, int references) {
        return -Math.expm1(references * Math.log1p(-fmr));
    }

    /** The least strict operating point that keeps the bound among so many references; empty when none does. */
    public Optional<OperatingPoint> pointFor(OperatingPoints scale, int references) {
        return scale.points().stream()
                .filter(point -> fpir(point.fmr(), references) <= fpir * (1 + 1e-9))
                .findFirst();
    }
}
