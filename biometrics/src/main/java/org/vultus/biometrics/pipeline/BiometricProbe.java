package org.vultus.biometrics.pipeline;

import org.vultus.biometrics.embed.FeatureVector;

/**
 * One attempt, ready to be compared (ISO/IEC 2382-37, 37.03.14).
 *
 * @param face what was seen
 * @param features what is compared
 */
public record BiometricProbe(AssessedFace face, FeatureVector features) {}
