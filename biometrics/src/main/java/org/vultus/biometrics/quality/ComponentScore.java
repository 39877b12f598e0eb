package org.vultus.biometrics.quality;

import java.util.Optional;
import org.vultus.biometrics.outcome.Advice;

/**
 * The judgement of one component.
 *
 * @param component what was judged
 * @param measured the native measurement, in the unit that {@link QualityComponent} states
 * @param score 0 (useless) to 100 (ideal)
 * @param advice what the person should do about it; empty when it is good enough
 */
public record ComponentScore(QualityComponent component, double measured, int score, Optional<Advice> advice) {}
