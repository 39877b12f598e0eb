package org.vultus.biometrics.outcome;

/**
 * Why an input was refused. Carries nothing secret and nothing biometric, so that it may be logged and shown.
 *
 * @param reason the enumerated cause; its {@link Reason#advice()} is what the person should do
 * @param detail one sentence for an operator, with the numbers that decided ("43 MP; at most 40 MP are decoded")
 */
public record Refusal(Reason reason, String detail) {

    public Advice advice() {
        return reason.advice();
    }
}
