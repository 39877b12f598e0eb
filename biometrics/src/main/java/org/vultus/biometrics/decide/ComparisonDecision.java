package org.vultus.biometrics.decide;

import org.vultus.biometrics.match.ComparisonScore;

/**
 * Whether two faces are taken for one person's, and at what risk of error.
 *
 * @param match the decision
 * @param score the comparison score, for the audit log and the operator only
 * @param scoreFmr the score on the error-rate scale: how often two different people score this high
 * @param point the operating point that decided
 */
public record ComparisonDecision(boolean match, ComparisonScore score, double scoreFmr, OperatingPoint point) {

    public static ComparisonDecision of(ComparisonScore score, OperatingPoint point, OperatingPoints scale) {
        return new ComparisonDecision(score.cosine() >= point.threshold(), score, scale.fmrOf(score), point);
    }
}
