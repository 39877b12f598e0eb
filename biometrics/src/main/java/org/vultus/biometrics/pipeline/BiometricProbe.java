package org.vultus.biometrics.pipeline;

import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.liveness.FrameMark;
import org.vultus.biometrics.liveness.LivenessScore;

/**
 * One attempt, ready to be compared (ISO/IEC 2382-37, 37.03.14).
 *
 * @param face what was seen
 * @param liveness how live this frame looks; what it is worth is for {@code PassivePad} to say, over several frames
 * @param features what is compared
 * @param mark tells this frame from others, since the same frame twice shows no more than once
 */
public record BiometricProbe(AssessedFace face, LivenessScore liveness, FeatureVector features, FrameMark mark) {}
