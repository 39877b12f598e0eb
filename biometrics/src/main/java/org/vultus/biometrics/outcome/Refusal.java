package org.vultus.biometrics.outcome;

import java.util.List;

/**
 * Why an input was refused. Carries nothing secret and nothing biometric, so that it may be logged and shown.
 *
 * @param reason the enumerated cause; its {@link Reason#advice()} is what the person should do
 * @param detail one sentence for an operator, with the numbers that decided ("43 MP; at most 40 MP are decoded")
 * @param hints what the person should do, most urgent first; at least one
 */
public record Refusal(Reason reason, String detail, List<Advice> hints) {

    public Refusal {
        hints = List.copyOf(hints);
        if (hints.isEmpty()) {
            throw new IllegalArgumentException("a refusal without a hint");
        }
    }

    /** With the advice that belongs to the reason. */
    public Refusal(Reason reason, String detail) {
        this(reason, detail, List.of(reason.advice()));
    }

    public Advice advice() {
        return reason.advice();
    }
}
