package org.vultus.biometrics.liveness;

import org.vultus.biometrics.outcome.Advice;

/** What a session came to: whether a live person stood there, now. */
public sealed interface SessionVerdict {

    /** A live person followed this session's script, and the passive check found nothing. */
    record BonaFide(BonaFideFace evidence) implements SessionVerdict {}

    record AttackPresentation(AttackSpecies species) implements SessionVerdict {}

    /** Not shown, and not shown to be an attack. */
    record Inconclusive(Advice advice) implements SessionVerdict {}
}
