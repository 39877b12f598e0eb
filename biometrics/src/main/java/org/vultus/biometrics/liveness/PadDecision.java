package org.vultus.biometrics.liveness;

import org.vultus.biometrics.outcome.Advice;

/** What the check of presentation attacks (PAD, ISO/IEC 30107-3) found. */
public sealed interface PadDecision {

    /** Nothing spoke for an attack. */
    record BonaFide(BonaFideFace evidence) implements PadDecision {}

    /** It looks like an attack. How it was noticed is not told, so that nobody learns from it. */
    record AttackPresentation() implements PadDecision {}

    /** There was too little to decide by. */
    record Inconclusive(Advice advice) implements PadDecision {}
}
