package org.vultus.evaluation.report;

import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.outcome.Refusal;

/**
 * A refusal as JSON; its component names are the keys.
 *
 * @param advice stable name of what to do
 * @param remedy the same as a sentence
 */
public record RefusalReport(Reason reason, String detail, Advice advice, String remedy) {

    public static RefusalReport of(Refusal refusal) {
        return new RefusalReport(
                refusal.reason(),
                refusal.detail(),
                refusal.advice(),
                refusal.advice().english());
    }
}
